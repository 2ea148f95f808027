/**
 * Which places of a picture of a page are covered before it is sent. A picture lags behind the page, and between two
 * looks at the page the browser may move what is on it: so each picture waits until the page has been looked at before
 * and after its moment, and everything is covered that was private anywhere in between. What is not known for sure is
 * not shown at all.
 */

/** In CSS pixels of the page's viewport. */
export interface CoverBox {
  /** Of the same element or text at each look. */
  readonly id: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The page as it was found at one look. */
export interface LayoutState {
  readonly number: number;
  readonly atMs: number;
  readonly width: number;
  readonly height: number;
  /** False while it is scrolled or zoomed, or when something of it could not be read. */
  readonly isSure: boolean;
  readonly boxes: readonly CoverBox[];
}

export const coverLimits = {
  /** What was private so long before a picture's moment, and after the look that followed it, is covered in it. */
  beforeMs: 100,
  afterMs: 120,
  /** Between two looks the page may do what nobody knows of: a longer time is too long. */
  longestGapMs: 200,
  /** A picture whose surroundings are not known by then is dropped. */
  longestWaitMs: 1200,
  /** Between two looks; what moves farther may move farther than is covered. */
  farthestMovePx: 64,
  /** Around each box: for what letters draw beyond theirs, and for what scaling smears. */
  marginPx: 4,
} as const;

export type Cover =
  | { readonly state: 'wait' }
  | { readonly state: 'doubt' }
  | { readonly state: 'known'; readonly boxes: readonly CoverBox[]; readonly at: LayoutState };

const doubt = { state: 'doubt' } as const;
const wait = { state: 'wait' } as const;

/** `states` as they came; `seen` is the number of the look that the picture shows. */
export function coverFor(states: readonly LayoutState[], seen: number, nowMs: number): Cover {
  const index = states.findIndex(({ number }) => number === seen);
  const at = states[index];
  if (at === undefined) return doubt;
  const isLate = nowMs - at.atMs > coverLimits.longestWaitMs;
  const next = states[index + 1];
  const last = states.at(-1);
  if (next === undefined || last === undefined || last.atMs < next.atMs + coverLimits.afterMs) {
    return isLate ? doubt : wait;
  }
  const around = statesAround(states, { at, next });
  if (around === undefined || !around.every((state) => isLike(state, at)) || hasGap(around)) return doubt;
  const boxes = unionOf(around);
  return boxes === undefined ? doubt : { state: 'known', boxes, at };
}

/** Undefined when what came before is not known. */
function statesAround(
  states: readonly LayoutState[],
  { at, next }: { readonly at: LayoutState; readonly next: LayoutState },
): readonly LayoutState[] | undefined {
  const fromMs = at.atMs - coverLimits.beforeMs;
  const toMs = next.atMs + coverLimits.afterMs;
  // One more on each side: what lies between two looks belongs to both.
  const first = states.findLastIndex(({ atMs }) => atMs <= fromMs);
  const end = states.findIndex(({ atMs }) => atMs >= toMs);
  return first < 0 || end < 0 ? undefined : states.slice(first, end + 1);
}

function isLike({ isSure, width, height }: LayoutState, at: LayoutState): boolean {
  return isSure && width === at.width && height === at.height;
}

function hasGap(states: readonly LayoutState[]): boolean {
  return states.some(
    ({ atMs }, index) => atMs - (states[index - 1]?.atMs ?? atMs) > coverLimits.longestGapMs,
  );
}

/** Each thing's way through all of them, and as much again as it moved at most; undefined when one moved too far. */
function unionOf(states: readonly LayoutState[]): readonly CoverBox[] | undefined {
  const ways = new Map<number, { box: CoverBox; last: CoverBox; moved: number }>();
  for (const { boxes } of states) {
    for (const box of boxes) {
      const way = ways.get(box.id);
      const moved = Math.max(way?.moved ?? 0, way === undefined ? 0 : distanceOf(way.last, box));
      if (!(moved <= coverLimits.farthestMovePx)) return undefined;
      ways.set(box.id, { box: way === undefined ? box : around(way.box, box), last: box, moved });
    }
  }
  return [...ways.values()].map(({ box, moved }) => grown(box, coverLimits.marginPx + moved));
}

function distanceOf(one: CoverBox, other: CoverBox): number {
  return Math.max(
    Math.abs(one.left - other.left),
    Math.abs(one.top - other.top),
    Math.abs(one.right - other.right),
    Math.abs(one.bottom - other.bottom),
  );
}

function around(one: CoverBox, other: CoverBox): CoverBox {
  return {
    id: one.id,
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

function grown({ id, left, top, right, bottom }: CoverBox, by: number): CoverBox {
  return { id, left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

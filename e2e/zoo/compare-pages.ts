/** Tells where the replay is another page than the visitor's, apart from what masking changes and says so. */

import { JOINED_FRAME } from './graft-frames.js';
import type { SeenNode, SeenPage } from './read-page.js';

export type Aspect =
  | 'structure'
  | 'text'
  | 'attributes'
  | 'state'
  | 'scroll'
  | 'style'
  | 'geometry'
  | 'layers'
  | 'masking';

export interface Difference {
  readonly aspect: Aspect;
  readonly at: string;
  readonly said: string;
}

export interface Compared {
  readonly differences: readonly Difference[];
  readonly nodes: number;
  /** Where the replay says that something is not shown: there the pictures may differ. */
  readonly masked: readonly (readonly [x: number, y: number, width: number, height: number])[];
}

const MARK = 'data-alongside-masked';
/** A canvas or video is drawn as a picture of it, in a box of its size. */
const PICTURE = 'data-alongside-picture';
const BLOCK = '\u2588';
/** Have to be the same on both sides. */
const STRICT = new Set(
  `hidden inert open disabled readonly required multiple dir lang colspan rowspan span start reversed rows cols type
   placeholder title alt role min max step label width height border color bgcolor align valign controls
   viewbox d cx cy r x y x1 x2 y1 y2 rx ry fill stroke offset points transform font-size size`.split(/\s+/),
);
/** Stay behind, get stand-ins, or are shown by other means; their effect is compared in styles and states. */
const OTHERWISE =
  /^(?:id|class|style|href|xlink:href|src|srcset|poster|popover|name|for|value|checked|selected|slot|autocomplete|xmlns.*|data-alongside.*|rr_.*|tabindex|aria-(?:labelledby|describedby|controls|owns))$/;
/** The box that stands for one of these is a frame with nothing in it. */
const EMBEDDED = new Set(['object', 'embed', 'math']);
const NEAR_PX = 1.5;
/** As browsers draw it where no style says otherwise. */
const FRAME_BORDER_PX = 2;

/** `kept`: what the page names as covered or masked, by selector; nothing else may be. */
export function comparePages(visitor: SeenPage, replay: SeenPage, kept: readonly string[]): Compared {
  const comparison = new Comparison();
  comparison.children(visitor.root, replay.root, '');
  comparison.kept(kept);
  comparison.scroll(visitor, replay);
  if (comparison.isSameTree) comparison.hits(visitor, replay);
  return comparison.result;
}

class Comparison {
  readonly #differences: Difference[] = [];
  readonly #masked: (readonly [number, number, number, number])[] = [];
  #nodes = 0;
  /** Which element of the replay stands for which of the visitor's, by their places. */
  readonly #places = new Map<number, number>();
  #corner: readonly [x: number, y: number] = [0, 0];
  readonly #found = new Set<string>();
  /** Within what the page names as covered or masked. */
  #isKept = false;

  get isSameTree(): boolean {
    return !this.#differences.some(({ aspect }) => aspect === 'structure');
  }

  get result(): Compared {
    return { differences: this.#differences, nodes: this.#nodes, masked: this.#masked };
  }

  children(visitor: SeenNode, replay: SeenNode, at: string): void {
    const ours = (visitor.children ?? []).filter((node) => !isRoomless(node));
    const theirs = replay.children ?? [];
    const names = (nodes: readonly SeenNode[]) =>
      nodes.map(({ name }) => (EMBEDDED.has(name) ? 'iframe' : name)).join(' ');
    if (names(ours) !== names(theirs)) {
      this.#say('structure', at, `${names(ours).slice(0, 200)} is shown as ${names(theirs).slice(0, 200)}`);
      return;
    }
    for (const [index, our] of ours.entries()) {
      const their = theirs[index];
      if (their !== undefined) this.#node(our, their, `${at}/${our.name}[${index}]`);
    }
  }

  kept(selectors: readonly string[]): void {
    for (const each of selectors)
      if (!this.#found.has(each)) this.#say('masking', each, 'is not on the page');
  }

  scroll(visitor: SeenPage, replay: SeenPage): void {
    this.#same('scroll', 'viewport', [visitor.viewport.join(), replay.viewport.join()]);
    const far = visitor.scroll.some((value, index) => Math.abs(value - (replay.scroll[index] ?? 0)) > 1);
    if (far) this.#say('scroll', 'window', `${visitor.scroll} is shown at ${replay.scroll}`);
  }

  hits(visitor: SeenPage, replay: SeenPage): void {
    const placeOf = (hit: number) => this.#places.get(hit) ?? hit;
    const off = visitor.hits.filter((hit, index) => hit !== -1 && placeOf(hit) !== replay.hits[index]);
    // A point may lie on the very edge of an element.
    if (off.length > 2)
      this.#say('layers', 'grid', `${off.length} of ${visitor.hits.length} points hit another element`);
  }

  #node(ours: SeenNode, theirs: SeenNode, at: string): void {
    this.#nodes += 1;
    this.#place(ours, theirs);
    const isMasked = theirs.attributes?.[MARK] !== undefined;
    const wasKept = this.#isKept;
    if (ours.keptBy !== undefined)
      this.#keep(ours.keptBy, isMasked || hasMaskedText(theirs) ? undefined : at);
    if (isMasked && !this.#isKept) this.#say('masking', at, 'is covered');
    if (ours.name === '#text') this.#text(ours.text ?? '', theirs.text ?? '', at);
    else if (isMasked) this.#maskedElement(ours, theirs, at);
    else {
      this.#attributes(ours, theirs, at);
      this.#state(ours, theirs, at);
      if (hasMaskedText(theirs)) this.#leaveOut(ours);
      else this.#box(ours, theirs, at);
      this.#look(ours, theirs, at);
      this.#inside(ours, theirs, at);
    }
    this.#isKept = wasKept;
  }

  #keep(selectors: readonly string[], shownAt: string | undefined): void {
    for (const each of selectors) this.#found.add(each);
    this.#isKept = true;
    if (shownAt !== undefined) this.#say('masking', shownAt, 'is shown');
  }

  /** What a frame of another origin shows has been counted by itself: the first to have a place keeps it. */
  #place(ours: SeenNode, theirs: SeenNode): void {
    const [our, their] = [ours.order, theirs.order];
    if (our !== undefined && their !== undefined && !this.#places.has(our)) this.#places.set(our, their);
  }

  /** What is in a frame says where it is from the frame's own corner. */
  #inside(ours: SeenNode, theirs: SeenNode, at: string): void {
    const outer = this.#corner;
    const [x = 0, y = 0] = ours.box ?? [];
    if (ours.name === 'iframe')
      this.#corner = [outer[0] + x + FRAME_BORDER_PX, outer[1] + y + FRAME_BORDER_PX];
    this.children(ours, theirs, at);
    this.#corner = outer;
  }

  #leaveOut({ box: [x, y, width, height] = [0, 0, 0, 0] }: SeenNode): void {
    this.#masked.push([x + this.#corner[0], y + this.#corner[1], width, height]);
  }

  #text(ours: string, theirs: string, at: string): void {
    if (!theirs.includes(BLOCK)) this.#same('text', at, [ours, theirs]);
    if (theirs.includes(BLOCK) !== (this.#isKept && ours.trim() !== ''))
      this.#say('masking', at, `${clip(ours)} is shown as ${clip(theirs)}`);
  }

  #maskedElement(ours: SeenNode, theirs: SeenNode, at: string): void {
    const { box = [0, 0, 0, 0] } = ours;
    this.#leaveOut(ours);
    this.#standsForAll(ours, theirs);
    if (ours.attributes?.class === JOINED_FRAME)
      this.#say('structure', at, 'a frame that shows itself is covered');
    const [width, height] = [2, 3].map((index) => Math.abs((box[index] ?? 0) - (theirs.box?.[index] ?? 0)));
    if ((width ?? 0) > NEAR_PX || (height ?? 0) > NEAR_PX) {
      this.#say('geometry', at, `a placeholder of ${theirs.box?.slice(2)} stands for ${box.slice(2)}`);
    }
  }

  /** A placeholder has nothing inside: a point on what it covers lies on it. */
  #standsForAll(ours: SeenNode, theirs: SeenNode): void {
    for (const child of ours.children ?? []) {
      if (child.order !== undefined) this.#place(child, theirs);
      this.#standsForAll(child, theirs);
    }
  }

  #attributes(ours: SeenNode, theirs: SeenNode, at: string): void {
    const [our, their] = [ours.attributes ?? {}, theirs.attributes ?? {}];
    for (const name of new Set([...Object.keys(our), ...Object.keys(their)])) {
      if (OTHERWISE.test(name) || (name === 'hidden' && 'popover' in our)) continue;
      const isStrict = STRICT.has(name.toLowerCase()) || name.startsWith('aria-');
      if (!isStrict && !(name in their)) continue;
      const values = [plain(our[name]), plain(their[name])];
      if (values[0] !== values[1]) {
        this.#say('attributes', `${at}@${name}`, `${clip(our[name])} is shown as ${clip(their[name])}`);
      }
    }
    const classes = new Set((our.class ?? '').split(/\s+/));
    const invented = (their.class ?? '').split(/\s+/).filter((each) => !classes.has(each) && !isOurs(each));
    if (invented.length > 0) this.#say('attributes', `${at}@class`, `invented ${invented.join(' ')}`);
  }

  #state(ours: SeenNode, theirs: SeenNode, at: string): void {
    const [our, their] = [ours.state ?? {}, theirs.state ?? {}];
    for (const name of new Set([...Object.keys(our), ...Object.keys(their)])) {
      const isScroll = name === 'left' || name === 'top';
      if (isScroll && Math.abs(Number(our[name] ?? 0) - Number(their[name] ?? 0)) <= 1) continue;
      if (our[name] === their[name]) continue;
      this.#say(
        isScroll ? 'scroll' : 'state',
        `${at}.${name}`,
        `${clip(our[name])} is shown as ${clip(their[name])}`,
      );
    }
  }

  #look(ours: SeenNode, theirs: SeenNode, at: string): void {
    if (ours.look === undefined || theirs.look === undefined) return;
    const isPicture = theirs.attributes?.[PICTURE] !== undefined;
    for (const [name, value] of Object.entries(ours.look)) {
      if (isPicture && (name === 'display' || name === 'background-image')) continue;
      this.#same('style', `${at}:${name}`, [value, theirs.look[name] ?? '']);
    }
  }

  #box(ours: SeenNode, theirs: SeenNode, at: string): void {
    const off = (ours.box ?? []).some(
      (value, index) => Math.abs(value - (theirs.box?.[index] ?? 0)) > NEAR_PX,
    );
    const round = (box: SeenNode['box']) => box?.map((value) => Math.round(value * 10) / 10).join(' ');
    if (off) this.#say('geometry', at, `${round(ours.box)} is shown at ${round(theirs.box)}`);
  }

  #same(aspect: Aspect, at: string, [ours, theirs]: readonly [string, string]): void {
    if (ours !== theirs) this.#say(aspect, at, `${clip(ours)} is shown as ${clip(theirs)}`);
  }

  #say(aspect: Aspect, at: string, said: string): void {
    this.#differences.push({ aspect, at, said });
  }
}

/** Nothing stands for an embedded part that is not drawn. */
function isRoomless({ name, box }: SeenNode): boolean {
  return EMBEDDED.has(name) && box?.[2] === 0 && box[3] === 0;
}

/** Masked text has a width of its own, which must not tell how long the text is. */
function hasMaskedText({ children = [] }: SeenNode): boolean {
  return children.some(({ text }) => text?.includes(BLOCK) === true);
}

/** What the replay adds to show states that no attribute tells of. */
function isOurs(name: string): boolean {
  return name === '' || name.startsWith(':') || name === 'rrweb-paused' || name.startsWith('alongside-');
}

/** Parts of a drawing that point at others do so by stand-ins. */
function plain(value: string | undefined): string | undefined {
  return value
    ?.trim()
    .replace(/\s+/g, ' ')
    .replace(/url\([^)]*\)/g, 'url()')
    .toLowerCase();
}

function clip(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 120) ?? 'nothing';
}

/** Finds room for words beside what they are about, where nothing of ours lies over them. */

import { overlap } from '../../embedding/panel-boxes.js';
import type { PageBox, PagePoint } from '../control/page-geometry.js';

export interface Room {
  readonly width: number;
  readonly height: number;
  /** What lies over the page, and words that have their place already. */
  readonly taken: readonly PageBox[];
}

const EDGE_PX = 4;
const GAP_PX = 8;
const STEP_PX = 8;

/** Below what is marked or above it, else as near to it as there is room; below it where there is none at all. */
export function freePlace(
  words: { readonly width: number; readonly height: number },
  marked: PageBox,
  { width, height, taken }: Room,
): PagePoint {
  const right = Math.max(EDGE_PX, width - words.width - EDGE_PX);
  const bottom = Math.max(EDGE_PX, height - words.height - EDGE_PX);
  const x = within(marked.left - EDGE_PX, EDGE_PX, right);
  const below = marked.top + marked.height + GAP_PX;
  const above = marked.top - words.height - GAP_PX;
  const wanted = below <= bottom ? below : Math.max(EDGE_PX, above);
  const isFree = (at: PagePoint, others: readonly PageBox[]) =>
    at.y <= bottom && !others.some((other) => overlap({ left: at.x, top: at.y, ...words }, other));
  const isNearer = (a: number, b: number) => Math.abs(a - wanted) - Math.abs(b - wanted);
  const lines = Array.from(
    { length: Math.floor((bottom - EDGE_PX) / STEP_PX) + 1 },
    (_, line) => EDGE_PX + line * STEP_PX,
  );
  const nearest = [below, above].filter((y) => y >= EDGE_PX).concat(lines.sort(isNearer));
  const places = nearest.flatMap((y) => [x, EDGE_PX, right].map((left) => ({ x: left, y })));
  return (
    places.find((at) => isFree(at, [...taken, marked])) ??
    places.find((at) => isFree(at, taken)) ?? { x, y: within(wanted, EDGE_PX, bottom) }
  );
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** A mark as it lies on the page: what was drawn, by whom, and the element that it moves with. */

import type { Mark } from '@alongside/protocol';
import type { PageBox } from '../control/page-geometry.js';

export interface Drawer {
  readonly slot: number;
  readonly name: string;
}

export type DrawnMark = Extract<Mark, { readonly anchor: number }>;
export type TakenMark = Exclude<Mark, DrawnMark>;
export type StrokePoint = readonly [fx: number, fy: number];

interface Placed {
  readonly by: Drawer;
  readonly stroke: number;
  readonly anchor: Element;
  /** The anchor's number, for those who have a copy of the page. */
  readonly anchorId: number;
}

export interface PlacedLine extends Placed {
  readonly mark: 'laser' | 'pen';
  /** When each was drawn, by the page's own clock: a laser loses its tail first. */
  readonly points: { readonly at: StrokePoint; readonly drawnAtMs: number }[];
}

export interface PlacedShape extends Placed {
  readonly mark: 'arrow' | 'rectangle';
  readonly from: StrokePoint;
  readonly to: StrokePoint;
}

export interface PlacedHighlight extends Placed {
  readonly mark: 'highlight';
  readonly message: string | undefined;
}

export type PlacedMark = PlacedLine | PlacedShape | PlacedHighlight;

/** All that a mark takes up of the page, where its anchor is there. */
export function extentOf(mark: PlacedMark, box: PageBox | undefined): PageBox | undefined {
  if (box === undefined || mark.mark === 'highlight') return box;
  const points = 'points' in mark ? mark.points.map(({ at }) => at) : [mark.from, mark.to];
  const xs = points.map(([fx]) => box.left + fx * box.width);
  const ys = points.map(([, fy]) => box.top + fy * box.height);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

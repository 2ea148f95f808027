/** Where a place of the page lies in a picture of it: the picture may be larger, smaller, or have edges around it. */

import type { CoverBox } from './cover-boxes.js';

export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** A place `x` of the page lies at `left + x * scaleX` of the picture. */
export interface Placement {
  readonly left: number;
  readonly top: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

export interface PixelRect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How a picture of this size may show a viewport of that: filling it, or whole with edges. Which one it is, it says. */
export function placementsOf(viewport: Extent, picture: Extent): readonly Placement[] {
  if (!isReal(viewport) || !isReal(picture)) return [];
  const scaleX = picture.width / viewport.width;
  const scaleY = picture.height / viewport.height;
  const filling = { left: 0, top: 0, scaleX, scaleY };
  const scale = Math.min(scaleX, scaleY);
  const fitted = {
    left: (picture.width - viewport.width * scale) / 2,
    top: (picture.height - viewport.height * scale) / 2,
    scaleX: scale,
    scaleY: scale,
  };
  return fitted.left < 1 && fitted.top < 1 ? [filling] : [filling, fitted];
}

/** All pixels that a box touches, and one more on each side, within the picture; undefined when it touches none. */
export function pixelsOf(
  { left, top, right, bottom }: Omit<CoverBox, 'id'>,
  placement: Placement,
  picture: Extent,
): PixelRect | undefined {
  const fromX = Math.max(0, Math.floor(placement.left + left * placement.scaleX) - 1);
  const fromY = Math.max(0, Math.floor(placement.top + top * placement.scaleY) - 1);
  const toX = Math.min(picture.width, Math.ceil(placement.left + right * placement.scaleX) + 1);
  const toY = Math.min(picture.height, Math.ceil(placement.top + bottom * placement.scaleY) + 1);
  if (!(toX > fromX && toY > fromY)) return undefined;
  return { left: fromX, top: fromY, width: toX - fromX, height: toY - fromY };
}

function isReal({ width, height }: Extent): boolean {
  return Number.isFinite(width) && Number.isFinite(height) && width > 0 && height > 0;
}

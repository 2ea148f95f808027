/** Where a place of the page lies in a picture of it, at every zoom, density and shape. */

import { describe, expect, it } from 'vitest';
import { pixelsOf, placementsOf } from './frame-placement.js';

const zooms = [0.5, 0.67, 1, 1.25, 1.5, 2, 3];

describe('the placement of a page in its picture', () => {
  it('covers every pixel that a box touches, at every zoom and density', () => {
    for (const zoom of zooms) {
      for (let step = 0; step < 200; step += 1) {
        const viewport = { width: 500 + step * 7, height: 300 + step * 3 };
        const picture = {
          width: Math.round(viewport.width * zoom),
          height: Math.round(viewport.height * zoom),
        };
        const box = {
          left: step * 1.37,
          top: step * 0.71,
          right: step * 1.37 + 33.3,
          bottom: step * 0.71 + 9.1,
        };
        const [placement] = placementsOf(viewport, picture);
        if (placement === undefined) throw new Error('There is no placement.');
        const pixels = pixelsOf(box, placement, picture);
        if (pixels === undefined) throw new Error('The box is in no pixel.');
        const scale = picture.width / viewport.width;
        const scaleY = picture.height / viewport.height;
        expect(pixels.left).toBeLessThanOrEqual(Math.max(0, box.left * scale - 0.99));
        expect(pixels.left + pixels.width).toBeGreaterThanOrEqual(
          Math.min(picture.width, box.right * scale + 0.99),
        );
        expect(pixels.top).toBeLessThanOrEqual(Math.max(0, box.top * scaleY - 0.99));
        expect(pixels.top + pixels.height).toBeGreaterThanOrEqual(
          Math.min(picture.height, box.bottom * scaleY + 0.99),
        );
      }
    }
  });

  it('stays within the picture, and says where there is nothing to cover', () => {
    const picture = { width: 200, height: 100 };
    const [placement] = placementsOf({ width: 100, height: 50 }, picture);
    if (placement === undefined) throw new Error('There is no placement.');
    const whole = pixelsOf({ left: -10, top: -10, right: 500, bottom: 500 }, placement, picture);
    expect(whole).toEqual({ left: 0, top: 0, ...picture });
    expect(pixelsOf({ left: 300, top: 0, right: 400, bottom: 10 }, placement, picture)).toBeUndefined();
    expect(pixelsOf({ left: Number.NaN, top: 0, right: 4, bottom: 4 }, placement, picture)).toBeUndefined();
  });

  it('may have edges around it, and is unknown without a size', () => {
    const found = placementsOf({ width: 100, height: 100 }, { width: 400, height: 200 });
    expect(found).toEqual([
      { left: 0, top: 0, scaleX: 4, scaleY: 2 },
      { left: 100, top: 0, scaleX: 2, scaleY: 2 },
    ]);
    expect(placementsOf({ width: 0, height: 100 }, { width: 4, height: 2 })).toEqual([]);
    expect(placementsOf({ width: Number.NaN, height: 100 }, { width: 4, height: 2 })).toEqual([]);
  });
});

/** How much of two pictures differs, apart from given places; counted in a browser, which knows how to read them. */

import type { Page } from '@playwright/test';

export type Area = readonly [x: number, y: number, width: number, height: number];

export interface Pictures {
  readonly visitor: Buffer;
  readonly replay: Buffer;
  /** In CSS pixels, which are the pictures' own. */
  readonly apart: readonly Area[];
}

/** In thousandths of the points that were compared. */
export function comparePictures(page: Page, { visitor, replay, apart }: Pictures): Promise<number> {
  return page.evaluate(countDiffering, {
    pictures: [visitor, replay].map((picture) => picture.toString('base64')),
    apart: apart.map((area) => [...area]),
  });
}

async function countDiffering({
  pictures,
  apart,
}: {
  pictures: string[];
  apart: number[][];
}): Promise<number> {
  const read = async (picture: string): Promise<ImageData> => {
    const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const data = context?.getImageData(0, 0, bitmap.width, bitmap.height);
    if (data === undefined) throw new Error('The picture cannot be read.');
    return data;
  };
  const [ours, theirs] = await Promise.all(pictures.map(read));
  if (ours === undefined || theirs === undefined) throw new Error('There are two pictures.');
  if (ours.width !== theirs.width || ours.height !== theirs.height) return 1_000;
  // A point is another one when none of its neighbours on the other side is like it: edges of letters are drawn
  // by fractions of a point, which say nothing of the page.
  const isLike = (at: number, x: number, y: number): boolean => {
    for (let dy = -1; dy <= 1; dy += 1) {
      for (let dx = -1; dx <= 1; dx += 1) {
        if (x + dx < 0 || y + dy < 0 || x + dx >= ours.width || y + dy >= ours.height) continue;
        const other = at + (dy * ours.width + dx) * 4;
        const isNear = [0, 1, 2].every(
          (band) => Math.abs((ours.data[at + band] ?? 0) - (theirs.data[other + band] ?? 0)) <= 40,
        );
        if (isNear) return true;
      }
    }
    return false;
  };
  let compared = 0;
  let differing = 0;
  for (let y = 0; y < ours.height; y += 1) {
    for (let x = 0; x < ours.width; x += 1) {
      const isApart = apart.some(
        ([left = 0, top = 0, width = 0, height = 0]) =>
          x >= left - 2 && y >= top - 2 && x <= left + width + 2 && y <= top + height + 2,
      );
      if (isApart) continue;
      compared += 1;
      if (!isLike((y * ours.width + x) * 4, x, y)) differing += 1;
    }
  }
  return compared === 0 ? 0 : (differing * 1_000) / compared;
}

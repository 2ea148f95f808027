/** Reads how bright the cells of a strip are in a picture of the page. */

import type { Placement } from '@alongside/engagement';
import { layoutCode } from '@alongside/engagement';

/** Each cell is read as this many pixels, of which the middle one counts. */
const STEP = 3;
const WIDTH = layoutCode.cells * STEP;

export class CodeReader {
  readonly #context: CanvasRenderingContext2D | null;

  constructor(document: Document) {
    const canvas = document.createElement('canvas');
    canvas.width = WIDTH;
    canvas.height = STEP;
    this.#context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  }

  /** Empty where it cannot be read. */
  read(picture: CanvasImageSource, strip: DOMRect, placement: Placement): readonly number[] {
    const context = this.#context;
    const { left, top, scaleX, scaleY } = placement;
    const width = strip.width * scaleX;
    const height = strip.height * scaleY;
    if (context === null || !(width >= layoutCode.cells && height >= 2)) return [];
    context.drawImage(
      ...([picture, left + strip.left * scaleX, top + strip.top * scaleY, width, height] as const),
      ...([0, 0, WIDTH, STEP] as const),
    );
    const { data } = context.getImageData(0, 1, WIDTH, 1);
    return Array.from({ length: layoutCode.cells }, (_, cell) => {
      const at = (cell * STEP + 1) * 4;
      return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
    });
  }
}

/** Draws one frame: the person over another background, or a cover over everything. */

import type { Background } from './background.js';
import { LOOK_HEIGHT, LOOK_WIDTH } from './look-size.js';
import { SOFT_HEIGHT, SOFT_WIDTH, softened } from './soft-picture.js';

interface Covered {
  /** Opaque where the person is. */
  readonly person: ImageData;
  readonly background: Background;
}

const PLAIN = '#d5e0de';
/** The console's own colours, from a light upper corner to a dark lower one. */
const PICTURE = ['#dcefec', '#7fb7b0', '#0f6b66', '#0a3f3d'] as const;

export class FramePainter {
  readonly canvas = new OffscreenCanvas(LOOK_WIDTH, LOOK_HEIGHT);
  readonly #context = drawingOn(this.canvas);
  readonly #look = drawingOn(new OffscreenCanvas(LOOK_WIDTH, LOOK_HEIGHT), { willReadFrequently: true });
  readonly #mask = drawingOn(new OffscreenCanvas(LOOK_WIDTH, LOOK_HEIGHT));
  readonly #soft = drawingOn(new OffscreenCanvas(SOFT_WIDTH, SOFT_HEIGHT));

  /** The frame in the size of the model; what is drawn next has the size of the frame. */
  look(
    frame: CanvasImageSource,
    { width, height }: { readonly width: number; readonly height: number },
  ): ImageData {
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.#look.drawImage(frame, 0, 0, LOOK_WIDTH, LOOK_HEIGHT);
    const pixels = this.#look.getImageData(0, 0, LOOK_WIDTH, LOOK_HEIGHT);
    this.#soft.putImageData(new ImageData(softened(pixels.data), SOFT_WIDTH), 0, 0);
    return pixels;
  }

  /** With what was looked at last. */
  coverWhole(): void {
    this.#drawWhole(this.#soft.canvas, 'copy');
  }

  coverBehind(frame: CanvasImageSource, { person, background }: Covered): void {
    this.#mask.putImageData(person, 0, 0);
    this.#drawWhole(this.#mask.canvas, 'copy');
    this.#drawWhole(frame, 'source-in');
    this.#context.globalCompositeOperation = 'destination-over';
    if (background === 'plain' || background === 'picture') this.#fill(background);
    else this.#drawWhole(this.#soft.canvas, 'destination-over');
  }

  #drawWhole(image: CanvasImageSource, operation: GlobalCompositeOperation): void {
    this.#context.globalCompositeOperation = operation;
    this.#context.drawImage(image, 0, 0, this.canvas.width, this.canvas.height);
  }

  #fill(background: 'plain' | 'picture'): void {
    const { width, height } = this.canvas;
    this.#context.fillStyle = background === 'plain' ? PLAIN : this.#gradient();
    this.#context.fillRect(0, 0, width, height);
  }

  #gradient(): CanvasGradient {
    const { width, height } = this.canvas;
    const reach = Math.hypot(width, height);
    const gradient = this.#context.createRadialGradient(width * 0.2, 0, 0, width * 0.2, 0, reach);
    for (const [at, colour] of PICTURE.entries()) gradient.addColorStop(at / (PICTURE.length - 1), colour);
    return gradient;
  }
}

function drawingOn(
  canvas: OffscreenCanvas,
  options: CanvasRenderingContext2DSettings = {},
): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', options);
  if (context === null) throw new TypeError('Nothing can be drawn here.');
  return context;
}

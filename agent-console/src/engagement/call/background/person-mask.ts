/** From how sure the model is of each pixel to what is shown of it. */

import { LOOK_HEIGHT, LOOK_WIDTH } from './look-size.js';

/** Below the first nothing of a pixel is shown, from the second on all of it. */
const FROM = 0.4;
const TO = 0.8;
/** How much of the way to a surer value one frame goes. */
const OPENS_BY = 0.6;

export class PersonMask {
  readonly #sure = new Float32Array(LOOK_WIDTH * LOOK_HEIGHT);
  readonly #image = new ImageData(LOOK_WIDTH, LOOK_HEIGHT);

  /** Its opacity is what counts. The same picture each time, overwritten by the next. */
  of(confidences: Float32Array): ImageData {
    const { data } = this.#image;
    for (let at = 0; at < this.#sure.length; at += 1) {
      const sure = settled(this.#sure[at] ?? 0, confidences[at] ?? 0);
      this.#sure[at] = sure;
      data[at * 4 + 3] = opacityOf(sure);
    }
    return this.#image;
  }
}

/** What is not a person any more is covered with the same frame; what becomes one opens over a few, without flicker. */
export function settled(former: number, now: number): number {
  return now < former ? now : former + (now - former) * OPENS_BY;
}

export function opacityOf(sure: number): number {
  const part = Math.min(1, Math.max(0, (sure - FROM) / (TO - FROM)));
  return Math.round(255 * part * part * (3 - 2 * part));
}

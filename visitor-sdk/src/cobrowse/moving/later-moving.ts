/** Stands for the pictures of canvases and videos until their code is there, which most pages never need. */

import type { Moving, MovingPart } from './moving-part.js';
import type { MovingPicturesDeps } from './moving-pictures.js';

export class LaterMoving implements Moving {
  readonly #load: (() => Promise<MovingPart>) | undefined;
  readonly #deps: MovingPicturesDeps;
  readonly #noted = new Set<number>();
  #moving: Moving | undefined;
  #loading = false;

  constructor(load: (() => Promise<MovingPart>) | undefined, deps: MovingPicturesDeps) {
    this.#load = load;
    this.#deps = deps;
  }

  note(id: number): void {
    if (this.#moving !== undefined) this.#moving.note(id);
    else this.#noted.add(id);
    if (this.#moving === undefined && !this.#loading && this.#load !== undefined)
      void this.#start(this.#load);
  }

  pictureOf(id: number): string | undefined {
    return this.#moving?.pictureOf(id);
  }

  wanted(hashes: readonly string[]): void {
    this.#moving?.wanted(hashes);
  }

  stop(): void {
    this.#moving?.stop();
    this.#noted.clear();
  }

  async #start(load: () => Promise<MovingPart>): Promise<void> {
    this.#loading = true;
    try {
      const part = await load();
      this.#moving = part.startMoving(this.#deps);
      for (const id of this.#noted) this.#moving.note(id);
      this.#noted.clear();
    } catch {
      // It did not load: the grey boxes stay, and the next element that may be shown tries again.
      this.#loading = false;
    }
  }
}

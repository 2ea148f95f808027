/** Stands for the frames that may join until their code is there, which most pages never need. */

import type { MovingPart } from '../moving/moving-part.js';
import type { FrameDoor, Joined } from './joined.js';
import type { JoinedFramesDeps } from './joined-frames.js';

export class LaterJoined implements Joined {
  readonly #load: (() => Promise<MovingPart>) | undefined;
  readonly #deps: JoinedFramesDeps;
  readonly #noted = new Set<number>();
  #joined: Joined | undefined;
  #loading = false;

  /** Without another origin of the site's nothing is ever loaded. */
  constructor(load: (() => Promise<MovingPart>) | undefined, deps: JoinedFramesDeps) {
    this.#load = deps.origins.some((origin) => origin !== deps.window.location.origin) ? load : undefined;
    this.#deps = deps;
  }

  note(id: number): void {
    if (this.#joined !== undefined) {
      this.#joined.note(id);
      return;
    }
    if (this.#load === undefined) return;
    this.#noted.add(id);
    if (!this.#loading) void this.#start(this.#load);
  }

  isShown(id: number): boolean {
    return this.#joined?.isShown(id) === true;
  }

  again(): void {
    this.#joined?.again();
  }

  want(hashes: readonly string[]): number {
    return this.#joined?.want(hashes) ?? 0;
  }

  doorOf(id: number): FrameDoor | undefined {
    return this.#joined?.doorOf(id);
  }

  stop(): void {
    this.#joined?.stop();
    this.#noted.clear();
  }

  async #start(load: () => Promise<MovingPart>): Promise<void> {
    this.#loading = true;
    try {
      const part = await load();
      this.#joined = part.startJoining(this.#deps);
      for (const id of this.#noted) this.#joined.note(id);
      this.#noted.clear();
    } catch {
      // It did not load: the frames stay covered, and the next one that is shown tries again.
      this.#loading = false;
    }
  }
}

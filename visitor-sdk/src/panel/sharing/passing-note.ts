/** Something that is shown for a while after it has happened. */

import { signal } from '@preact/signals';

const SAID_MS = 10_000;

export class PassingNote {
  readonly isSaid = signal(false);
  #ends: ReturnType<typeof setTimeout> | undefined;

  say(): void {
    this.isSaid.value = true;
    clearTimeout(this.#ends);
    this.#ends = setTimeout(() => this.end(), SAID_MS);
  }

  end(): void {
    clearTimeout(this.#ends);
    this.isSaid.value = false;
  }
}

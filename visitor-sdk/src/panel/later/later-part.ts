/** A part of the panel that is loaded once, when it is needed, and again by a press when it did not come. */

import { signal } from '@preact/signals';
import { unattended } from '../../embedding/page-guard.js';

export class LaterPart<T> {
  readonly part = signal<T | undefined>(undefined);
  readonly failed = signal(false);
  readonly #start: () => Promise<T>;
  #loading: Promise<T> | undefined;

  constructor(start: () => Promise<T>) {
    this.#start = start;
  }

  /** Whoever needs it no longer knows whether it is there. */
  get(): T {
    const part = this.part.peek();
    if (part === undefined) throw new Error('Not loaded yet.');
    return part;
  }

  /** At once where it is there already; where it does not come, with the try that brings it. */
  use(act: (part: T) => void): void {
    const part = this.part.peek();
    if (part !== undefined) act(part);
    else this.#waiting.push(act);
    this.load();
  }

  readonly #waiting: ((part: T) => void)[] = [];

  load(): void {
    if (this.part.peek() !== undefined || this.#loading !== undefined) return;
    this.failed.value = false;
    this.#loading = this.#start();
    unattended(
      this.#loading.then(
        (part) => this.#arrive(part),
        () => this.#miss(),
      ),
    );
  }

  #arrive(part: T): void {
    this.part.value = part;
    for (const act of this.#waiting.splice(0)) act(part);
  }

  #miss(): void {
    this.#loading = undefined;
    this.failed.value = true;
  }
}

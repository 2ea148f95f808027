/** Tells a person which part of the proof is under way, and remembers how long each took. */

import type { Took } from '../report/proof-outcome.js';

export class Progress {
  readonly took: Took[] = [];
  readonly #say: (line: string) => void;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  async part<T>(name: string, work: () => Promise<T>): Promise<T> {
    const began = Date.now();
    this.#say(`  ${name} …`);
    try {
      return await work();
    } finally {
      const ms = Date.now() - began;
      this.took.push({ part: name, ms });
      this.#say(`  ${name}: ${(ms / 1000).toFixed(1)} s`);
    }
  }

  say(line: string): void {
    this.#say(`    ${line}`);
  }
}

/** Tells the other side that somebody is typing: a yes or no, never a letter of it. */

const REPEAT_MS = 4_000;
const PAUSE_MS = 5_000;

export class TypingSignal {
  readonly #send: (typing: boolean) => void;
  #toldAt: number | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (typing: boolean) => void) {
    this.#send = send;
  }

  typed(now: number): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.stop(), PAUSE_MS);
    if (this.#toldAt !== undefined && now - this.#toldAt < REPEAT_MS) return;
    this.#toldAt = now;
    this.#send(true);
  }

  stop(): void {
    clearTimeout(this.#pause);
    if (this.#toldAt === undefined) return;
    this.#toldAt = undefined;
    this.#send(false);
  }
}

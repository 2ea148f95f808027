/** Tells the other side that somebody is typing: a yes or no, never a letter of it. */

/** The service passes on no more than about one of these a second. */
const GAP_MS = 1_100;
const REPEAT_MS = 4_000;
const PAUSE_MS = 5_000;

export class TypingSignal {
  readonly #send: (typing: boolean) => void;
  #typing = false;
  #sentAt = Number.NEGATIVE_INFINITY;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (typing: boolean) => void) {
    this.#send = send;
  }

  typed(now: number): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.stop(), PAUSE_MS);
    if (this.#soon !== undefined || (this.#typing && now - this.#sentAt < REPEAT_MS)) return;
    this.#soon = setTimeout(() => this.#tell(true), Math.max(0, this.#sentAt + GAP_MS - now));
  }

  stop(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#soon);
    this.#soon = undefined;
    if (this.#typing) this.#tell(false);
  }

  #tell(typing: boolean): void {
    this.#soon = undefined;
    this.#typing = typing;
    this.#sentAt = Date.now();
    this.#send(typing);
  }
}

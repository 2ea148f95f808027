/**
 * Cuts whoever sends far more than they were asked to. A limit on what comes in is told to the sender as feedback,
 * and one who means harm ignores it; the worker would go on to decrypt and forward all of it.
 */

/** Somebody who sends. */
export interface Sender {
  /** Undefined when there is nothing to measure any more. */
  incomingBitsPerSecond(): Promise<number | undefined>;
}

export interface FloodLimits {
  readonly floodBitsPerSecond: number;
  readonly floodLookMs: number;
  /** So many looks in a row have to find too much. */
  readonly floodLooks: number;
}

export interface FloodWatchDeps<S extends Sender> {
  readonly limits: FloodLimits;
  readonly senders: () => Iterable<S>;
  readonly onFlood: (sender: S) => void;
}

export class FloodWatch<S extends Sender> {
  readonly #deps: FloodWatchDeps<S>;
  /** Looks in a row that found too much; a sender who is gone is forgotten with it. */
  #found = new Map<S, number>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(deps: FloodWatchDeps<S>) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.look(), this.#deps.limits.floodLookMs);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** One at a time: a worker that answers late is not asked again meanwhile. */
  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    const found = new Map<S, number>();
    await Promise.all(Array.from(this.#deps.senders(), (sender) => this.#measure(sender, found)));
    this.#found = found;
    this.#looking = false;
  }

  async #measure(sender: S, found: Map<S, number>): Promise<void> {
    const { floodBitsPerSecond, floodLooks } = this.#deps.limits;
    const rate = await sender.incomingBitsPerSecond();
    if (rate === undefined || rate <= floodBitsPerSecond) return;
    const looks = (this.#found.get(sender) ?? 0) + 1;
    if (looks < floodLooks) found.set(sender, looks);
    else this.#deps.onFlood(sender);
  }
}

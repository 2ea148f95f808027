/**
 * Takes the console's messages in their order, for a short time in one go: what a browser hands over at once may be a
 * whole page, and nobody could scroll or point in the meantime.
 */

/** With what the browser lays out afterwards it stays below the 50 ms that people notice. */
const TURN_MS = 24;

export interface Turns {
  readonly now: () => number;
  /** Runs it in a task of its own. */
  readonly soon: (run: () => void) => void;
}

/** A message as it came: what it says is read with its turn, since reading it is a part of the work. */
export interface Came<T> {
  readonly data: T;
}

export class MessageTurns<T> {
  readonly #take: (message: T) => void;
  readonly #turns: Turns;
  #waiting: Came<T>[] = [];
  #isDue = false;
  #closed = false;

  constructor(take: (message: T) => void, turns: Turns = ownTurns) {
    this.#take = take;
    this.#turns = turns;
  }

  /** One that comes alone is taken at once; others have their turn after those before them. */
  came(message: Came<T>, { mayWait }: { readonly mayWait: boolean }): void {
    this.#waiting.push(message);
    if (this.#isDue) return;
    if (mayWait) this.#later();
    else this.#turn();
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  #turn(): void {
    const untilMs = this.#turns.now() + TURN_MS;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      this.#take(next.data);
      if (this.#turns.now() < untilMs) continue;
      if (this.#waiting.length > 0) this.#later();
      return;
    }
  }

  #later(): void {
    this.#isDue = true;
    this.#turns.soon(() => {
      this.#isDue = false;
      if (!this.#closed) this.#turn();
    });
  }
}

/** Timers are held back in a hidden tab, and tasks are not; not every browser has tasks. */
const ownTurns: Turns = {
  now: () => performance.now(),
  soon: (run) => {
    const { scheduler } = globalThis as { scheduler?: { postTask?(run: () => void): Promise<void> } };
    if (scheduler?.postTask === undefined) setTimeout(run);
    else void scheduler.postTask(run);
  },
};

/** Whoever acts is told that the visitor decides, since nothing on the page shows it to them, until none of their acts waits. */
export class AskingNews {
  readonly #tell: (slot: number, open: boolean) => void;
  readonly #waiting = new Map<number, number>();

  constructor(tell: (slot: number, open: boolean) => void) {
    this.#tell = tell;
  }

  async while<T>(slot: number, answered: Promise<T>): Promise<T> {
    this.#change(slot, 1);
    try {
      return await answered;
    } finally {
      this.#change(slot, -1);
    }
  }

  #change(slot: number, by: 1 | -1): void {
    const waiting = (this.#waiting.get(slot) ?? 0) + by;
    this.#waiting.set(slot, waiting);
    this.#tell(slot, waiting > 0);
  }
}

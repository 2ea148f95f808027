/** One direction of a connection, in the order in which it was sent: what was split over segments is whole again. */

const WRAP = 2 ** 32;

export class TcpStream {
  readonly #pieces: Buffer[] = [];
  readonly #early = new Map<number, Buffer>();
  #next: number | undefined;

  begin(sequence: number): void {
    this.#next = (sequence + 1) % WRAP;
  }

  add(sequence: number, payload: Buffer): void {
    if (payload.length === 0) return;
    this.#next ??= sequence;
    const ahead = distance(this.#next, sequence);
    // Sent before already, as a whole or in part: the new end of it is what counts.
    if (ahead < 0) {
      if (-ahead < payload.length) this.add(this.#next, payload.subarray(-ahead));
      return;
    }
    if (ahead > 0) {
      this.#early.set(sequence, Buffer.from(payload));
      return;
    }
    this.#pieces.push(Buffer.from(payload));
    this.#next = (sequence + payload.length) % WRAP;
    this.#takeEarly();
  }

  /** What never came in order stands at the end. */
  bytes(): Buffer {
    return Buffer.concat([...this.#pieces, ...this.#early.values()]);
  }

  #takeEarly(): void {
    for (const [sequence, payload] of this.#early) {
      if (this.#next === undefined || distance(this.#next, sequence) > 0) continue;
      this.#early.delete(sequence);
      this.add(sequence, payload);
      return;
    }
  }
}

/** How far `to` lies behind `from`, which may be before zero when the numbers begin anew. */
function distance(from: number, to: number): number {
  const ahead = (to - from + WRAP) % WRAP;
  return ahead < WRAP / 2 ? ahead : ahead - WRAP;
}

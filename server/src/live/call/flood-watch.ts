/**
 * Finds whoever goes on sending more than they were asked to. A limit on what comes in is told to the sender as
 * feedback, and one who means harm ignores it; the worker would go on to decrypt and forward all of it.
 */

/** Somebody's connections; who joins anew has others. */
export interface Sender {
  /** All that came by them; undefined when there is nothing to measure any more. */
  receivedBits(): Promise<number | undefined>;
}

export interface FloodLimits {
  readonly floodBitsPerSecond: number;
  /** So much beyond the limit is too much; what is beyond runs off as fast as the limit allows. */
  readonly floodBits: number;
}

export class FloodWatch<Member, S extends Sender> {
  readonly #limits: FloodLimits;
  readonly #counted = new WeakMap<S, number>();
  readonly #beyond = new Map<Member, number>();
  #judgedMs: number;

  constructor(limits: FloodLimits, nowMs: number) {
    this.#limits = limits;
    this.#judgedMs = nowMs;
  }

  /** To be called before connections close as well: nobody gets rid of what they have sent by joining anew. */
  async count(member: Member, sender: S): Promise<void> {
    const bits = await sender.receivedBits();
    if (bits === undefined) return;
    const added = bits - (this.#counted.get(sender) ?? 0);
    this.#counted.set(sender, bits);
    this.#beyond.set(member, (this.#beyond.get(member) ?? 0) + added);
  }

  /** Who has sent too much, by what was counted until now. */
  judge(nowMs: number): readonly Member[] {
    const { floodBitsPerSecond, floodBits } = this.#limits;
    const allowed = (floodBitsPerSecond * (nowMs - this.#judgedMs)) / 1000;
    this.#judgedMs = nowMs;
    for (const [member, bits] of this.#beyond) this.#beyond.set(member, Math.max(0, bits - allowed));
    return [...this.#beyond].flatMap(([member, bits]) => (bits > floodBits ? [member] : []));
  }
}

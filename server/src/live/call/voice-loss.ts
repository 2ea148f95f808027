/**
 * What the line of one member loses of their voice, by what the worker itself has counted. What it tells the sender is
 * no measure of that: of a voice with in-band correction it is the worst that any of the receivers loses.
 */

import type { types } from 'mediasoup';

interface Counted {
  readonly received: number;
  readonly lost: number;
}

/** Fewer packets than these say nothing of a share: a silent voice sends a few a second. */
const FEWEST_PACKETS = 20;

export class VoiceLoss {
  readonly #before = new WeakMap<types.Producer, Counted>();

  /** Since it was asked for before; undefined where too little came to say so, or the voice ended. */
  async permilleOf(voice: types.Producer): Promise<number | undefined> {
    const stats = await voice.getStats().catch(() => []);
    const now = {
      received: stats.reduce((sum, { packetCount }) => sum + packetCount, 0),
      lost: stats.reduce((sum, { packetsLost }) => sum + packetsLost, 0),
    };
    const before = this.#before.get(voice) ?? { received: 0, lost: 0 };
    this.#before.set(voice, now);
    // What came late after all is lost no more.
    const lost = Math.max(0, now.lost - before.lost);
    const all = lost + now.received - before.received;
    return all < FEWEST_PACKETS ? undefined : Math.round((lost * 1000) / all);
  }
}

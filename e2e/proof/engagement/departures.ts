/** Which of the canaries that a run sends itself have left a browser, as its own developer tools tell it. */

import type { Canary } from '../wanted.js';
import type { Stage } from './channel.js';
import { channels } from './channels.js';

/** A canary stands at the beginning of what is sent, however long that is. */
const LOOKED_AT_BYTES = 4096;

export class Departures {
  readonly #waiting: Map<string, string>;

  constructor(canaries: readonly Canary[]) {
    const sent = new Set(channels.filter(({ isSent }) => isSent === true).map(({ name }) => name));
    const all = canaries.filter(({ channel }) => sent.has(channel));
    this.#waiting = new Map(all.map(({ channel, token }) => [channel, token]));
  }

  /** A payload that was handed to the network, or the address of a connection that was asked for. */
  saw(payload: string | Uint8Array): void {
    const text =
      typeof payload === 'string'
        ? payload
        : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString(
            'latin1',
            0,
            LOOKED_AT_BYTES,
          );
    for (const [channel, token] of this.#waiting) if (text.includes(token)) this.#waiting.delete(channel);
  }

  /** It was sent by a client that is no browser, and answered. */
  note(channel: string): void {
    this.#waiting.delete(channel);
  }

  /** Meant to be sent in these stages, and in nothing that left. */
  missing(stages: ReadonlySet<Stage>): readonly string[] {
    return channels
      .filter(({ name, stage }) => stages.has(stage) && this.#waiting.has(name))
      .map(({ name }) => name);
  }
}

/** What an agent sends on one connection, sealed one after the other, so that sequences leave in order. */

import { readFrameHeader } from '@alongside/protocol';
import type { StreamPosition } from './agent-request.js';
import type { AgentSealer } from './agent-sealer.js';
import type { Bytes } from './bytes.js';
import type { Outcome } from './frame-fault.js';
import { done } from './frame-fault.js';

export interface AgentOutletDeps {
  readonly send: (frame: Bytes) => void;
  /** Sees every sealed frame. */
  readonly onSealed: (frame: Bytes) => void;
  readonly onBroken: () => void;
}

export class AgentOutlet {
  readonly #deps: AgentOutletDeps;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(deps: AgentOutletDeps) {
    this.#deps = deps;
  }

  /** A key of our own for what follows, under a number that is used once. */
  rotate(sealer: AgentSealer, number: number): void {
    const rotated = this.#tail.then(async () => {
      this.#let(await sealer.rotate(number));
    });
    this.#tail = rotated;
    rotated.catch(this.#deps.onBroken);
  }

  /** Seals and sends; the name of what was sent is its place in the lane. */
  send(make: () => Promise<Outcome<Bytes>>): Promise<Outcome<StreamPosition>> {
    const sent = this.#tail.then(async () => {
      const made = await make();
      return made.ok ? done(this.#let(made.value)) : made;
    });
    this.#tail = sent;
    sent.catch(this.#deps.onBroken);
    return sent;
  }

  #let(frame: Bytes): StreamPosition {
    const header = readFrameHeader(frame);
    if (header === undefined) throw new TypeError('The sealer makes frames only.');
    this.#deps.send(frame);
    this.#deps.onSealed(frame);
    return { epoch: header.epoch, sequence: header.sequence };
  }
}

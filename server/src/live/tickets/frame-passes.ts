/** One-time passes for the frames' own WebSocket, handed over the signalling socket. */

import type { Clock } from '@alongside/engagement';
import { limits } from '@alongside/protocol';
import type { FrameSeat } from '../relay/ports.js';
import { randomSecret } from './random-secret.js';

interface Held {
  readonly seat: FrameSeat;
  readonly origin: string;
  readonly validUntil: number;
}

export class FramePasses {
  readonly #clock: Clock;
  readonly #held = new Map<string, Held>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(seat: FrameSeat, origin: string): string {
    const pass = randomSecret();
    this.#held.set(pass, { seat, origin, validUntil: this.#clock.now() + limits.framesPassMs });
    return pass;
  }

  redeem(pass: string, origin: string | undefined): FrameSeat | undefined {
    const held = this.#held.get(pass);
    if (held === undefined) return undefined;
    this.#held.delete(pass);
    if (held.origin !== origin || held.validUntil <= this.#clock.now()) return undefined;
    return held.seat;
  }

  revoke(matches: (seat: FrameSeat) => boolean): void {
    for (const [pass, { seat }] of this.#held) if (matches(seat)) this.#held.delete(pass);
  }

  sweep(): void {
    const now = this.#clock.now();
    for (const [pass, { validUntil }] of this.#held) if (validUntil <= now) this.#held.delete(pass);
  }
}

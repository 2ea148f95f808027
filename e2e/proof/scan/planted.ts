/** For tests: what a run might plant, bytes to hide it in that are the same each time, and a look at what was found. */

import type { Finding } from '../finding.js';
import type { SealedBody } from '../wanted.js';
import { Scanner } from './scanner.js';

export const token = 'q7w3e9r1t5y8u2i4o6p0a1s2';
export const controlToken = 'k4j5h6g7f8d9s0a1z2x3c4v5';
export const at = { detector: 'files', place: 'here' } as const;

/** The same numbers for the same seed, so that a failure can be repeated. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  next(below: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) | 0;
    const mixed = Math.imul(this.#state ^ (this.#state >>> 15), 0x2c1b3c6d);
    return ((mixed ^ (mixed >>> 13)) >>> 0) % below;
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    for (let at = 0; at < length; at += 1) bytes[at] = this.next(256);
    return bytes;
  }
}

export const sealedBytes = new Chance(7).bytes(400);
export const keyBytes = new Chance(8).bytes(32);

export function sealedBody(bytes: Uint8Array, sequence = 0): SealedBody {
  return { from: 'visitor', kind: 'frame', epoch: 1, sequence, bytes };
}

export function newScanner(bodies: readonly Uint8Array[] = [sealedBytes]): Scanner {
  return new Scanner(
    {
      canaries: [{ channel: 'text', token }],
      bodies: bodies.map((bytes, sequence) => sealedBody(bytes, sequence)),
      keys: [keyBytes],
    },
    [{ name: 'chat line', token: controlToken, foundBy: ['files'], hiddenFrom: [] }],
  );
}

/** The forms in which the canary was found, or the kinds of whatever else was. */
export function formsIn(findings: readonly Finding[]): string[] {
  return findings.map(({ trace }) => (trace.kind === 'canary' ? trace.form : trace.kind));
}

export function formsFound(medium: Uint8Array): string[] {
  const scanner = newScanner();
  scanner.scanBytes(medium, at);
  return formsIn(scanner.findings);
}

/** Puts the parts of one message together again; parts of a message follow one another without a break. */

import { concatBytes } from './bytes.js';
import type { FrameBody, Payload } from './frame-body.js';
import type { Outcome } from './frame-fault.js';
import { done, faulty } from './frame-fault.js';

export interface AssemblyLimits {
  /** The most that the parts of one message may be together. */
  readonly payloadBytes: number;
  /** The most that a message may become when it is inflated. */
  readonly plainBytes: number;
}

export class PartAssembler {
  readonly #limits: AssemblyLimits;
  #parts: FrameBody[] = [];
  #bytes = 0;

  constructor(limits: AssemblyLimits) {
    this.#limits = limits;
  }

  /** The whole payload after its last part, undefined before; after a fault it starts anew. */
  add(body: FrameBody): Outcome<Payload | undefined> {
    const fault = this.#judge(body);
    if (fault !== undefined) {
      this.#reset();
      return faulty(fault);
    }
    this.#parts.push(body);
    this.#bytes += body.payload.byteLength;
    if (body.part + 1 < body.parts) return done(undefined);
    const bytes = concatBytes(...this.#parts.map((part) => part.payload));
    this.#reset();
    return done({ deflated: body.deflated, plainLength: body.plainLength, bytes });
  }

  #judge(body: FrameBody): 'malformed' | 'tooLarge' | 'inflatesTooFar' | undefined {
    const first = this.#parts[0] ?? body;
    const fits =
      body.part === this.#parts.length &&
      body.parts === first.parts &&
      body.plainLength === first.plainLength &&
      body.deflated === first.deflated;
    if (!fits) return 'malformed';
    if (body.plainLength > this.#limits.plainBytes) return 'inflatesTooFar';
    return this.#bytes + body.payload.byteLength > this.#limits.payloadBytes ? 'tooLarge' : undefined;
  }

  #reset(): void {
    this.#parts = [];
    this.#bytes = 0;
  }
}

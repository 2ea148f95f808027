/** Keeps one side's sealing for as long as its call lasts, so that whoever joins again keeps keys, counts and code. */

import type { CallKeyStep } from '@alongside/protocol';
import type { CallSealing, CallSealingStart, SealCode } from './call-sealing.js';

export interface CallSealDeps {
  /** Loaded with the first sealed call. */
  readonly load: () => Promise<
    (start: Omit<CallSealingStart, 'party' | 'spawn'>) => Promise<CallSealing | undefined>
  >;
  /** Undefined while no sealed call is on; empty until somebody has agreed on keys. */
  readonly onCodes: (codes: readonly SealCode[] | undefined) => void;
}

export class CallSeal {
  readonly #deps: CallSealDeps;
  #held: { readonly place: string; readonly sealing: CallSealing } | undefined;
  #turn = 0;

  constructor(deps: CallSealDeps) {
    this.#deps = deps;
  }

  /** For each join; undefined where it cannot be, or is wanted no more. */
  async join(place: string, send: (step: CallKeyStep) => void): Promise<CallSealing | undefined> {
    if (this.#held?.place !== place) {
      this.end();
      const turn = this.#turn;
      const start = await this.#deps.load();
      const onCodes = (codes: readonly SealCode[]): void => {
        if (turn === this.#turn) this.#deps.onCodes(codes);
      };
      const sealing = await start({ place, send, onCodes });
      if (sealing === undefined) return undefined;
      if (turn !== this.#turn) {
        sealing.close();
        return undefined;
      }
      this.#held = { place, sealing };
      this.#deps.onCodes([]);
    }
    this.#held.sealing.agree();
    return this.#held.sealing;
  }

  /** Whether a join may go on in the clear: not where this call was sealed, and its digits are shown. */
  allowsOpen(place: string): boolean {
    if (this.#held?.place === place) return false;
    this.end();
    return true;
  }

  take(step: CallKeyStep, agentId?: string): void {
    this.#held?.sealing.take(step, agentId);
  }

  keepAgents(present: ReadonlySet<string>): void {
    this.#held?.sealing.keepAgents(present);
  }

  /** After the connection was away: steps may have been lost. */
  mend(): void {
    this.#held?.sealing.agree();
  }

  end(): void {
    this.#turn += 1;
    this.#held?.sealing.close();
    this.#held = undefined;
    this.#deps.onCodes(undefined);
  }
}

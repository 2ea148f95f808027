/** Whether what the visitor said yes to was done after all: the page, or what is lent, may change while they think. */

import type { IntentKind, IntentRefusal } from '@alongside/protocol';
import { isShownOnly } from '@alongside/protocol';

export class AgreedAct {
  #slot: number | undefined;

  answered(slot: number, yes: boolean): void {
    this.#slot = yes ? slot : undefined;
  }

  /** A yes to a form that a page sends after an act is not about the next one. */
  begins(kind: IntentKind): void {
    if (!isShownOnly(kind)) this.#slot = undefined;
  }

  /** How an act has ended; true where the visitor had said yes to it for nothing. */
  ended({ slot, kind, refusal }: { slot: number; kind: IntentKind; refusal?: IntentRefusal }): boolean {
    // What was sent beside it is another act.
    if (slot !== this.#slot || isShownOnly(kind) || refusal === 'tooFast') return false;
    this.#slot = undefined;
    return refusal !== undefined;
  }
}

/** Where the other agents of an engagement point, as the visitor's page tells it. */

import type { IntentAnswer, IntentPlace } from '@alongside/protocol';
import { colourOf } from '@alongside/protocol';
import { Store } from '../../app/store.js';

export type Pointed = Extract<IntentAnswer, { readonly outcome: 'pointed' }>;

export interface OtherPointer {
  readonly slot: number;
  readonly name: string;
  readonly colour: string;
  readonly at: IntentPlace;
}

/** As long as the visitor's page shows a hand that lies still. */
const IDLE_MS = 8000;

export class OtherPointers {
  readonly pointers = new Store<readonly OtherPointer[]>([]);
  readonly #idle = new Map<number, ReturnType<typeof setTimeout>>();

  received({ by: { slot, name }, at }: Pointed): void {
    clearTimeout(this.#idle.get(slot));
    this.#idle.delete(slot);
    const others = this.pointers.value.filter((each) => each.slot !== slot);
    if (at === null) {
      this.pointers.set(others);
      return;
    }
    this.pointers.set([...others, { slot, name, colour: colourOf(slot), at }]);
    const timer = setTimeout(() => {
      this.pointers.update((all) => all.filter((each) => each.slot !== slot));
    }, IDLE_MS);
    this.#idle.set(slot, timer);
  }

  clear(): void {
    for (const timer of this.#idle.values()) clearTimeout(timer);
    this.#idle.clear();
    this.pointers.set([]);
  }
}

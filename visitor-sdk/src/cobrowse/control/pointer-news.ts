/** Tells the other agents where one of them points: at a calm pace, the last place always. */

import type { IntentPlace } from '@alongside/protocol';
import { parseIntentBody } from '@alongside/protocol';

export interface PointerNewsDeps {
  readonly window: Pick<Window, 'setTimeout' | 'clearTimeout'>;
  watchers(): readonly number[];
  agentName(slot: number): string;
  answer(slot: number, body: unknown): void;
}

/** The visitor's own screen shows every move; the others need no more than these. */
const EVERY_MS = 120;

type Spot = IntentPlace | null;

export class PointerNews {
  readonly #deps: PointerNewsDeps;
  /** By the slot of who points: what is told when the pause is over, if anything came meanwhile. */
  readonly #pauses = new Map<number, { next: Spot | undefined }>();

  constructor(deps: PointerNewsDeps) {
    this.#deps = deps;
  }

  /** The body of an intent to point that was done. */
  pointed(slot: number, body: unknown): void {
    if (this.#deps.watchers().length < 2) return;
    const intent = parseIntentBody(body);
    if (intent?.kind === 'point') this.#tell(slot, intent.at);
  }

  /** Whoever is gone points no more. */
  left(slot: number): void {
    this.#send(slot, null);
  }

  #tell(slot: number, at: Spot): void {
    const pause = this.#pauses.get(slot);
    if (pause !== undefined) {
      pause.next = at;
      return;
    }
    this.#send(slot, at);
    const begun: { next: Spot | undefined } = { next: undefined };
    this.#pauses.set(slot, begun);
    this.#deps.window.setTimeout(() => {
      this.#pauses.delete(slot);
      if (begun.next !== undefined) this.#tell(slot, begun.next);
    }, EVERY_MS);
  }

  #send(slot: number, at: Spot): void {
    const by = { slot, name: this.#deps.agentName(slot) };
    for (const watcher of this.#deps.watchers()) {
      if (watcher !== slot) this.#deps.answer(watcher, { outcome: 'pointed', by, at });
    }
  }
}

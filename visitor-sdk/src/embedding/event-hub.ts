/** The page's listeners. One that throws neither stops the others nor the SDK. */

import { guarded } from './page-guard.js';
import type { AlongsideEventName, AlongsideEvents, AlongsideListener } from './public-api.js';

export class EventHub {
  readonly #listeners = new Map<AlongsideEventName, Set<(event: never) => void>>();

  on<K extends AlongsideEventName>(name: K, listener: AlongsideListener<K>): void {
    if (typeof listener !== 'function') return;
    const listeners = this.#listeners.get(name) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(name, listeners);
  }

  off<K extends AlongsideEventName>(name: K, listener: AlongsideListener<K>): void {
    this.#listeners.get(name)?.delete(listener);
  }

  emit<K extends AlongsideEventName>(name: K, event: AlongsideEvents[K]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      // The set of a name holds listeners of that name only.
      guarded(() => (listener as AlongsideListener<K>)(event));
    }
  }
}

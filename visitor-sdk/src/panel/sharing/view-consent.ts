/** The visitor's yes to being seen as this page knows it: by its number in the ledger, and taken back here at once. */

import { mayVisitor } from '@alongside/engagement';
import type { ReadonlySignal } from '@preact/signals';
import { signal } from '@preact/signals';
import { unattended } from '../../embedding/page-guard.js';
import type { EngagementSession } from '../session/engagement-session.js';
import type { TabMemory } from '../session/tab-memory.js';
import type { GivenConsent } from './agreed-rules.js';
import { insist } from './insist.js';

export interface ViewConsentDeps {
  readonly session: ReadonlySignal<EngagementSession | undefined>;
  readonly memory: TabMemory;
}

export class ViewConsent {
  readonly #deps: ViewConsentDeps;
  /** The one that the visitor has taken back here. */
  readonly #stopped = signal<string | undefined>(undefined);

  constructor(deps: ViewConsentDeps) {
    this.#deps = deps;
    this.#stopped.value = deps.memory.get('stopped');
  }

  /** Undefined while there is none, or none that holds here any more. */
  get inForce(): string | undefined {
    const name = this.#name();
    return name === this.#stopped.value ? undefined : name;
  }

  get given(): GivenConsent | undefined {
    const name = this.#name();
    const view = this.#deps.session.peek()?.engagement.peek()?.view;
    return name === undefined || view?.state !== 'on' ? undefined : { name, since: view.since };
  }

  /** At once, whether or not the server can be told now. */
  takeBack(): void {
    const name = this.#name();
    if (name === undefined) return;
    this.#deps.memory.set('stopped', name);
    this.#stopped.value = name;
  }

  /** An effect: a stop that the server has not heard is told again whenever there is a connection. */
  tell(): void {
    const session = this.#deps.session.value;
    const name = this.#name();
    if (session === undefined || name === undefined || name !== this.#stopped.value) return;
    if (session.connection.value === 'online') unattended(insist(() => session.command('view:stop', {})));
  }

  #name(): string | undefined {
    const engagement = this.#deps.session.value?.engagement.value;
    if (engagement?.view.state !== 'on' || !mayVisitor('view:stop', engagement)) return undefined;
    return `${engagement.engagementId}:${engagement.view.entry}`;
  }
}

/** What the visitor has lent as this page knows it: each lease with its end, taken back at once and told after. */

import { mayVisitor } from '@alongside/engagement';
import type { LeaseView } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { computed, signal } from '@preact/signals';
import { unattended } from '../../embedding/page-guard.js';
import type { SharedLease } from '../../sharing/sharing-part.js';
import type { EngagementSession } from '../session/engagement-session.js';
import type { TabMemory } from '../session/tab-memory.js';
import { insist } from './insist.js';

export interface LentControlDeps {
  readonly session: ReadonlySignal<EngagementSession | undefined>;
  readonly memory: TabMemory;
  /** Whether the page is shown at all, here or in another tab. */
  readonly shares: () => boolean;
}

/** No more leases than these run beside each other; those before them are over. */
const MOST = limits.leases * limits.agents;

export class LentControl {
  readonly leases: ReadonlySignal<readonly LeaseView[]>;
  readonly #deps: LentControlDeps;
  /** Here they hold no more, on later pages neither, whatever the server still says. */
  readonly #takenBack: Signal<ReadonlySet<string>>;

  constructor(deps: LentControlDeps) {
    this.#deps = deps;
    this.#takenBack = signal(new Set(deps.memory.get('takenBack')?.split(' ')));
    this.leases = computed(() => this.#current());
  }

  /** All of them, or the one with this number. */
  takeBack(lease?: number): void {
    const ended = this.leases.value.filter((each) => lease === undefined || each.lease === lease);
    if (ended.length === 0) return;
    const names = [...this.#takenBack.value, ...ended.map((each) => this.#nameOf(each))].slice(-MOST);
    this.#deps.memory.set('takenBack', names.join(' '));
    this.#takenBack.value = new Set(names);
  }

  /** An effect: what the server has not heard is told again whenever there is a connection. */
  tell(): void {
    const session = this.#deps.session.value;
    const held = session?.engagement.value?.control.leases ?? [];
    if (session?.connection.value !== 'online') return;
    const untold = held.filter((each) => this.#takenBack.value.has(this.#nameOf(each)));
    const isAll = untold.length > 0 && untold.length === held.length;
    for (const body of isAll ? [{}] : untold.map(({ lease }) => ({ lease }))) {
      unattended(insist(() => session.command('control:end', body)));
    }
  }

  /** For the page, which knows no server: what is left of each by this machine's clock. */
  forPage(session: EngagementSession): readonly SharedLease[] {
    const skewMs = session.skewMs.peek();
    return this.leases
      .peek()
      .map(({ expiresAt, ...lease }) => ({ ...lease, expiresAtMs: expiresAt - skewMs }));
  }

  #current(): readonly LeaseView[] {
    const engagement = this.#deps.session.value?.engagement.value;
    if (engagement === undefined || !this.#deps.shares() || !mayVisitor('control:end', engagement)) return [];
    return engagement.control.leases.filter((each) => !this.#takenBack.value.has(this.#nameOf(each)));
  }

  /** Each engagement counts its leases from one. */
  #nameOf({ lease }: LeaseView): string {
    return `${this.#deps.session.peek()?.entry.engagementId}:${lease}`;
  }
}

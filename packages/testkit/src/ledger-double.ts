/** The ledger of engagements as `records` keeps it, in memory: versions, numbers, first come first served. */

import { randomUUID } from 'node:crypto';
import type { JournalAck, JournalEntry } from '@alongside/engagement';
import type { EngagementId, EngagementLedger, SiteId, TenantId } from '@alongside/protocol';
import { refuse } from '@alongside/protocol';

export interface StartedEngagement {
  readonly engagementId: EngagementId;
  readonly tenantId: TenantId;
  readonly siteId: SiteId;
  readonly origin: string;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export class LedgerDouble {
  readonly #ledgers = new Map<string, Writable<EngagementLedger>>();
  readonly #acks = new Map<string, JournalAck>();
  readonly #numbers = new Map<string, number>();
  /** Names of agents by id, for ledgers on tickets. */
  readonly names = new Map<string, string>();

  start(engagement: StartedEngagement, now: number, more: Partial<EngagementLedger> = {}): void {
    const { engagementId, tenantId, siteId } = engagement;
    this.#ledgers.set(engagementId, {
      ...{ engagementId, tenantId, siteId, siteName: 'Shop', version: 1, phase: 'waiting' },
      ...{ requestedAt: now, language: 'en', consents: [], lastChatNumber: 1, lastLease: 0 },
      ...more,
    });
  }

  of(engagementId: string): EngagementLedger {
    const ledger = this.#ledgers.get(engagementId);
    if (ledger === undefined) throw new Error('No such engagement was started.');
    return structuredClone(ledger);
  }

  ofAgent(agentId: string): EngagementLedger[] {
    return [...this.#ledgers.values()]
      .filter(({ agent, phase }) => agent?.agentId === agentId && phase !== 'closed')
      .map((ledger) => structuredClone(ledger));
  }

  isKnown(entry: JournalEntry): boolean {
    return this.#acks.has(entry.entryId);
  }

  /** Applies an entry once; the same entry again gets the same acknowledgement. */
  apply(entry: JournalEntry, now: number): JournalAck {
    const known = this.#acks.get(entry.entryId);
    if (known !== undefined) return known;
    const ledger = this.#ledgers.get(entry.engagementId);
    if (ledger === undefined) return refuse('notFound');
    const ack = this.#write(ledger, entry, now);
    if (ack.ok) this.#acks.set(entry.entryId, ack);
    return ack;
  }

  #write(ledger: Writable<EngagementLedger>, entry: JournalEntry, now: number): JournalAck {
    const number = entry.type === 'chatLine' ? this.#numberOf(ledger, entry.lineId) : undefined;
    if (entry.type === 'accepted') {
      if (ledger.agent !== undefined) return refuse('alreadyTaken');
      const displayName = this.names.get(entry.agentId) ?? 'Agent';
      ledger.agent = { agentId: entry.agentId, displayName };
      ledger.phase = 'active';
    }
    ledger.version += 1;
    if (entry.type === 'consent') this.#consent(ledger, entry);
    if (entry.type === 'leaseGranted') ledger.lastLease = entry.lease;
    if (entry.type === 'ended') ledger.phase = ledger.phase === 'waiting' ? 'closed' : 'wrapUp';
    if (entry.type === 'closed') ledger.phase = 'closed';
    const { version } = ledger;
    return { ok: true, version, at: now, entry: version, ...(number === undefined ? {} : { number }) };
  }

  #consent(ledger: Writable<EngagementLedger>, entry: Extract<JournalEntry, { type: 'consent' }>): void {
    ledger.consents = ledger.consents.filter(({ scope }) => scope !== entry.scope);
    if (entry.act !== 'granted') return;
    ledger.consents = [
      ...ledger.consents,
      { scope: entry.scope, entry: ledger.version, grantedAt: entry.at },
    ];
  }

  #numberOf(ledger: Writable<EngagementLedger>, lineId: string): number {
    const known = this.#numbers.get(lineId);
    if (known !== undefined) return known;
    ledger.lastChatNumber += 1;
    this.#numbers.set(lineId, ledger.lastChatNumber);
    return ledger.lastChatNumber;
  }
}

/** A new engagement of a site; it waits once it is started in a ledger. */
export function newEngagement(site: Omit<StartedEngagement, 'engagementId'>): StartedEngagement {
  return { ...site, engagementId: randomUUID() as EngagementId };
}

/**
 * The ledger of engagements as `records` keeps it, in memory: versions, numbers, first come first served, and the
 * same refusals. The contract tests hold it to what the real one answers.
 */

import { randomUUID } from 'node:crypto';
import type { JournalAck, JournalEntry } from '@alongside/engagement';
import type { AgentId, EngagementId, EngagementLedger, SiteId, TenantId } from '@alongside/protocol';
import { refuse } from '@alongside/protocol';

export interface StartedEngagement {
  readonly engagementId: EngagementId;
  readonly tenantId: TenantId;
  readonly siteId: SiteId;
  readonly origin: string;
}

export interface KnownAgent {
  readonly agentId: string;
  readonly displayName: string;
  readonly siteIds: readonly string[];
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type EntryOf<T extends JournalEntry['type']> = Extract<JournalEntry, { type: T }>;
type GoodAck = Extract<JournalAck, { ok: true }>;
type Refused = Extract<JournalAck, { ok: false }>;

interface KeptLine extends Pick<EntryOf<'chatLine'>, 'from' | 'text'> {
  readonly ack: GoodAck;
}

interface Kept {
  readonly ledger: Writable<EngagementLedger>;
  /** Of consents and leases. */
  lastEntry: number;
  ended: EntryOf<'ended'>['reason'] | undefined;
  erased: boolean;
  readonly lines: Map<string, KeptLine>;
}

export class LedgerDouble {
  readonly #kept = new Map<string, Kept>();
  readonly #acks = new Map<string, GoodAck>();
  readonly #agents = new Map<string, KnownAgent>();

  /** Somebody who may accept engagements of these sites. */
  know(agent: KnownAgent): void {
    this.#agents.set(agent.agentId, agent);
  }

  start(engagement: StartedEngagement, now: number, more: Partial<EngagementLedger> = {}): void {
    const { engagementId, tenantId, siteId } = engagement;
    const ledger: EngagementLedger = {
      ...{ engagementId, tenantId, siteId, siteName: 'Shop', version: 1, phase: 'waiting' },
      ...{ requestedAt: now, language: 'en', consents: [], lastChatNumber: 1, lastLease: 0 },
      ...more,
    };
    const kept = { ledger, lastEntry: 0, ended: undefined, erased: false, lines: new Map() };
    this.#kept.set(engagementId, kept);
  }

  of(engagementId: string): EngagementLedger {
    const kept = this.#kept.get(engagementId);
    if (kept === undefined) throw new Error('No such engagement was started.');
    return structuredClone(kept.ledger);
  }

  ofAgent(agentId: string): EngagementLedger[] {
    return [...this.#kept.values()]
      .map(({ ledger }) => ledger)
      .filter((ledger) => isOf(ledger, agentId) && ledger.phase !== 'closed')
      .map((ledger) => structuredClone(ledger));
  }

  /** Why an engagement has ended; undefined while it goes on, and of one that is not kept here. */
  endOf(engagementId: string): EntryOf<'ended'>['reason'] | undefined {
    return this.#kept.get(engagementId)?.ended;
  }

  /** The site it runs on; undefined once it has ended, and of one that is not kept here. */
  siteOf(engagementId: string): SiteId | undefined {
    const kept = this.#kept.get(engagementId);
    return kept === undefined || kept.ended !== undefined ? undefined : kept.ledger.siteId;
  }

  /** The visitor has erased it, which ends it. */
  erase(engagementId: string): void {
    const kept = this.#kept.get(engagementId);
    if (kept === undefined) return;
    kept.erased = true;
    kept.ledger.version += 1;
    if (kept.ended !== undefined) return;
    kept.ended = 'erased';
    kept.ledger.phase = 'closed';
  }

  isKnown(entry: JournalEntry): boolean {
    return this.#acks.has(entry.entryId);
  }

  /** Applies an entry once; the same entry again gets the same acknowledgement. */
  apply(entry: JournalEntry, now: number): JournalAck {
    const kept = this.#kept.get(entry.engagementId);
    if (kept === undefined) return refuse('notFound');
    const known = this.#acks.get(entry.entryId);
    if (known !== undefined) return known;
    const at = Math.min(entry.at, now);
    const ack = this.#write(kept, entry, at);
    if (ack.ok) this.#acks.set(entry.entryId, ack);
    return ack;
  }

  #write(kept: Kept, entry: JournalEntry, at: number): JournalAck {
    switch (entry.type) {
      case 'chatLine':
        return addLine(kept, entry, at);
      case 'accepted':
        return this.#accept(kept, entry, at);
      case 'joined':
        return this.#join(kept, entry, at);
      case 'leadPassed':
        return passLead(kept, entry, at);
      default:
        return addFact(kept, entry, at);
    }
  }

  #accept({ ledger }: Kept, { agentId, at: toldAt }: EntryOf<'accepted'>, at: number): JournalAck {
    if (ledger.agent?.agentId === agentId) return { ok: true, version: ledger.version, at: toldAt };
    if (ledger.agent !== undefined) return refuse('alreadyTaken');
    if (ledger.phase !== 'waiting') return refuse('wrongState');
    const agent = this.#agents.get(agentId);
    if (agent === undefined || !agent.siteIds.includes(ledger.siteId)) return refuse('notPermitted');
    ledger.agent = { agentId, displayName: agent.displayName };
    ledger.phase = 'active';
    ledger.version += 1;
    return { ok: true, version: ledger.version, at };
  }

  #join({ ledger }: Kept, { agentId, role }: EntryOf<'joined'>, joinedAt: number): JournalAck {
    if (ledger.phase !== 'active') return refuse('wrongState');
    const agent = this.#agents.get(agentId);
    if (agent === undefined || !agent.siteIds.includes(ledger.siteId)) return refuse('notPermitted');
    if (!isOf(ledger, agentId)) {
      const { displayName } = agent;
      ledger.joined = [
        ...(ledger.joined ?? []),
        { agentId: agentId as AgentId, displayName, role, joinedAt },
      ];
      ledger.version += 1;
    }
    return { ok: true, version: ledger.version, at: joinedAt };
  }
}

/** The lead, or one who has joined and not left. */
function isOf({ agent, joined, phase }: EngagementLedger, agentId: string): boolean {
  if (agent?.agentId === agentId) return true;
  return phase === 'active' && (joined ?? []).some((each) => each.agentId === agentId);
}

function passLead({ ledger }: Kept, entry: EntryOf<'leadPassed'>, at: number): JournalAck {
  const { agentId, from, stays } = entry;
  const heir = ledger.joined?.find((each) => each.agentId === agentId);
  const { agent: former, joined = [] } = ledger;
  if (ledger.phase !== 'active') return refuse('wrongState');
  if (heir === undefined || former?.agentId !== from) return refuse('notPermitted');
  const others = joined.filter((each) => each.agentId !== agentId);
  const staying = { ...former, role: ledger.leadSupervises ? 'supervisor' : 'agent', joinedAt: at } as const;
  ledger.agent = { agentId: heir.agentId, displayName: heir.displayName };
  ledger.leadSupervises = heir.role === 'supervisor';
  ledger.joined = stays ? [...others, staying] : others;
  ledger.version += 1;
  return { ok: true, version: ledger.version, at };
}

function addLine(kept: Kept, entry: EntryOf<'chatLine'>, at: number): JournalAck {
  const { ledger, lines } = kept;
  const { lineId, from, text } = entry;
  const known = lines.get(lineId);
  if (known !== undefined) {
    return known.from === from && known.text === text ? known.ack : refuse('conflict', 'lineId');
  }
  if (kept.erased || ledger.phase === 'closed') return refuse('wrongState');
  if (from === 'agent' && !isOf(ledger, entry.agentId ?? '')) return refuse('notPermitted');
  ledger.lastChatNumber += 1;
  ledger.version += 1;
  const ack = { ok: true, number: ledger.lastChatNumber, version: ledger.version, at } as const;
  lines.set(lineId, { from, text, ack });
  return ack;
}

type FactEntry = Exclude<JournalEntry, { type: 'chatLine' | 'accepted' | 'joined' | 'leadPassed' }>;

function addFact(kept: Kept, entry: FactEntry, at: number): JournalAck {
  const refusal = refusalOf(entry, kept);
  if (refusal !== undefined) return refusal;
  const { ledger } = kept;
  ledger.version += 1;
  if (entry.type === 'ended' && kept.ended === undefined) {
    // How it ended first is how it ended.
    kept.ended = entry.reason;
    ledger.phase = 'wrapUp';
  }
  if (entry.type === 'closed') ledger.phase = 'closed';
  if (entry.type === 'leaseGranted') ledger.lastLease = entry.lease;
  if (entry.type === 'departed') {
    ledger.joined = (ledger.joined ?? []).filter(({ agentId }) => agentId !== entry.agentId);
  }
  const { version } = ledger;
  if (entry.type !== 'consent' && entry.type !== 'leaseGranted') return { ok: true, version, at };
  kept.lastEntry += 1;
  if (entry.type === 'consent') ledger.consents = consentsAfter(entry, kept);
  if (entry.type === 'consent' && entry.scope === 'watch') hide(ledger, entry);
  if (entry.type === 'consent' && entry.transfer !== undefined) agree(ledger, entry);
  return { ok: true, version, at, entry: kept.lastEntry };
}

/** What cannot follow what is committed. */
function refusalOf(entry: FactEntry, { ledger, ended }: Kept): Refused | undefined {
  const isOther = (agentId: string | undefined) => agentId !== undefined && !isOf(ledger, agentId);
  switch (entry.type) {
    case 'consent':
      if (entry.act !== 'granted') return undefined;
      if (entry.scope === 'transfer')
        return ledger.phase === 'waiting' || ledger.phase === 'active' ? undefined : refuse('wrongState');
      if (ledger.phase !== 'active') return refuse('wrongState');
      return isOther(entry.agentId) ? refuse('notPermitted') : undefined;
    case 'leaseGranted':
      if (ledger.phase !== 'active') return refuse('wrongState');
      if (isOther(entry.agentId)) return refuse('notPermitted');
      return entry.lease <= ledger.lastLease ? refuse('conflict', 'lease') : undefined;
    case 'callStarted':
      return ledger.phase === 'active' ? undefined : refuse('wrongState');
    case 'closed':
      return ended === undefined ? refuse('wrongState') : undefined;
    default:
      return undefined;
  }
}

/** Of each scope the last act counts; a refusal of a later question takes nothing back. */
function consentsAfter(
  { scope, act, at: grantedAt }: EntryOf<'consent'>,
  { ledger, lastEntry: entry }: Kept,
): EngagementLedger['consents'] {
  if (act === 'refused' || scope === 'watch' || scope === 'transfer') return ledger.consents;
  const others = ledger.consents.filter((each) => each.scope !== scope);
  return act === 'withdrawn' ? others : [...others, { scope, entry, grantedAt }];
}

function hide(ledger: Kept['ledger'], { agentId, act }: EntryOf<'consent'>): void {
  const others = (ledger.hidden ?? []).filter((each) => each !== agentId);
  ledger.hidden = act === 'withdrawn' && agentId !== undefined ? [...others, agentId] : others;
}

function agree(ledger: Kept['ledger'], { transfer, act }: EntryOf<'consent'>): void {
  const others = (ledger.transfers ?? []).filter((each) => each !== transfer?.country);
  ledger.transfers = act === 'granted' && transfer !== undefined ? [...others, transfer.country] : others;
}

/** A new engagement of a site; it waits once it is started in a ledger. */
export function newEngagement(site: Omit<StartedEngagement, 'engagementId'>): StartedEngagement {
  return { ...site, engagementId: randomUUID() as EngagementId };
}

/** Writes what happened in an engagement besides chat: consents, leases, calls, who came and went, its end. */

import type { JournalEntry } from '@alongside/engagement';
import { consentWords, isCountryCode } from '@alongside/transfer';
import { type EngagementState, takesPart } from './engagement-state.js';
import { type Acked, type EntryResult, refused } from './entry-result.js';
import { type FactEntry, type FactRow, rowsOf } from './fact-rows.js';
import type { SqlClient } from './sql-client.js';

interface AppliedEntry {
  readonly entry_id: string;
  readonly version: number;
  readonly entry: number | null;
  readonly at: Date;
}

interface NewEntry {
  readonly state: EngagementState;
  readonly entryId: string;
  readonly version: number;
  readonly entry: number | null;
  readonly at: number;
}

export class FactWriter {
  readonly #client: SqlClient;
  readonly #now: number;
  readonly #applied = new Map<string, EntryResult>();
  readonly #entries: NewEntry[] = [];

  constructor(client: SqlClient, now: number) {
    this.#client = client;
    this.#now = now;
  }

  /** Asked after the engagements are locked, so nobody can apply one of these entries meanwhile. */
  async recall(entries: readonly JournalEntry[], shelves: readonly string[]): Promise<void> {
    if (entries.length === 0) return;
    const { rows } = await this.#client.query<AppliedEntry>(recall, [
      entries.map((each) => each.entryId),
      shelves,
    ]);
    for (const { entry_id, version, entry, at } of rows) {
      this.#applied.set(entry_id, ackOf({ version, entry, at: at.getTime() }));
    }
  }

  async add(entry: FactEntry, state: EngagementState): Promise<EntryResult> {
    const applied = this.#applied.get(entry.entryId);
    if (applied !== undefined) return applied;
    if (!state.covered) return { uncovered: true };
    const refusal = refusalOf(entry, state) ?? (await this.#refusalOfExpert(entry));
    if (refusal !== undefined) return refusal;
    const at = Math.min(entry.at, this.#now);
    // How it ended first is how it ended.
    const isRepeated = entry.type === 'ended' && state.ended;
    const closes = entry.type === 'ended' && !isRepeated && state.restricted;
    const numbered = advance(entry, state);
    const written = { entry: numbered, at: new Date(at) };
    const rows = isRepeated ? [] : rowsOf(entry, written);
    const closing = closes ? rowsOf({ ...entry, type: 'closed' }, written) : [];
    for (const row of [...rows, ...closing]) await this.#write(row, state);
    const kept = { version: state.version, entry: numbered, at };
    this.#entries.push({ state, entryId: entry.entryId, ...kept });
    const ack = ackOf(kept);
    this.#applied.set(entry.entryId, ack);
    return closes ? { ...ack, outOfSight: true } : ack;
  }

  async store(): Promise<void> {
    const entries = this.#entries;
    if (entries.length === 0) return;
    await this.#client.query(insert, [
      entries.map((each) => each.entryId),
      entries.map((each) => each.state.engagementId),
      entries.map((each) => each.version),
      entries.map((each) => each.entry),
      entries.map((each) => each.at / 1000),
      entries.map((each) => each.state.tenantId),
      entries.map((each) => each.state.metadata.originCountry),
      entries.map((each) => each.state.metadata.originEvidence),
      entries.map((each) => each.state.metadata.storageRegion),
      entries.map((each) => each.state.metadata.decisionId),
      entries.map((each) => each.state.shelf),
    ]);
  }

  /** The link may have been taken back since the ticket was made, or have let them in already. */
  async #refusalOfExpert(entry: FactEntry): Promise<EntryResult | undefined> {
    if (entry.type !== 'callAttended' || !entry.expert) return undefined;
    const { agentId, engagementId, callId } = entry;
    const { rows } = await this.#client.query(invited, [agentId, engagementId, callId]);
    return rows.length > 0 ? undefined : refused('notPermitted');
  }

  /** Table and column names come from `rowsOf` alone; every value is a parameter. */
  async #write(row: FactRow, state: EngagementState): Promise<void> {
    const { metadata, engagementId, tenantId } = state;
    if ('set' in row) {
      const columns = Object.keys(row.set).map((name, index) => `${name} = $${index + 2}`);
      const values: unknown[] = [engagementId, ...Object.values(row.set)];
      const conditions = Object.entries(row.where).map(([name, value]) => {
        if (value === null) return `${name} IS NULL`;
        values.push(Array.isArray(value) ? value[1] : value);
        const equal = `${name} = $${values.length}`;
        return Array.isArray(value) ? `(${name} IS NULL OR ${equal})` : equal;
      });
      const where = ['engagement_id = $1', ...conditions].join(' AND ');
      const text = `UPDATE ${row.table} SET ${columns.join(', ')} WHERE ${where}`;
      await this.#client.query(text, values);
      return;
    }
    const values: Record<string, unknown> = {
      ...row.insert,
      engagement_id: engagementId,
      tenant_id: tenantId,
      origin_country: metadata.originCountry,
      origin_evidence: metadata.originEvidence,
      storage_region: metadata.storageRegion,
      decision_id: metadata.decisionId,
      purpose: 'accountability',
      ...(row.table === 'connection' ? { shelf: state.shelf } : {}),
    };
    const names = Object.keys(values);
    const places = names.map((_, index) => `$${index + 1}`);
    const text = `INSERT INTO ${row.table} (${names.join(', ')}) VALUES (${places.join(', ')}) ON CONFLICT DO NOTHING`;
    await this.#client.query(text, Object.values(values));
  }
}

const invited = `SELECT expert_id FROM call_expert WHERE expert_id = $1 AND engagement_id = $2 AND call_id = $3
  AND used_at IS NOT NULL AND revoked_at IS NULL
  AND NOT EXISTS (SELECT FROM call_presence p WHERE p.expert_id = call_expert.expert_id)`;

function ackOf({ version, entry, at }: Pick<NewEntry, 'version' | 'entry' | 'at'>): Acked {
  return { ok: true, version, at, ...(entry === null ? {} : { entry }) };
}

/** What cannot follow what is committed; `live` decides the rest. */
function refusalOf(entry: FactEntry, state: EngagementState): EntryResult | undefined {
  switch (entry.type) {
    case 'consent':
      return entry.act === 'granted' ? refusalOfConsent(entry, state) : undefined;
    case 'leaseGranted':
      if (!state.mayConsent) return refused('consentMissing', 'age');
      if (state.phase !== 'active') return refused('wrongState');
      if (!takesPart(state, entry.agentId)) return refused('notPermitted');
      return entry.lease <= state.lastLease ? refused('conflict', 'lease') : undefined;
    case 'noticed':
    case 'delivered':
      return refusalOfGrant(entry.agentId, state);
    case 'callAttended':
      // To what is disputed nobody else is to listen.
      if (entry.expert && state.restricted) return refused('wrongState');
      return refusalOfGrant(entry.expert ? undefined : entry.agentId, state);
    case 'callStarted':
      return state.phase === 'active' ? undefined : refused('wrongState');
    case 'closed':
      return state.ended ? undefined : refused('wrongState');
    default:
      return undefined;
  }
}

/** Nobody may ask a visitor who has not said that they are of age, whatever a page or `live` let happen. */
function refusalOfConsent(
  { scope, agentId, transfer }: Extract<FactEntry, { type: 'consent' }>,
  state: EngagementState,
): EntryResult | undefined {
  if (!state.mayConsent) return refused('consentMissing', 'age');
  if (scope !== 'transfer') return refusalOfGrant(agentId, state);
  // It is given before anybody comes in by it.
  if (state.phase !== 'active' && state.phase !== 'waiting') return refused('wrongState');
  const { country = '', language = 'en', version = '' } = transfer ?? {};
  const isKnown = isCountryCode(country) && consentWords(country, language, version) !== undefined;
  return isKnown ? undefined : refused('invalid', 'transfer');
}

/** A visitor says yes to who takes part: it may not become a yes to anybody else. */
function refusalOfGrant(agentId: string | undefined, state: EngagementState): EntryResult | undefined {
  if (state.phase !== 'active') return refused('wrongState');
  return agentId === undefined || takesPart(state, agentId) ? undefined : refused('notPermitted');
}

/** Moves the ledger on; answers the number of a consent or lease. */
function advance(entry: FactEntry, state: EngagementState): number | null {
  state.version += 1;
  state.changed = true;
  if (entry.type === 'ended' && !state.ended) {
    state.ended = true;
    state.phase = state.restricted ? 'closed' : 'wrapUp';
  }
  if (entry.type === 'closed') state.phase = 'closed';
  if (entry.type === 'leaseGranted') state.lastLease = entry.lease;
  if (entry.type !== 'consent' && entry.type !== 'leaseGranted') return null;
  state.lastEntry += 1;
  return state.lastEntry;
}

const recall =
  'SELECT entry_id, version, entry, at FROM journal_entry WHERE entry_id = ANY($1::uuid[]) AND shelf = ANY($2::date[])';

const insert = `INSERT INTO journal_entry (entry_id, engagement_id, version, entry, at, tenant_id, origin_country,
    origin_evidence, storage_region, decision_id, shelf, purpose)
  SELECT j.entry_id, j.engagement_id, j.version, j.entry, to_timestamp(j.at), j.tenant_id, j.origin_country,
    j.origin_evidence, j.storage_region, j.decision_id, j.shelf, 'accountability'
  FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::float8[], $6::uuid[], $7::text[],
      $8::origin_evidence[], $9::text[], $10::uuid[], $11::date[])
    AS j (entry_id, engagement_id, version, entry, at, tenant_id, origin_country, origin_evidence, storage_region,
      decision_id, shelf)`;

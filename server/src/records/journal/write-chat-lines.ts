/** Numbers the chat lines of a batch, and stores them with one statement that also counts on in their engagements. */

import type { JournalEntry } from '@alongside/engagement';
import { type EngagementState, takesPart } from './engagement-state.js';
import { type Delivery, type EntryResult, refused } from './entry-result.js';
import type { SqlClient } from './sql-client.js';

export type ChatLineEntry = Extract<JournalEntry, { type: 'chatLine' }> & Delivery;

interface KnownLine {
  readonly engagement_id: string;
  readonly line_id: string;
  readonly number: number;
  readonly version: number;
  readonly at: Date;
  readonly sender: ChatLineEntry['from'];
  /** None where the customer keeps it: then its id alone says that it is the same. */
  readonly text: string | null;
}

interface LineAck {
  readonly number: number;
  readonly version: number;
  readonly at: number;
}

interface NewLine extends LineAck {
  readonly state: EngagementState;
  readonly entry: ChatLineEntry;
}

export class ChatLineWriter {
  readonly #client: SqlClient;
  readonly #now: number;
  readonly #known = new Map<string, LineAck & Pick<KnownLine, 'text'> & Pick<ChatLineEntry, 'from'>>();
  readonly #lines: NewLine[] = [];

  constructor(client: SqlClient, now: number) {
    this.#client = client;
    this.#now = now;
  }

  /** Asked after the engagements are locked, so nobody can add one of these lines meanwhile. */
  async recall(entries: readonly ChatLineEntry[], shelves: readonly string[]): Promise<void> {
    if (entries.length === 0) return;
    const { rows } = await this.#client.query<KnownLine>(recall, [
      entries.map((each) => each.engagementId),
      entries.map((each) => each.lineId),
      shelves,
    ]);
    for (const { engagement_id, line_id, number, version, at, sender, text } of rows) {
      this.#known.set(`${engagement_id} ${line_id}`, {
        ...{ number, version, at: at.getTime() },
        ...{ from: sender, text },
      });
    }
  }

  /** A line that was sent before has its number already; the same id with other words is no repetition. */
  add(entry: ChatLineEntry, state: EngagementState): EntryResult {
    const key = `${entry.engagementId} ${entry.lineId}`;
    const known = this.#known.get(key);
    if (known !== undefined) {
      const { number, version, at, from, text } = known;
      const isSame = from === entry.from && (text === null || text === entry.text);
      if (!isSame) return refused('conflict', 'lineId');
      return { ok: true, number, version, at };
    }
    const obstacle = obstacleTo(entry, state);
    if (obstacle !== undefined) return obstacle;
    const { deliveredTo: recipientId, tenantId } = state;
    const number = state.lastChatNumber + 1;
    // Numbered anew if another line took its number meanwhile: then it is delivered again, under that one.
    if (recipientId !== null && entry.deliveredAs !== number)
      return { undelivered: { tenantId, recipientId, number } };
    state.lastChatNumber += 1;
    state.version += 1;
    state.changed = true;
    const line = { number: state.lastChatNumber, version: state.version, at: Math.min(entry.at, this.#now) };
    this.#known.set(key, { ...line, from: entry.from, text: recipientId === null ? entry.text : null });
    this.#lines.push({ state, entry, ...line });
    return { ok: true, ...line };
  }

  /** The counters of all engagements that the batch changed, and its lines. */
  async store(states: Iterable<EngagementState>): Promise<void> {
    const changed = [...states].filter((each) => each.changed);
    if (changed.length === 0) return;
    const lines = this.#lines;
    await this.#client.query(store, [
      lines.map(({ entry }) => entry.engagementId),
      lines.map(({ number }) => number),
      lines.map(({ entry }) => entry.lineId),
      lines.map(({ entry }) => entry.from),
      lines.map(({ entry }) => entry.agentId ?? null),
      lines.map(({ entry, state }) => (state.deliveredTo === null ? entry.text : null)),
      lines.map(({ at }) => at / 1000),
      lines.map(({ version }) => version),
      this.#now / 1000,
      changed.map((each) => each.engagementId),
      changed.map((each) => each.version),
      changed.map((each) => each.lastChatNumber),
      changed.map((each) => each.lastEntry),
      changed.map((each) => each.lastLease),
      changed.map((each) => each.phase),
    ]);
  }
}

/** Why it is not taken, unless it was before. */
function obstacleTo(entry: ChatLineEntry, state: EngagementState): EntryResult | undefined {
  if (state.erased || state.phase === 'closed') return refused('wrongState');
  if (entry.from === 'agent' && !takesPart(state, entry.agentId)) return refused('notPermitted');
  return state.covered ? undefined : { uncovered: true };
}

/** Whether it is stored if it is new; if it is not, the keys of what is stored say so. */
export function isTakenIfNew(entry: ChatLineEntry, state: EngagementState | undefined): boolean {
  return state !== undefined && state.deliveredTo === null && obstacleTo(entry, state) === undefined;
}

/** Each by its key: every line in every engagement of the batch would be a thousand times as many to look for. */
const recall = `SELECT l.engagement_id, l.line_id, l.number, l.version, l.at, l.sender, l.text
  FROM unnest($1::uuid[], $2::uuid[]) AS asked (engagement_id, line_id),
    LATERAL (SELECT * FROM chat_line l
      WHERE l.engagement_id = asked.engagement_id AND l.line_id = asked.line_id AND l.shelf = ANY($3::date[])
      LIMIT 1) AS l`;

/** What a line carries of its engagement is there already, and locked. */
const store = `WITH own AS (UPDATE engagement e
    SET version = c.version, last_chat_number = c.chat, last_entry = c.entry, last_lease = c.lease, phase = c.phase
    FROM unnest($10::uuid[], $11::int[], $12::int[], $13::int[], $14::int[], $15::engagement_phase[])
      AS c (engagement_id, version, chat, entry, lease, phase)
    WHERE e.engagement_id = c.engagement_id RETURNING e.*)
  INSERT INTO chat_line (engagement_id, number, line_id, sender, agent_id, text, at, version,
    tenant_id, origin_country, origin_evidence, storage_region, decision_id, shelf, delivered_at, purpose)
  SELECT l.engagement_id, l.number, l.line_id, l.sender, l.agent_id, l.text, to_timestamp(l.at), l.version,
    e.tenant_id, e.origin_country, e.origin_evidence, e.storage_region, e.transcript_decision_id,
    e.shelf, CASE WHEN e.delivered_to IS NOT NULL THEN to_timestamp($9::float8) END, 'conversation'
  FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::party[], $5::uuid[], $6::text[], $7::float8[],
      $8::int[]) AS l (engagement_id, number, line_id, sender, agent_id, text, at, version)
    JOIN own e ON e.engagement_id = l.engagement_id`;

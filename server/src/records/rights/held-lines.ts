/**
 * All lines of an engagement: as rows for a record, counted for a receipt, and for an export as JSON that the database
 * writes itself, a page at a time, since there may be thousands. Read plainly: entities made one by one took ten times
 * as long.
 */

import type { EntityManager } from 'typeorm';
import { type ChatLineRow, chatLineEntity } from '../entities/chat-line-entity.js';
import type { EngagementRow } from '../entities/engagement-entity.js';

type OfEngagement = Pick<EngagementRow, 'engagementId' | 'shelf'>;

/** How many rows there are, and the decisions that they are kept under, first come first. */
export interface Tally {
  readonly rows: number;
  readonly decisionIds: readonly string[];
}

export function heldLines(
  manager: EntityManager,
  { engagementId, shelf }: OfEngagement,
): Promise<ChatLineRow[]> {
  const { columns } = manager.connection.getMetadata(chatLineEntity);
  // A day stays the text that entities have; as a date it would be midnight somewhere.
  const selected = columns.map(({ databaseName, propertyName, type }) =>
    type === 'date' ? `${databaseName}::text AS "${propertyName}"` : `${databaseName} AS "${propertyName}"`,
  );
  return manager.query<ChatLineRow[]>(
    `SELECT ${selected.join(', ')} FROM chat_line WHERE ${ofEngagement} ORDER BY number`,
    [engagementId, shelf],
  );
}

export function tallyOf(rows: readonly { readonly decisionId: string }[]): Tally {
  return { rows: rows.length, decisionIds: [...new Set(rows.map(({ decisionId }) => decisionId))] };
}

export async function countLines(
  manager: EntityManager,
  { engagementId, shelf }: OfEngagement,
): Promise<Tally> {
  const found = await manager.query<{ decision_id: string; rows: number }[]>(counted, [engagementId, shelf]);
  return {
    rows: found.reduce((sum, { rows }) => sum + rows, 0),
    decisionIds: found.map((each) => each.decision_id),
  };
}

/** However long the lines are, the first page is no more than can be held at once. */
const FIRST_PAGE = 500;
/** What the pages after it aim at: so much that the way to the database hardly counts, and still little. */
const PAGE_CHARACTERS = 1_000_000;
const LONGEST_PAGE = 5_000;

export interface LinePage {
  /** The lines as an export shows them, as a JSON array without its brackets; none where there is no line. */
  readonly lines: string | null;
  readonly last: number | null;
  readonly rows: number;
  readonly decisionIds: readonly string[] | null;
}

const NO_LINES: LinePage = { lines: null, last: null, rows: 0, decisionIds: null };

/** So many lines, after the one with this number. */
export interface PageAsked {
  readonly after: number;
  readonly size: number;
}

export async function readLinePage(
  manager: EntityManager,
  { engagementId, shelf }: OfEngagement,
  { after, size }: PageAsked,
): Promise<LinePage> {
  const [page] = await manager.query<LinePage[]>(written, [engagementId, shelf, after, size]);
  return page ?? NO_LINES;
}

export interface Lines {
  readonly lines: string;
  /** Of them and of all before them. */
  readonly tally: Tally;
}

/** What was read, page by page, each of them as long as the lines before it let it be. */
export async function* linePages(read: (asked: PageAsked) => Promise<LinePage>): AsyncGenerator<Lines> {
  let tally = tallyOf([]);
  for (let asked = { after: 0, size: FIRST_PAGE }; ; ) {
    const { lines, last, rows, decisionIds } = await read(asked);
    if (lines === null || last === null) return;
    const known = new Set([...tally.decisionIds, ...(decisionIds ?? [])]);
    tally = { rows: tally.rows + rows, decisionIds: [...known] };
    yield { lines, tally };
    if (rows < asked.size) return;
    const fitting = Math.round((rows * PAGE_CHARACTERS) / lines.length);
    asked = { after: last, size: Math.min(Math.max(fitting, FIRST_PAGE), LONGEST_PAGE) };
  }
}

const ofEngagement = 'engagement_id = $1 AND shelf = $2::date';

const counted = `SELECT decision_id, count(*)::int AS rows FROM chat_line WHERE ${ofEngagement}
  GROUP BY 1 ORDER BY min(number)`;

/** As `chatLine` writes it, whose result a test holds this to. */
const line = `'{"number":' || l.number || ',"lineId":"' || l.line_id || '","from":"' || l.sender
  || '","at":' || trunc(extract(epoch FROM l.at) * 1000)
  || ',"text":' || coalesce(to_json(l.text)::text, '"","held":true')
  || coalesce(',"agentId":"' || l.agent_id || '"', '')
  || CASE WHEN p.person_id IS NULL THEN '' ELSE ',"agentName":' || to_json(coalesce(p.display_name, ''))::text END
  || '}'`;

const written = `SELECT string_agg(${line}, ',' ORDER BY l.number) AS lines, max(l.number) AS last, count(*)::int AS rows,
    array_agg(DISTINCT l.decision_id) AS "decisionIds"
  FROM (SELECT number, line_id, sender, at, text, agent_id, decision_id FROM chat_line
      WHERE ${ofEngagement} AND number > $3 ORDER BY number LIMIT $4) AS l
    LEFT JOIN person p ON p.person_id = l.agent_id`;

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

/** Few enough to be held at once though each were as long as a line may be, and so many that the way hardly counts. */
const PAGE_LINES = 2_000;

export interface LinePage {
  /** The lines as an export shows them, as a JSON array without its brackets. */
  readonly lines: string;
  readonly rows: number;
  readonly decisionIds: readonly string[];
  /** The highest number that there is on any page. */
  readonly highest: number;
}

/** The lines whose numbers are above the one and not above the other. */
export interface PageAsked {
  readonly after: number;
  readonly upTo: number;
}

export async function readLinePage(
  manager: EntityManager,
  { engagementId, shelf }: OfEngagement,
  { after, upTo }: PageAsked,
): Promise<LinePage> {
  const [page] = await manager.query<LinePage[]>(written, [engagementId, shelf, after, upTo]);
  if (page === undefined) throw new Error('what is summed up is a row, also where there is nothing');
  return page;
}

export interface Lines {
  readonly lines: string;
  /** Of them and of all before them. */
  readonly tally: Tally;
}

/**
 * What was read, page by page. Where a page ends is known before it is read, so that as many as `ahead` says are on
 * their way while one goes out.
 */
export async function* linePages(
  read: (asked: PageAsked) => Promise<LinePage>,
  ahead: number,
): AsyncGenerator<Lines> {
  const first = await read({ after: 0, upTo: PAGE_LINES });
  let tally = tallyOf([]);
  let asked = PAGE_LINES;
  const reading: Promise<LinePage>[] = [Promise.resolve(first)];
  for (let page = reading.shift(); page !== undefined; page = reading.shift()) {
    const { lines, rows, decisionIds } = await page;
    for (; reading.length < ahead && asked < first.highest; asked += PAGE_LINES) {
      const next = read({ after: asked, upTo: asked + PAGE_LINES });
      // Told to whoever takes that page; whoever takes none has no use for it.
      next.catch(() => undefined);
      reading.push(next);
    }
    if (rows === 0) continue;
    tally = { rows: tally.rows + rows, decisionIds: [...new Set([...tally.decisionIds, ...decisionIds])] };
    yield { lines, tally };
  }
}

const ofEngagement = 'engagement_id = $1 AND shelf = $2::date';

const counted = `SELECT decision_id, count(*)::int AS rows FROM chat_line WHERE ${ofEngagement}
  GROUP BY 1 ORDER BY min(number)`;

/**
 * As `chatLine` writes it, whose result a test holds this to. A time as a floating number misses its microsecond by less
 * than half of one, which the half that is added takes back; as a decimal it took as long as the rest of the line.
 */
const line = `concat('{"number":', l.number, ',"lineId":"', l.line_id, '","from":"', l.sender, '","at":',
    floor(date_part('epoch', l.at) * 1000 + 0.0005)::bigint,
    ',"text":', coalesce(to_json(l.text)::text, '"","held":true'), ',"agentId":"' || l.agent_id || '"',
    CASE WHEN p.person_id IS NOT NULL THEN ',"agentName":' || to_json(coalesce(p.display_name, ''))::text END, '}')`;

const written = `SELECT coalesce(string_agg(${line}, ',' ORDER BY l.number), '') AS lines, count(*)::int AS rows,
    coalesce(array_agg(DISTINCT l.decision_id), '{}') AS "decisionIds",
    (SELECT coalesce(max(number), 0) FROM chat_line WHERE ${ofEngagement}) AS highest
  FROM (SELECT number, line_id, sender, at, text, agent_id, decision_id FROM chat_line
      WHERE ${ofEngagement} AND number > $3 AND number <= $4) AS l
    LEFT JOIN person p ON p.person_id = l.agent_id`;

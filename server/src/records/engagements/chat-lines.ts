/** The committed lines of an engagement. */

import type { AgentId, ChatLine, LineId } from '@alongside/protocol';
import { type EntityManager, In, MoreThan } from 'typeorm';
import { type ChatLineRow, chatLineEntity } from '../entities/chat-line-entity.js';
import { personEntity } from '../entities/person-entity.js';

const PAGE = 500;

/** Agents are named where their names are known. */
export function chatLine(row: ChatLineRow, names: ReadonlyMap<string, string> = new Map()): ChatLine {
  const { number, sender, text, at, agentId } = row;
  const name = agentId === null ? undefined : names.get(agentId);
  return {
    ...{ number, lineId: row.lineId as LineId, from: sender, at: at.getTime() },
    ...(text === null ? { text: '', held: true as const } : { text }),
    ...(agentId === null ? {} : { agentId: agentId as AgentId }),
    ...(name === undefined ? {} : { agentName: name }),
  };
}

/** What those who wrote these lines are called. */
export async function namesIn(
  manager: EntityManager,
  lines: readonly ChatLineRow[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(lines.flatMap(({ agentId }) => agentId ?? []));
  if (ids.size === 0) return new Map();
  const people = await manager.getRepository(personEntity).findBy({ personId: In([...ids]) });
  return new Map(people.map(({ personId, displayName }) => [personId, displayName ?? '']));
}

/** In order, at most a page: who gets a full page asks again after its last number. */
export async function linesAfter(
  manager: EntityManager,
  engagementId: string,
  after: number,
): Promise<readonly ChatLine[]> {
  const rows = await manager
    .getRepository(chatLineEntity)
    .find({ where: { engagementId, number: MoreThan(after) }, order: { number: 'ASC' }, take: PAGE });
  const names = await namesIn(manager, rows);
  return rows.map((row) => chatLine(row, names));
}

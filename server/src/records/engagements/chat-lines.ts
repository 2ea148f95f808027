/** The committed lines of an engagement. */

import type { ChatLine, LineId } from '@alongside/protocol';
import { type EntityManager, MoreThan } from 'typeorm';
import { type ChatLineRow, chatLineEntity } from '../entities/chat-line-entity.js';

const PAGE = 500;

export function chatLine(row: ChatLineRow): ChatLine {
  const { number, sender, text, at } = row;
  const line = { number, lineId: row.lineId as LineId, from: sender, at: at.getTime() };
  return text === null ? { ...line, text: '', held: true } : { ...line, text };
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
  return rows.map(chatLine);
}

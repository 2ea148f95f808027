/**
 * All lines of an engagement, as they are exported. Read plainly: entities made one by one took ten times as long, and
 * there may be thousands.
 */

import type { EntityManager } from 'typeorm';
import { type ChatLineRow, chatLineEntity } from '../entities/chat-line-entity.js';
import type { EngagementRow } from '../entities/engagement-entity.js';

export function heldLines(
  manager: EntityManager,
  { engagementId, shelf }: Pick<EngagementRow, 'engagementId' | 'shelf'>,
): Promise<ChatLineRow[]> {
  const { columns } = manager.connection.getMetadata(chatLineEntity);
  // A day stays the text that entities have; as a date it would be midnight somewhere.
  const selected = columns.map(({ databaseName, propertyName, type }) =>
    type === 'date' ? `${databaseName}::text AS "${propertyName}"` : `${databaseName} AS "${propertyName}"`,
  );
  return manager.query<ChatLineRow[]>(
    `SELECT ${selected.join(', ')} FROM chat_line WHERE engagement_id = $1 AND shelf = $2::date ORDER BY number`,
    [engagementId, shelf],
  );
}

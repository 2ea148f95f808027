/** What the register says of a recipient: whether anything may be sent to it now, and what it is called. */

import type { RecipientNamed } from '@alongside/protocol';
import { type EntityManager, IsNull } from 'typeorm';
import { type RecipientRow, recipientEntity } from '../entities/recipient-entity.js';

/** Approved by two, announced long enough, not ended, and its evidence still holds to the end of its last day. */
export function mayReceive(row: RecipientRow, now: number): boolean {
  const { approvedAt, activeFrom, endedAt, evidenceUntil } = row;
  if (approvedAt === null || endedAt !== null || activeFrom.getTime() > now) return false;
  return evidenceUntil === null || now < Date.parse(evidenceUntil) + 24 * 3_600_000;
}

/** Those that receive or will, as visitors are told. */
export async function namedRecipients(manager: EntityManager, now: number): Promise<RecipientNamed[]> {
  const rows = await manager
    .getRepository(recipientEntity)
    .find({ where: { endedAt: IsNull() }, order: { announcedAt: 'ASC' } });
  return rows
    .filter(({ activeFrom, approvedAt, ...row }) =>
      approvedAt === null
        ? false
        : mayReceive({ ...row, approvedAt, activeFrom }, Math.max(now, activeFrom.getTime())),
    )
    .map(({ name, country, role, activeFrom }) => ({
      name,
      country,
      role,
      activeFrom: activeFrom.getTime(),
    }));
}

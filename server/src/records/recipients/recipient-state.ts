/** What the register says of a recipient: whether anything may be sent to it now, and what it is called. */

import { type RecipientNamed, type RecipientShown, recipientClasses } from '@alongside/protocol';
import { type EntityManager, IsNull } from 'typeorm';
import { type RecipientRow, recipientEntity } from '../entities/recipient-entity.js';

/** Approved by two, announced long enough, not ended, and its evidence still holds to the end of its last day. */
export function mayReceive(row: RecipientRow, now: number): boolean {
  const { approvedAt, activeFrom, endedAt, evidenceUntil } = row;
  if (approvedAt === null || endedAt !== null || activeFrom.getTime() > now) return false;
  return evidenceUntil === null || now < Date.parse(evidenceUntil) + 24 * 3_600_000;
}

export interface StoreHost {
  readonly storageCountry: string;
  readonly storageHost: string | undefined;
}

/** Those that receive or will, as visitors are told: first of all whoever runs the store that this installation has. */
export async function namedRecipients(
  manager: EntityManager,
  now: number,
  { storageCountry: country, storageHost }: StoreHost,
): Promise<RecipientNamed[]> {
  const host =
    storageHost === undefined ? [] : [{ name: storageHost, country, role: 'host', activeFrom: 0 } as const];
  return [...host, ...(await registeredRecipients(manager, now))];
}

/** It stands in the list like everybody who receives, though no officer chose it. */
export function hostShown({ storageHost, storageCountry: country }: StoreHost): RecipientShown[] {
  if (storageHost === undefined) return [];
  const named = { recipientId: 'host', name: storageHost, country, role: 'host', purpose: '' } as const;
  const signed = { dataClasses: [...recipientClasses], contractReference: '', contractOn: '' };
  const times = { announcedAt: 0, activeFrom: 0, approvedAt: undefined, endedAt: undefined };
  return [{ ...named, ...signed, ...times, own: false, active: true }];
}

async function registeredRecipients(manager: EntityManager, now: number): Promise<RecipientNamed[]> {
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

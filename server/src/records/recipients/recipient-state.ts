/** What the register says of a recipient: whether anything may be sent to it now, and what it is called. */

import { type RecipientNamed, type RecipientShown, recipientClasses } from '@alongside/protocol';
import { isSameOrganisation } from '@alongside/transfer';
import { type EntityManager, IsNull } from 'typeorm';
import { type RecipientRow, recipientEntity } from '../entities/recipient-entity.js';

const DAY_MS = 24 * 3_600_000;
/** Whoever objects to a new one has this long before it receives anything. */
export const ANNOUNCED_MS = 30 * DAY_MS;

/** No notice names it before two have approved it: what is announced is announced from then on. */
export function receivesFrom({
  role,
  activeFrom,
  approvedAt,
}: Pick<RecipientRow, 'role' | 'activeFrom' | 'approvedAt'>): number {
  const isAnnounced = role !== 'ownStore' && approvedAt !== null;
  return Math.max(activeFrom.getTime(), isAnnounced ? approvedAt.getTime() + ANNOUNCED_MS : 0);
}

/** Approved by two, announced long enough, not ended, and its evidence still holds to the end of its last day. */
export function mayReceive(row: RecipientRow, now: number): boolean {
  const { endedAt, evidenceUntil } = row;
  if (!mightReceive(row, now) || endedAt !== null) return false;
  return evidenceUntil === null || now < Date.parse(evidenceUntil) + DAY_MS;
}

/** Now, or once: it may have something that is to be erased. */
export function mightReceive(row: RecipientRow, now: number): boolean {
  return row.approvedAt !== null && receivesFrom(row) <= now;
}

/** What the installation itself stands on. */
export interface Hosts {
  readonly storageCountry: string;
  readonly storageHost: string | undefined;
  readonly liveCountry: string | undefined;
  readonly liveHost: string | undefined;
}

type Host = Pick<RecipientNamed, 'name' | 'country'> & { readonly role: 'host' | 'relay' };

/** Whoever runs what this installation stands on: who keeps, and who passes on where that is another one, or is elsewhere and nobody said who. */
export function hostsOf({ storageCountry, storageHost, liveCountry, liveHost }: Hosts): readonly Host[] {
  const isElsewhere =
    liveHost === undefined
      ? liveCountry !== storageCountry
      : !isSameOrganisation(liveHost, storageHost ?? '');
  return [
    ...(storageHost === undefined
      ? []
      : [{ name: storageHost, country: storageCountry, role: 'host' } as const]),
    ...(liveCountry === undefined || !isElsewhere
      ? []
      : [{ name: liveHost ?? 'Alongside', country: liveCountry, role: 'relay' } as const]),
  ];
}

/** They stand in the list like everybody who receives, though no officer chose them. */
export function hostShown(hosts: Hosts): RecipientShown[] {
  const signed = { purpose: '', dataClasses: [...recipientClasses], contractReference: '', contractOn: '' };
  const times = { announcedAt: 0, activeFrom: 0, approvedAt: undefined, endedAt: undefined };
  return hostsOf(hosts).map((host) => ({
    ...{ ...host, recipientId: host.role },
    ...{ ...signed, ...times, own: false, active: true },
  }));
}

/** Those that receive or will. */
export async function receivingRows(manager: EntityManager, now: number): Promise<readonly RecipientRow[]> {
  const rows = await manager
    .getRepository(recipientEntity)
    .find({ where: { endedAt: IsNull() }, order: { announcedAt: 'ASC' } });
  return rows.filter((row) => mayReceive(row, Math.max(now, receivesFrom(row))));
}

/** Whether a customer has an agreement in force with whoever runs the installation, and what each one is worth now. */

import type { AgreementState } from '@alongside/protocol';
import { type EntityManager, IsNull, Not } from 'typeorm';
import {
  type ProcessingAgreementRow,
  processingAgreementEntity,
} from '../entities/processing-agreement-entity.js';

const DAY_MS = 24 * 3_600_000;
/** Officers are alarmed this long before it runs out. */
const EXPIRING_MS = 30 * DAY_MS;

type Dated = Pick<ProcessingAgreementRow, 'confirmedAt' | 'endedAt' | 'replacedBy' | 'validUntil'>;

/** It holds to the end of its last day; one that was not confirmed by then will not be. */
export function agreementState(
  { confirmedAt, endedAt, replacedBy, validUntil }: Dated,
  now: number,
): AgreementState {
  if (endedAt !== null) return replacedBy === null ? 'ended' : 'replaced';
  const end = validUntil === null ? Number.POSITIVE_INFINITY : Date.parse(validUntil) + DAY_MS;
  if (now >= end) return 'expired';
  if (confirmedAt === null) return 'waiting';
  return now >= end - EXPIRING_MS ? 'expiring' : 'inForce';
}

/** Only one is ever confirmed and not ended: confirming one replaces the one before. */
export async function agreementInForce(
  manager: EntityManager,
  now: number,
): Promise<ProcessingAgreementRow | undefined> {
  const row = await manager
    .getRepository(processingAgreementEntity)
    .findOneBy({ endedAt: IsNull(), confirmedAt: Not(IsNull()) });
  if (row === null) return undefined;
  const state = agreementState(row, now);
  return state === 'inForce' || state === 'expiring' ? row : undefined;
}

/** What officers are told on every page: that nothing new begins, or will not soon. */
export async function agreementAlarm(manager: EntityManager, now: number): Promise<readonly string[]> {
  const row = await agreementInForce(manager, now);
  if (row === undefined) return ['agreement'];
  return agreementState(row, now) === 'expiring' ? ['agreementExpiring'] : [];
}

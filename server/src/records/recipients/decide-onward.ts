/** May what is said in an engagement go to the store that the register names, from where the visitor is, now? */

import { accept, type Reply, refuse } from '@alongside/protocol';
import type { DataClass } from '@alongside/transfer';
import type { EntityManager } from 'typeorm';
import type { EngagementRow } from '../entities/engagement-entity.js';
import { type RecipientRow, recipientEntity } from '../entities/recipient-entity.js';
import type { TransferDecisionRow } from '../entities/transfer-decision-entity.js';
import type { RecordsContext } from '../records-context.js';
import type { Origin } from '../transfer/flow.js';
import { mayReceive } from './recipient-state.js';

export interface Onward {
  readonly recipient: RecipientRow;
  readonly decision: TransferDecisionRow;
}

export interface OnwardFlow {
  readonly recipientId: string;
  readonly origin: Origin;
  readonly dataClass: Extract<DataClass, 'transcript' | 'survey'>;
}

export async function decideOnwardFlow(
  { decisions, clock }: RecordsContext,
  manager: EntityManager,
  { recipientId, origin, dataClass }: OnwardFlow,
): Promise<Reply<Onward>> {
  const recipient = await manager.getRepository(recipientEntity).findOneBy({ recipientId });
  if (recipient === null || !mayReceive(recipient, clock())) return refuse('wrongState', 'deliverTo');
  if (!recipient.dataClasses.includes(dataClass)) return refuse('wrongState', 'deliverTo');
  const { tenantId, country: toCountry } = recipient;
  const flow = { tenantId, dataClass, access: 'onward', origin, toCountry } as const;
  const decided = await decisions.decide(manager, flow);
  return decided.ok ? accept({ recipient, decision: decided.value }) : decided;
}

export function decideOnward(
  context: RecordsContext,
  manager: EntityManager,
  { engagement, dataClass }: { engagement: EngagementRow; dataClass: OnwardFlow['dataClass'] },
): Promise<Reply<Onward>> {
  const { deliveredTo, originCountry, originEvidence: evidence } = engagement;
  if (deliveredTo === null) return Promise.resolve(refuse('wrongState', 'deliverTo'));
  const origin = { country: evidence === 'unknown' ? undefined : originCountry, evidence };
  return decideOnwardFlow(context, manager, { recipientId: deliveredTo, origin, dataClass });
}

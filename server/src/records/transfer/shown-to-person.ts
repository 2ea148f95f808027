/** Whether what is held of visitors may be shown or handed to a person of the customer, where that person is. */

import { type Reply, refuse } from '@alongside/protocol';
import type { Access, DataClass } from '@alongside/transfer';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { customerEntity } from '../entities/customer-entity.js';
import type { EngagementRow } from '../entities/engagement-entity.js';
import type { TransferDecisionRow } from '../entities/transfer-decision-entity.js';
import { suspendedDecisions } from '../lapses/stored-flows.js';
import type { RecordsContext } from '../records-context.js';
import { originOfRow } from '../rights/cases/cover-case.js';
import { countHoldings } from '../rights/holdings.js';
import { type Origin, receiverOf } from './flow.js';

export interface Showing {
  readonly dataClass: Extract<DataClass, 'transcript' | 'case'>;
  readonly access: Extract<Access, 'read' | 'export'>;
  readonly origin: Origin;
}

export function decideShown(
  { decisions }: RecordsContext,
  manager: EntityManager,
  caller: Caller,
  showing: Showing,
): Promise<Reply<TransferDecisionRow>> {
  const access = caller.operates ? 'support' : showing.access;
  return decisions.decide(manager, { tenantId: caller.tenantId, ...showing, access, ...receiverOf(caller) });
}

/** Suspended rows are shown to the customer where it is itself, and to nobody else. */
export async function hiddenFrom(
  manager: EntityManager,
  { tenantId, country }: Caller,
): Promise<readonly string[]> {
  const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
  return country !== undefined && country === customer.country ? [] : suspendedDecisions(manager);
}

/** A copy of all that is held of an engagement; rows that were kept under earlier decisions count as well. */
export async function decideTakenOut(
  context: RecordsContext,
  manager: EntityManager,
  { caller, engagement }: { readonly caller: Caller; readonly engagement: EngagementRow },
): Promise<Reply<TransferDecisionRow>> {
  const showing = { dataClass: 'transcript', access: 'export', origin: originOfRow(engagement) } as const;
  const taken = await decideShown(context, manager, caller, showing);
  if (!taken.ok) return taken;
  const hidden = await hiddenFrom(manager, caller);
  if (hidden.length === 0) return taken;
  const { bases } = await countHoldings(manager, engagement);
  const under = [engagement.decisionId, engagement.transcriptDecisionId, ...bases.keys()];
  return under.some((each) => hidden.includes(each)) ? refuse('transferRefused', 'ROWS_SUSPENDED') : taken;
}

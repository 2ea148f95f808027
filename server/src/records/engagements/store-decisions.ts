/** The decisions under which an engagement's rows are kept: one for each class, asked for together. */

import { accept, type Reply } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { TransferDecisionRow } from '../entities/transfer-decision-entity.js';
import type { DecisionDesk } from '../transfer/decision-desk.js';
import type { Flow, Origin } from '../transfer/flow.js';

export interface StoreDecisions {
  readonly transcript: TransferDecisionRow;
  readonly survey: TransferDecisionRow;
  readonly metadata: TransferDecisionRow;
}

export interface StoreFlow {
  readonly tenantId: string;
  readonly origin: Origin;
  readonly toCountry: string;
  /** What is asked after them, and refuses them all. */
  readonly beside?: readonly Flow[];
}

export async function decideStore(
  desk: DecisionDesk,
  manager: EntityManager,
  { beside = [], ...flow }: StoreFlow,
): Promise<Reply<StoreDecisions>> {
  const decided = await desk.decideEach(manager, [
    { ...flow, dataClass: 'transcript', access: 'store' },
    { ...flow, dataClass: 'survey', access: 'store' },
    { ...flow, dataClass: 'metadata', access: 'store' },
    ...beside,
  ]);
  if (!decided.ok) return decided;
  const [transcript, survey, metadata] = decided.value;
  return accept({ transcript, survey, metadata });
}

/** The decisions under which an engagement's rows are kept: one for each class, asked for together. */

import { accept, type Reply } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { TransferDecisionRow } from '../entities/transfer-decision-entity.js';
import type { DecisionDesk } from '../transfer/decision-desk.js';
import type { Origin } from '../transfer/flow.js';

export interface StoreDecisions {
  readonly transcript: TransferDecisionRow;
  readonly survey: TransferDecisionRow;
  readonly metadata: TransferDecisionRow;
}

export interface StoreFlow {
  readonly tenantId: string;
  readonly origin: Origin;
  readonly toCountry: string;
}

export async function decideStore(
  desk: DecisionDesk,
  manager: EntityManager,
  flow: StoreFlow,
): Promise<Reply<StoreDecisions>> {
  const transcript = await desk.decide(manager, { ...flow, dataClass: 'transcript', access: 'store' });
  if (!transcript.ok) return transcript;
  const survey = await desk.decide(manager, { ...flow, dataClass: 'survey', access: 'store' });
  if (!survey.ok) return survey;
  const metadata = await desk.decide(manager, { ...flow, dataClass: 'metadata', access: 'store' });
  if (!metadata.ok) return metadata;
  return accept({ transcript: transcript.value, survey: survey.value, metadata: metadata.value });
}

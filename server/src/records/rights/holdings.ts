/** Everything that is held of one engagement, read in one place: receipts, exports and the console show the same. */

import type { BasisShown } from '@alongside/protocol';
import { type EntityManager, In } from 'typeorm';
import { callEntity } from '../entities/call-entity.js';
import { callExpertEntity } from '../entities/call-expert-entity.js';
import { callPresenceEntity } from '../entities/call-presence-entity.js';
import { callSampleEntity } from '../entities/call-sample-entity.js';
import type { ChatLineRow } from '../entities/chat-line-entity.js';
import { connectionEntity } from '../entities/connection-entity.js';
import { consentEntryEntity } from '../entities/consent-entry-entity.js';
import { deliveryEntity } from '../entities/delivery-entity.js';
import type { EngagementRow } from '../entities/engagement-entity.js';
import { type IntroductionRow, introductionEntity } from '../entities/introduction-entity.js';
import { leaseEntity } from '../entities/lease-entity.js';
import { participantEntity } from '../entities/participant-entity.js';
import { type SurveyAnswersRow, surveyAnswersEntity } from '../entities/survey-answers-entity.js';
import { transferDecisionEntity } from '../entities/transfer-decision-entity.js';
import { watchEntity } from '../entities/watch-entity.js';
import { basisShown } from '../transfer/decision-desk.js';
import { type Happened, happenings } from './happenings.js';
import { countLines, heldLines, type Tally, tallyOf } from './held-lines.js';

export async function readHappened(manager: EntityManager, engagement: EngagementRow): Promise<Happened> {
  const { engagementId } = engagement;
  return {
    engagement,
    participants: await readParticipants(manager, engagementId),
    consents: await manager
      .getRepository(consentEntryEntity)
      .find({ where: { engagementId }, order: { entry: 'ASC' } }),
    leases: await manager
      .getRepository(leaseEntity)
      .find({ where: { engagementId }, order: { lease: 'ASC' } }),
    watches: await manager
      .getRepository(watchEntity)
      .find({ where: { engagementId }, order: { watchedFrom: 'ASC' } }),
    deliveries: await manager
      .getRepository(deliveryEntity)
      .find({ where: { engagementId }, order: { offeredAt: 'ASC' } }),
    calls: await manager
      .getRepository(callEntity)
      .find({ where: { engagementId }, order: { startedAt: 'ASC' } }),
    callExperts: await manager
      .getRepository(callExpertEntity)
      .find({ where: { engagementId }, order: { invitedAt: 'ASC' } }),
    callPresences: await manager
      .getRepository(callPresenceEntity)
      .find({ where: { engagementId }, order: { attendedAt: 'ASC' } }),
    callSamples: await manager
      .getRepository(callSampleEntity)
      .find({ where: { engagementId }, order: { at: 'ASC' } }),
    connections: await manager
      .getRepository(connectionEntity)
      .find({ where: { engagementId, shelf: engagement.shelf }, order: { at: 'ASC' } }),
  };
}

async function readParticipants(
  manager: EntityManager,
  engagementId: string,
): Promise<Happened['participants']> {
  const rows = await manager
    .getRepository(participantEntity)
    .find({ where: { engagementId }, order: { joinedAt: 'ASC' } });
  const ids = new Set(rows.flatMap(({ readingDecisionId }) => readingDecisionId ?? []));
  const bases = await readBases(manager, ids);
  return rows.map((row) => {
    const basis = bases.get(row.readingDecisionId ?? '');
    return basis === undefined ? row : { ...row, readingBasis: basis.basis };
  });
}

export interface Holdings {
  readonly introduction: IntroductionRow | null;
  readonly tally: Tally;
  readonly answers: SurveyAnswersRow | null;
  readonly happened: Happened;
  readonly metadata: ReturnType<typeof happenings>;
  readonly bases: ReadonlyMap<string, BasisShown>;
}

export interface HoldingsWithLines extends Holdings {
  readonly lines: readonly ChatLineRow[];
}

export async function readHoldings(
  manager: EntityManager,
  engagement: EngagementRow,
): Promise<HoldingsWithLines> {
  const lines = await heldLines(manager, engagement);
  return { ...(await readBeside(manager, engagement, tallyOf(lines))), lines };
}

/** The lines counted only. */
export async function countHoldings(manager: EntityManager, engagement: EngagementRow): Promise<Holdings> {
  return readBeside(manager, engagement, await countLines(manager, engagement));
}

/** What is held beside the lines, which were counted already. */
export async function readBeside(
  manager: EntityManager,
  engagement: EngagementRow,
  tally: Tally,
): Promise<Holdings> {
  const { engagementId } = engagement;
  const introduction = await manager.getRepository(introductionEntity).findOneBy({ engagementId });
  const answers = await manager.getRepository(surveyAnswersEntity).findOneBy({ engagementId });
  const happened = await readHappened(manager, engagement);
  const metadata = happenings(happened);
  const rows = [introduction, answers, ...metadata];
  const reading = metadata.flatMap(({ readingDecisionId }) => readingDecisionId ?? []);
  const named = rows.flatMap((row) => (row === null ? [] : [row.decisionId]));
  const ids = new Set([...reading, ...tally.decisionIds, ...named]);
  if (engagement.onwardDecisionId !== null) ids.add(engagement.onwardDecisionId);
  return { introduction, tally, answers, happened, metadata, bases: await readBases(manager, ids) };
}

/** The same with the lines, which were read meanwhile. */
export async function withLines(manager: EntityManager, holdings: Holdings, tally: Tally): Promise<Holdings> {
  const missing = tally.decisionIds.filter((id) => !holdings.bases.has(id));
  if (missing.length === 0) return { ...holdings, tally };
  const found = await readBases(manager, new Set(missing));
  return { ...holdings, tally, bases: new Map([...holdings.bases, ...found]) };
}

export function basisOf({ bases }: Holdings, { decisionId }: { decisionId: string }): BasisShown {
  const basis = bases.get(decisionId);
  // The foreign key and the trigger together let no row in without one.
  if (basis === undefined) throw new Error('a row has no transfer basis');
  return basis;
}

export async function readBases(
  manager: EntityManager,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, BasisShown>> {
  const rows = await manager.getRepository(transferDecisionEntity).findBy({ decisionId: In([...ids]) });
  return new Map(rows.map((row) => [row.decisionId, basisShown(row)]));
}

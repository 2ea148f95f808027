/** Erasing what was said and answered, at once, on the visitor's word; the receipt of it stays. */

import { randomUUID } from 'node:crypto';
import type { Revocation } from '@alongside/engagement';
import { accept, type EngagementId, type ErasureReceipt, type Reply } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { PageAsks, VisitorAccess, VisitorOfEngagement } from '../engagements/visitor-access.js';
import { originOf } from '../engagements/visitor-engagements.js';
import { chatLineEntity } from '../entities/chat-line-entity.js';
import { customerEntity } from '../entities/customer-entity.js';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import { type ErasureRow, erasureEntity } from '../entities/erasure-entity.js';
import { introductionEntity } from '../entities/introduction-entity.js';
import { surveyAnswersEntity } from '../entities/survey-answers-entity.js';
import type { RecordsContext } from '../records-context.js';
import { coveredBy } from '../transfer/covered-values.js';
import { happenings } from './happenings.js';
import { readHappened } from './holdings.js';
import { keptUntil } from './kept-until.js';

export interface ErasureDeps {
  readonly context: RecordsContext;
  readonly access: VisitorAccess;
  readonly revoke: (revocation: Revocation) => void;
}

export class Erasures {
  readonly #deps: ErasureDeps;

  constructor(deps: ErasureDeps) {
    this.#deps = deps;
  }

  /** Asked for again, it answers with the same receipt. An engagement that still runs ends with it. */
  async erase(asks: PageAsks): Promise<Reply<ErasureReceipt>> {
    let ended: EngagementId | undefined;
    const reply = await this.#deps.access.toEngagement(asks, async (visitor) => {
      const { manager, engagement } = visitor;
      const { engagementId } = engagement;
      const known = await manager.getRepository(erasureEntity).findOneBy({ engagementId });
      if (known !== null) return accept(await this.#receipt(visitor, known));
      const erased = await this.#erase(visitor);
      if (!erased.ok) return erased;
      if (engagement.endedAt === null) ended = engagementId as EngagementId;
      return accept(await this.#receipt(visitor, erased.value));
    });
    if (ended !== undefined) {
      this.#deps.revoke({ type: 'engagementEnded', engagementId: ended, reason: 'erased' });
    }
    return reply;
  }

  async #erase({ manager, engagement }: VisitorOfEngagement): Promise<Reply<ErasureRow>> {
    const { engagementId, tenantId } = engagement;
    const { decisions, storageCountry, clock } = this.#deps.context;
    const decided = await decisions.decide(manager, {
      tenantId,
      dataClass: 'case',
      access: 'store',
      // The visitor asks this service directly, so keeping what they asked for is no transfer.
      direct: true,
      origin: originOf(engagement),
      toCountry: storageCountry,
    });
    if (!decided.ok) return decided;
    const at = new Date(clock());
    const counts = await removeContent(manager, engagementId);
    const erasureId = randomUUID();
    await manager
      .getRepository(erasureEntity)
      .insert({ erasureId, engagementId, ...counts, at, ...coveredBy(decided.value, 'rights') });
    await manager.getRepository(engagementEntity).update({ engagementId }, closing(engagement, at));
    return accept(await manager.getRepository(erasureEntity).findOneByOrFail({ erasureId }));
  }

  async #receipt({ manager, engagement }: VisitorOfEngagement, row: ErasureRow): Promise<ErasureReceipt> {
    const { engagementId, tenantId } = engagement;
    const now = await manager.getRepository(engagementEntity).findOneByOrFail({ engagementId });
    const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
    return {
      erasureId: row.erasureId,
      at: row.at.getTime(),
      erased: { transcript: row.transcriptRows, survey: row.surveyRows },
      remains: [
        {
          class: 'metadata',
          rows: happenings(await readHappened(manager, now)).length,
          keptUntil: keptUntil(now, customer).metadata,
          reason: 'accountability',
        },
      ],
    };
  }
}

/** Counts what it took, for the receipt. */
async function removeContent(
  manager: EntityManager,
  engagementId: string,
): Promise<{ transcriptRows: number; surveyRows: number }> {
  const lines = await manager.getRepository(chatLineEntity).delete({ engagementId });
  const introductions = await manager.getRepository(introductionEntity).delete({ engagementId });
  const answers = await manager.getRepository(surveyAnswersEntity).delete({ engagementId });
  return {
    transcriptRows: (lines.affected ?? 0) + (introductions.affected ?? 0),
    surveyRows: answers.affected ?? 0,
  };
}

function closing(engagement: EngagementRow, at: Date): Partial<EngagementRow> {
  const version = engagement.version + 1;
  if (engagement.endedAt !== null) return { erasedAt: at, version };
  const end = { endedAt: at, endedBy: 'visitor', endReason: 'erased' } as const;
  return { erasedAt: at, version, phase: 'closed', closedAt: at, ...end };
}

/** Erasing what was said and answered, at once, on the visitor's word; the receipt of it stays. */

import type { Revocation } from '@alongside/engagement';
import { accept, type EngagementId, type ErasureReceipt, type Reply } from '@alongside/protocol';
import type { PageAsks, VisitorAccess, VisitorOfEngagement } from '../engagements/visitor-access.js';
import { customerEntity } from '../entities/customer-entity.js';
import { engagementEntity } from '../entities/engagement-entity.js';
import { type ErasureRow, erasureEntity } from '../entities/erasure-entity.js';
import type { LegalHoldRow } from '../entities/legal-hold-entity.js';
import type { RecordsContext } from '../records-context.js';
import { eraseContent } from './erase-content.js';
import { happenings } from './happenings.js';
import { countHoldings, readHappened } from './holdings.js';
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
      const known = await manager
        .getRepository(erasureEntity)
        .findOneBy({ engagementId, answersOnly: false });
      if (known !== null) return accept(await this.#receipt(visitor, known));
      const erased = await eraseContent(this.#deps.context, manager, { engagement, by: 'visitor' });
      if (!erased.ok) return erased;
      if (engagement.phase !== 'closed') ended = engagementId as EngagementId;
      if (erased.value.state === 'held') return accept(await this.#heldReceipt(visitor, erased.value.hold));
      return accept(await this.#receipt(visitor, erased.value.row));
    });
    if (ended !== undefined) {
      const erased = { engagementId: ended, reason: 'erased', outOfSight: true } as const;
      this.#deps.revoke({ type: 'engagementEnded', ...erased });
    }
    return reply;
  }

  /** Nothing went yet: what stays, by which law, and the day it goes by itself. */
  async #heldReceipt(
    { manager, engagement }: VisitorOfEngagement,
    { law, heldUntil }: LegalHoldRow,
  ): Promise<ErasureReceipt> {
    const holdings = await countHoldings(manager, engagement);
    const { tally, introduction, answers } = holdings;
    const held = { keptUntil: heldUntil.getTime(), reason: 'hold', law };
    const transcript = tally.rows + (introduction === null ? 0 : 1);
    return {
      erasureId: undefined,
      at: this.#deps.context.clock(),
      erased: { transcript: 0, survey: 0 },
      remains: [
        ...(transcript === 0 ? [] : [{ class: 'transcript' as const, rows: transcript, ...held }]),
        ...(answers === null ? [] : [{ class: 'survey' as const, rows: 1, ...held }]),
        { class: 'metadata', rows: holdings.metadata.length, ...held },
      ],
    };
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

/** A visitor's first line: the engagement, who they say they are, and the line, committed together. */

import { randomUUID } from 'node:crypto';
import {
  accept,
  type EngagementOpened,
  type EngagementStart,
  type Language,
  limits,
  type Reply,
  refuse,
} from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { isDuplicate } from '../database/database-failure.js';
import { chatLineEntity } from '../entities/chat-line-entity.js';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import { introductionEntity } from '../entities/introduction-entity.js';
import type { SiteRow } from '../entities/site-entity.js';
import type { RecordsContext } from '../records-context.js';
import { readIdentity } from '../sites/visitor-identity.js';
import type { EngagementHomes } from '../tickets/engagement-homes.js';
import { ledgerOf } from '../tickets/ledgers.js';
import type { LiveNodes } from '../tickets/live-nodes.js';
import type { Tickets } from '../tickets/tickets.js';
import { coveredBy } from '../transfer/covered-values.js';
import { originOfSite } from '../transfer/flow.js';
import { chatLine } from './chat-lines.js';
import { readySite } from './site-config.js';
import { decideStore } from './store-decisions.js';
import type { VisitorAccess } from './visitor-access.js';

export interface StartDeps {
  readonly context: RecordsContext;
  readonly access: VisitorAccess;
  readonly nodes: LiveNodes;
  readonly homes: EngagementHomes;
  readonly tickets: Tickets;
}

export interface StartRequest {
  readonly siteKey: string;
  readonly origin: string | undefined;
  readonly start: EngagementStart;
}

export class EngagementStarts {
  readonly #deps: StartDeps;

  constructor(deps: StartDeps) {
    this.#deps = deps;
  }

  /** Sent again with the same id and return hash, it answers as the first time. */
  async start({ siteKey, origin, start }: StartRequest): Promise<Reply<EngagementOpened>> {
    try {
      return await this.#deps.access.toSite(siteKey, origin, async (manager, site) => {
        const kept = await this.#keep(manager, site, start);
        return kept.ok ? this.#open(manager, kept.value, origin ?? '') : kept;
      });
    } catch (error) {
      // The id is another engagement's, of this customer or of one whose rows cannot be seen from here.
      if (isDuplicate(error)) return refuse('conflict', 'engagementId');
      throw error;
    }
  }

  async #keep(manager: EntityManager, site: SiteRow, start: EngagementStart): Promise<Reply<EngagementRow>> {
    const { engagementId, returnHash } = start;
    const engagements = manager.getRepository(engagementEntity);
    const known = await engagements.findOneBy({ engagementId });
    if (known !== null) {
      const isSame = known.returnHash === returnHash && known.siteId === site.siteId;
      if (!isSame) return refuse('conflict', 'engagementId');
      return known.phase === 'waiting' || known.phase === 'active' ? accept(known) : refuse('wrongState');
    }
    const ready = await readySite(manager, site);
    if (!ready.ok) return ready;
    if (ready.value.notice.version !== start.noticeVersion) return refuse('conflict', 'noticeVersion');
    if (!(site.languages as Language[]).includes(start.language)) return refuse('invalid', 'language');
    if (this.#deps.nodes.current() === undefined) return refuse('agentUnavailable', 'liveNode');
    const confirmed = this.#confirmed(site, start);
    return confirmed.ok ? this.#insert(manager, site, { ...start, confirmedAs: confirmed.value }) : confirmed;
  }

  /** Whom the customer says they have signed in; a page that says nothing of it is as welcome. */
  #confirmed(site: SiteRow, { identity, engagementId }: EngagementStart): Reply<string | undefined> {
    if (identity === undefined) return accept(undefined);
    const confirmedAs = readIdentity(identity, { site, engagementId, now: this.#deps.context.clock() });
    return confirmedAs === undefined ? refuse('invalid', 'identity') : accept(confirmedAs);
  }

  async #insert(
    manager: EntityManager,
    site: SiteRow,
    start: EngagementStart & { readonly confirmedAs: string | undefined },
  ): Promise<Reply<EngagementRow>> {
    const { decisions, storageCountry, clock } = this.#deps.context;
    const { tenantId, siteId, visitorCountries } = site;
    const flow = { tenantId, origin: originOfSite(visitorCountries), toCountry: storageCountry };
    const decided = await decideStore(decisions, manager, flow);
    if (!decided.ok) return decided;
    const { transcript, metadata } = decided.value;
    const { engagementId, returnHash, language, noticeVersion, firstLine } = start;
    const now = clock();
    await manager.getRepository(engagementEntity).insert({
      engagementId,
      siteId,
      transcriptDecisionId: transcript.decisionId,
      requestedAt: new Date(now),
      language,
      noticeVersion,
      phase: 'waiting',
      version: 1,
      lastChatNumber: 1,
      lastEntry: 0,
      lastLease: 0,
      returnHash,
      returnUntil: new Date(now + limits.returnSecretMs),
      ...coveredBy(metadata, 'accountability'),
    });
    const covered = coveredBy(transcript, 'conversation');
    const { name = null, topic = null, confirmedAs = null } = start;
    if (name !== null || topic !== null || confirmedAs !== null) {
      await manager
        .getRepository(introductionEntity)
        .insert({ engagementId, visitorName: name, topic, confirmedAs, ...covered });
    }
    await manager.getRepository(chatLineEntity).insert({
      engagementId,
      number: 1,
      lineId: firstLine.lineId,
      entryId: randomUUID(),
      sender: 'visitor',
      text: firstLine.text,
      at: new Date(now),
      version: 1,
      ...covered,
    });
    return accept(await manager.getRepository(engagementEntity).findOneByOrFail({ engagementId }));
  }

  async #open(manager: EntityManager, row: EngagementRow, origin: string): Promise<Reply<EngagementOpened>> {
    const { engagementId } = row;
    const engagement = await ledgerOf(manager, row);
    const { tenantId } = engagement;
    const home = await this.#deps.homes.settle(manager, row);
    const facts = { role: 'visitor', sub: engagementId, tenantId, origin, engagement } as const;
    const issued = this.#deps.tickets.issue(facts, home);
    if (!issued.ok) return issued;
    const line = await manager.getRepository(chatLineEntity).findOneByOrFail({ engagementId, number: 1 });
    return accept({ ...issued.value, firstLine: chatLine(line) });
  }
}

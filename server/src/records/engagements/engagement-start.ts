/** A visitor's first line: the engagement, who they say they are, and the line, committed together. */

import {
  accept,
  type Done,
  type EngagementOpened,
  type EngagementStart,
  type Language,
  limits,
  type Reply,
  refuse,
  type StoredEngagement,
} from '@alongside/protocol';
import { consentAgesVersion, mayBegin } from '@alongside/transfer';
import type { EntityManager } from 'typeorm';
import { agreementInForce } from '../agreements/agreement-state.js';
import { isDuplicate } from '../database/database-failure.js';
import { chatLineEntity } from '../entities/chat-line-entity.js';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import { introductionEntity } from '../entities/introduction-entity.js';
import type { RecipientRow } from '../entities/recipient-entity.js';
import type { SiteRow } from '../entities/site-entity.js';
import type { Onward } from '../recipients/decide-onward.js';
import type { RecordsContext } from '../records-context.js';
import { coverCase } from '../rights/cases/cover-case.js';
import { readIdentity } from '../sites/visitor-identity.js';
import type { EngagementHomes } from '../tickets/engagement-homes.js';
import { ledgerOf } from '../tickets/ledgers.js';
import type { LiveNodes } from '../tickets/live-nodes.js';
import type { Tickets } from '../tickets/tickets.js';
import { coveredBy } from '../transfer/covered-values.js';
import { originOfSite, relayFlow } from '../transfer/flow.js';
import { chatLine } from './chat-lines.js';
import type { DeliveredContent } from './delivered-content.js';
import { readySite } from './site-config.js';
import { decideStore } from './store-decisions.js';
import { Turns } from './turns.js';
import type { VisitorAccess } from './visitor-access.js';

export interface StartDeps {
  readonly context: RecordsContext;
  readonly access: VisitorAccess;
  readonly nodes: LiveNodes;
  readonly homes: EngagementHomes;
  readonly tickets: Tickets;
  readonly delivered: DeliveredContent;
}

export interface StartRequest {
  readonly siteKey: string;
  readonly origin: string | undefined;
  readonly start: EngagementStart;
}

/** Nothing is kept yet: the customer's own store is to take it first. */
interface ToDeliver {
  readonly deliver: RecipientRow;
  readonly siteId: string;
  readonly confirmedAs: string | undefined;
}

type Confirmed = EngagementStart & { readonly confirmedAs: string | undefined };

export class EngagementStarts {
  readonly #deps: StartDeps;
  readonly #starting = new Turns();

  constructor(deps: StartDeps) {
    this.#deps = deps;
  }

  /** Sent again with the same id and return hash, it answers as the first time. */
  start(request: StartRequest): Promise<Reply<EngagementOpened>> {
    return this.#starting.take(request.start.engagementId, () => this.#startInTurn(request));
  }

  async #startInTurn(request: StartRequest): Promise<Reply<EngagementOpened>> {
    try {
      const first = await this.#attempt(request, undefined);
      if (!first.ok || !('deliver' in first.value)) return first as Reply<EngagementOpened>;
      // The customer's own store takes it first, outside of any transaction; then it is as true here.
      const { deliver: to, siteId, confirmedAs } = first.value;
      const start = { ...request.start, confirmedAs };
      const begun = await this.#deps.delivered.begin(to, { siteId, start });
      if (!begun.ok) return begun;
      return await this.#keepTaken(request, to);
    } catch (error) {
      // The id is another engagement's, of this customer or of one whose rows cannot be seen from here.
      if (isDuplicate(error)) return refuse('conflict', 'engagementId');
      throw error;
    }
  }

  async #keepTaken(request: StartRequest, to: RecipientRow): Promise<Reply<EngagementOpened>> {
    let isKept = false;
    try {
      const second = await this.#attempt(request, to.recipientId);
      isKept = second.ok && !('deliver' in second.value);
      if (second.ok && !isKept) return refuse('storageUnavailable', 'customerStore');
      return second as Reply<EngagementOpened>;
    } finally {
      if (!isKept) await this.#takeBack(to, request.start.engagementId);
    }
  }

  /** What the store took of a start that is refused after all is in no list of what is to be erased there. */
  async #takeBack(to: RecipientRow, engagementId: string): Promise<void> {
    const { database, storeErasures, storeBeginnings } = this.#deps.context;
    const isHere = await database.inTenant(to.tenantId, (manager) =>
      manager.getRepository(engagementEntity).existsBy({ engagementId }),
    );
    // Sent twice, it may have begun, ended and been erased while the store took it once more.
    if (isHere) storeErasures.tellAgain(to.tenantId, engagementId);
    else await storeBeginnings.takeBack(to, engagementId);
  }

  /** `takenBy`: the store that has its beginning already. */
  #attempt(
    { siteKey, origin, start }: StartRequest,
    takenBy: string | undefined,
  ): Promise<Reply<EngagementOpened | ToDeliver>> {
    return this.#deps.access.toSite<EngagementOpened | ToDeliver>(siteKey, origin, async (manager, site) => {
      const kept = await this.#keep(manager, site, { start, takenBy });
      if (!kept.ok || 'deliver' in kept.value) return kept as Reply<ToDeliver>;
      const confirmed = this.#confirmed(site, start);
      const confirmedAs = confirmed.ok ? confirmed.value : undefined;
      return this.#open(manager, kept.value, { origin: origin ?? '', start: { ...start, confirmedAs } });
    });
  }

  async #keep(
    manager: EntityManager,
    site: SiteRow,
    { start, takenBy }: { start: EngagementStart; takenBy: string | undefined },
  ): Promise<Reply<EngagementRow | ToDeliver>> {
    const { engagementId, returnHash } = start;
    const engagements = manager.getRepository(engagementEntity);
    const known = await engagements.findOneBy({ engagementId });
    if (known !== null) {
      const isSame = known.returnHash === returnHash && known.siteId === site.siteId;
      if (!isSame) return refuse('conflict', 'engagementId');
      return known.phase === 'waiting' || known.phase === 'active' ? accept(known) : refuse('wrongState');
    }
    const ready = await readySite(manager, site, this.#deps.context.clock());
    if (!ready.ok) return ready;
    if (ready.value.notice.version !== start.noticeVersion) return refuse('conflict', 'noticeVersion');
    if (!(site.languages as Language[]).includes(start.language)) return refuse('invalid', 'language');
    if (!mayBegin(site.audience, start.ofAge)) return refuse('invalid', 'ofAge');
    // Nothing is kept of visitors of a customer that has not agreed how (Art. 28(3)).
    if ((await agreementInForce(manager, this.#deps.context.clock())) === undefined)
      return refuse('agentUnavailable', 'agreement');
    if (this.#deps.nodes.current() === undefined) return refuse('agentUnavailable', 'liveNode');
    const confirmed = this.#confirmed(site, start);
    if (!confirmed.ok) return confirmed;
    const onward = await this.#deps.delivered.ofSite(manager, site);
    if (!onward.ok) return onward;
    const confirmedAs = confirmed.value;
    const deliver = onward.value?.recipient;
    if (deliver !== undefined && deliver.recipientId !== takenBy) {
      const noted = await this.#note(manager, site, { engagementId, recipientId: deliver.recipientId });
      return noted.ok ? accept({ deliver, siteId: site.siteId, confirmedAs }) : noted;
    }
    return this.#insert(manager, site, { start: { ...start, confirmedAs }, onward: onward.value });
  }

  async #note(
    manager: EntityManager,
    { tenantId, visitorCountries }: SiteRow,
    beginning: { engagementId: string; recipientId: string },
  ): Promise<Reply<Done>> {
    const { context } = this.#deps;
    const origin = originOfSite(visitorCountries);
    const covered = await coverCase(context, manager, { tenantId, origin });
    if (!covered.ok) return covered;
    return context.storeBeginnings.note(manager, { ...covered.value, ...beginning });
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
    { start, onward }: { start: Confirmed; onward: Onward | undefined },
  ): Promise<Reply<EngagementRow>> {
    const { decisions, storageCountry, liveCountry, clock } = this.#deps.context;
    const { tenantId, siteId, visitorCountries } = site;
    const origin = originOfSite(visitorCountries);
    const decided = await decideStore(decisions, manager, {
      ...{ tenantId, origin, toCountry: storageCountry },
      // What is written passes through `live` from the first line on, and what is shown after it.
      beside: [relayFlow({ tenantId, liveCountry }, origin)],
    });
    if (!decided.ok) return decided;
    const { transcript, metadata } = decided.value;
    const { engagementId, returnHash, language, noticeVersion, firstLine } = start;
    if (onward !== undefined) {
      const { recipientId } = onward.recipient;
      const named = { tenantId, engagementId, recipientId };
      if (!(await this.#deps.context.storeBeginnings.settle(manager, named)))
        return refuse('storageUnavailable', 'customerStore');
    }
    const now = clock();
    await manager.getRepository(engagementEntity).insert({
      engagementId,
      siteId,
      transcriptDecisionId: transcript.decisionId,
      deliveredTo: onward?.recipient.recipientId ?? null,
      onwardDecisionId: onward?.decision.decisionId ?? null,
      requestedAt: new Date(now),
      language,
      noticeVersion,
      ofAgeBy: start.ofAge === true ? consentAgesVersion : null,
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
    const isIntroduced = name !== null || topic !== null || confirmedAs !== null;
    if (onward === undefined && isIntroduced) {
      await manager
        .getRepository(introductionEntity)
        .insert({ engagementId, visitorName: name, topic, confirmedAs, ...covered });
    }
    await manager.getRepository(chatLineEntity).insert({
      engagementId,
      number: 1,
      lineId: firstLine.lineId,
      sender: 'visitor',
      text: onward === undefined ? firstLine.text : null,
      deliveredAt: onward === undefined ? null : new Date(now),
      at: new Date(now),
      version: 1,
      ...covered,
    });
    return accept(await manager.getRepository(engagementEntity).findOneByOrFail({ engagementId }));
  }

  async #open(
    manager: EntityManager,
    row: EngagementRow,
    { origin, start }: { origin: string; start: Confirmed },
  ): Promise<Reply<EngagementOpened>> {
    const { engagementId } = row;
    const engagement = { ...(await ledgerOf(manager, row)), ...introducedIn(start) };
    const { tenantId } = engagement;
    const home = await this.#deps.homes.settle(manager, row);
    const facts = { role: 'visitor', sub: engagementId, tenantId, origin, engagement } as const;
    const issued = this.#deps.tickets.issue(facts, home);
    if (!issued.ok) return issued;
    const line = await manager.getRepository(chatLineEntity).findOneByOrFail({ engagementId, number: 1 });
    const { held: _, ...firstLine } = chatLine(line);
    // Where the customer keeps the words, whoever starts again with the same id still has them.
    const text = line.text ?? start.firstLine.text;
    return accept({ ...issued.value, firstLine: { ...firstLine, text } });
  }
}

/** For the desk, which keeps it in memory: of what the customer keeps itself no row here could say it. */
function introducedIn({ name, topic, confirmedAs }: Confirmed): StoredEngagement {
  return {
    ...(name === undefined ? {} : { visitorName: name }),
    ...(topic === undefined ? {} : { topic }),
    ...(confirmedAs === undefined ? {} : { confirmedAs }),
  };
}

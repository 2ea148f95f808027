/** What a customer has signed: a transfer may rest on it once a second person has approved it. */

import { randomUUID } from 'node:crypto';
import {
  accept,
  type ContractCreate,
  type ContractEffect,
  type ContractShown,
  type ContractVerify,
  type Reply,
  refuse,
  type SiteId,
} from '@alongside/protocol';
import { isCountryCode, isSameOrganisation } from '@alongside/transfer';
import { type EntityManager, IsNull, Not } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { wrongSecond } from '../accounts/four-eyes.js';
import { type ContractRow, contractEntity } from '../entities/contract-entity.js';
import { siteEntity } from '../entities/site-entity.js';
import type { Lapses } from '../lapses/lapses.js';
import {
  areAllAllowed,
  groundFlows,
  type Judge,
  judgingOnce,
  mayGoOn,
  type Place,
  runningEngagements,
  shownSites,
} from '../lapses/running-flows.js';
import type { RecordsContext } from '../records-context.js';
import { dayOf } from '../retention/runs-out.js';
import { originOfSite } from '../transfer/flow.js';
import { refuseStruckDown } from '../transfer/refuse-struck-down.js';

export class Contracts {
  readonly #context: RecordsContext;

  readonly #lapses: Lapses;

  constructor(context: RecordsContext, lapses: Lapses) {
    this.#context = context;
    this.#lapses = lapses;
  }

  async list(manager: EntityManager, caller: Caller): Promise<readonly ContractShown[]> {
    const rows = await manager.getRepository(contractEntity).find({ order: { createdAt: 'ASC' } });
    return rows.map((row) => shown(row, caller));
  }

  async add(manager: EntityManager, caller: Caller, contract: ContractCreate): Promise<Reply<ContractShown>> {
    if (!isCountryCode(contract.importerCountry)) return refuse('invalid', 'importerCountry');
    const struckDown = refuseStruckDown(contract.reference, contract.importerName, contract.source);
    if (struckDown !== undefined) return struckDown;
    const { validUntil } = contract;
    if (validUntil !== undefined && validUntil < contract.signedOn) return refuse('invalid', 'validUntil');
    const { tenantId, personId } = caller;
    if (contract.assessment !== undefined && contract.assessment.reviewDue < contract.assessment.assessedOn)
      return refuse('invalid', 'reviewDue');
    const { clock } = this.#context;
    const wrong = await wrongReplaced(manager, contract, clock());
    if (wrong !== undefined) return wrong;
    const contractId = randomUUID();
    const { assessment, ...rest } = contract;
    const assessed = {
      assessment: assessment?.conclusion ?? null,
      assessedOn: assessment?.assessedOn ?? null,
      reviewDue: assessment?.reviewDue ?? null,
    };
    await manager.getRepository(contractEntity).insert({
      ...rest,
      ...assessed,
      contractId,
      tenantId,
      validUntil: validUntil ?? null,
      replaces: contract.replaces ?? null,
      verifiedAt: dayOf(clock()),
      proposedBy: personId,
    });
    const { audit } = this.#context;
    await audit.add(manager, { tenantId, actorId: personId, action: 'contract.added', subject: contractId });
    return accept(shown(await manager.getRepository(contractEntity).findOneByOrFail({ contractId }), caller));
  }

  /** By another person than the one who recorded it. */
  async approve(manager: EntityManager, caller: Caller, contractId: string): Promise<Reply<ContractShown>> {
    const contracts = manager.getRepository(contractEntity);
    const row = await contracts.findOneBy({ contractId });
    if (row === null) return refuse('notFound');
    if (row.approvedAt !== null || row.endedAt !== null) return refuse('wrongState');
    const wrong = await wrongSecond(manager, caller, {
      ...{ first: row.proposedBy, begunAt: row.createdAt },
      now: this.#context.clock(),
    });
    if (wrong !== undefined) return wrong;
    const { tenantId, personId } = caller;
    const { audit, clock, decisions } = this.#context;
    await contracts.update({ contractId }, { approvedBy: personId, approvedAt: new Date(clock()) });
    await audit.add(manager, {
      tenantId,
      actorId: personId,
      action: 'contract.approved',
      subject: contractId,
    });
    // In the same moment, so that what rests on the one goes on under the other.
    if (row.replaces !== null) await this.#close(manager, caller, row.replaces);
    await decisions.reviewAll(manager);
    // Whoever may be shown more from now on has to come back for it.
    this.#lapses.lookAfter(manager, tenantId);
    return accept(shown(await contracts.findOneByOrFail({ contractId }), caller));
  }

  /** What its end would end, for the officer to read before. */
  async effect(manager: EntityManager, caller: Caller, contractId: string): Promise<Reply<ContractEffect>> {
    const open = await manager.getRepository(contractEntity).findOneBy({ contractId, endedAt: IsNull() });
    if (open === null) return refuse('notFound');
    const { decisions, storageCountry, liveCountry, clock } = this.#context;
    const place = { tenantId: caller.tenantId, storageCountry, liveCountry, now: clock() };
    const now = judgingOnce((flow) => decisions.wouldAllow(manager, flow));
    const then = judgingOnce((flow) => decisions.wouldAllow(manager, flow, contractId));
    const ending = [];
    for (const each of await runningEngagements(manager, place)) {
      if (!(await mayGoOn(each, then))) ending.push(each);
    }
    return accept({
      sites: await lostSites(manager, place, { now, then }),
      engagements: ending.length,
      views: ending.filter(({ watched }) => watched).length,
    });
  }

  /** What rests on it is decided anew at once: what nothing else covers ends. */
  async end(manager: EntityManager, caller: Caller, contractId: string): Promise<Reply<ContractShown>> {
    const contracts = manager.getRepository(contractEntity);
    const isEnded = await this.#close(manager, caller, contractId);
    const row = await contracts.findOneBy({ contractId });
    if (row === null) return refuse('notFound');
    if (isEnded) {
      await this.#context.decisions.reviewAll(manager);
      this.#lapses.lookAfter(manager, caller.tenantId);
    }
    return accept(shown(row, caller));
  }

  /** Somebody has looked again at what was signed; nothing that rests on it changes. */
  async verify(
    manager: EntityManager,
    caller: Caller,
    { contractId, source }: ContractVerify & { readonly contractId: string },
  ): Promise<Reply<ContractShown>> {
    const struckDown = refuseStruckDown(source);
    if (struckDown !== undefined) return struckDown;
    const contracts = manager.getRepository(contractEntity);
    const { clock, audit } = this.#context;
    const verified = { source, verifiedAt: dayOf(clock()) };
    const { affected } = await contracts.update({ contractId, endedAt: IsNull() }, verified);
    if (affected !== 1) return refuse('notFound');
    const { tenantId, personId: actorId } = caller;
    await audit.add(manager, { tenantId, actorId, action: 'contract.verified', subject: contractId });
    return accept(shown(await contracts.findOneByOrFail({ contractId }), caller));
  }

  /** False where it had ended before, or there is none. */
  async #close(
    manager: EntityManager,
    { tenantId, personId: actorId }: Caller,
    contractId: string,
  ): Promise<boolean> {
    const { audit, clock } = this.#context;
    const ended = await manager
      .getRepository(contractEntity)
      .update({ contractId, endedAt: IsNull() }, { endedAt: new Date(clock()) });
    if (ended.affected !== 1) return false;
    await audit.add(manager, { tenantId, actorId, action: 'contract.ended', subject: contractId });
    return true;
  }
}

/** Only one in force is taken over, of the same organisation, and by one that is in force itself. */
async function wrongReplaced(
  manager: EntityManager,
  { replaces, importerName, importerCountry, signedOn }: ContractCreate,
  now: number,
): Promise<Reply<never> | undefined> {
  if (replaces === undefined) return undefined;
  const inForce = { contractId: replaces, importerCountry, endedAt: IsNull(), approvedAt: Not(IsNull()) };
  const replaced = await manager.getRepository(contractEntity).findOneBy(inForce);
  const fits = replaced !== null && isSameOrganisation(replaced.importerName, importerName);
  return fits && signedOn <= dayOf(now) ? undefined : refuse('invalid', 'replaces');
}

async function lostSites(
  manager: EntityManager,
  place: Place,
  { now, then }: { now: Judge; then: Judge },
): Promise<ContractEffect['sites']> {
  const people = await shownSites(manager, place);
  const sites = await manager.getRepository(siteEntity).find({ order: { createdAt: 'ASC' } });
  const lost: ContractEffect['sites'][number][] = [];
  for (const { siteId, name, visitorCountries } of sites) {
    const kept = groundFlows(place, originOfSite(visitorCountries));
    const closes = (await areAllAllowed(kept, now)) && !(await areAllAllowed(kept, then));
    let agents = 0;
    for (const each of people) {
      if (each.siteId === siteId && (await now(each.flow)) && !(await then(each.flow))) agents += 1;
    }
    if (closes || agents > 0) lost.push({ siteId: siteId as SiteId, name, agents, closes });
  }
  return lost;
}

function shown(row: ContractRow, { personId }: Caller): ContractShown {
  return {
    contractId: row.contractId,
    module: row.module,
    importerCountry: row.importerCountry,
    importerName: row.importerName,
    reference: row.reference,
    source: row.source,
    verifiedAt: row.verifiedAt,
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
    signedOn: row.signedOn,
    ...(row.validUntil === null ? {} : { validUntil: row.validUntil }),
    annexesComplete: row.annexesComplete,
    ...(row.assessment === null || row.assessedOn === null || row.reviewDue === null
      ? {}
      : {
          assessment: { conclusion: row.assessment, assessedOn: row.assessedOn, reviewDue: row.reviewDue },
        }),
    approvedAt: row.approvedAt?.getTime(),
    own: row.proposedBy === personId,
    endedAt: row.endedAt?.getTime(),
  };
}

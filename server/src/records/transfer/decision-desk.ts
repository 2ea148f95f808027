/** Decides flows with the facts of the database, and keeps one current decision per question. */

import { createHash, randomUUID } from 'node:crypto';
import { accept, type BasisShown, type Reply, refuse } from '@alongside/protocol';
import {
  type Access,
  currentRegister,
  type DataClass,
  decide,
  type TransferFacts,
  type TransferOutcome,
} from '@alongside/transfer';
import { type EntityManager, In, IsNull } from 'typeorm';
import { type OriginEvidence, UNKNOWN_COUNTRY } from '../entities/carried.js';
import { contractEntity } from '../entities/contract-entity.js';
import { customerEntity } from '../entities/customer-entity.js';
import { type TransferDecisionRow, transferDecisionEntity } from '../entities/transfer-decision-entity.js';

export interface Origin {
  readonly country: string | undefined;
  readonly evidence: OriginEvidence;
}

export interface Flow {
  readonly tenantId: string;
  readonly dataClass: DataClass;
  readonly access: Access;
  readonly origin: Origin;
  /** Given by a person of the customer of themselves, not collected from a page. */
  readonly direct?: boolean;
  readonly toCountry: string | undefined;
}

export class DecisionDesk {
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** The decision that covers the flow now; a refusal is kept as well, since it is evidence too. */
  async decide(manager: EntityManager, flow: Flow): Promise<Reply<TransferDecisionRow>> {
    const facts = await gatherFacts(manager, flow);
    const outcome = decide(facts, currentRegister, this.#clock());
    const row = await this.#keep(manager, { flow, facts, outcome });
    if (outcome.outcome === 'REFUSE') return refuse('transferRefused', outcome.code);
    return accept(row);
  }

  /** Whether the flow has a basis now, or would without one of the contracts; nothing is kept of the question. */
  async wouldAllow(manager: EntityManager, flow: Flow, withoutContractId?: string): Promise<boolean> {
    const facts = await gatherFacts(manager, flow, withoutContractId);
    return decide(facts, currentRegister, this.#clock()).outcome === 'ALLOW';
  }

  /** Clauses with this country are no longer what they were: what rests on clauses there is made anew. */
  async endClauses(manager: EntityManager, toCountry: string): Promise<void> {
    await manager
      .createQueryBuilder()
      .update(transferDecisionEntity)
      .set({ endedAt: () => 'clock_timestamp()' })
      .where({ endedAt: IsNull(), toCountry, basis: In(['SCC_M1', 'SCC_M2', 'SCC_M3', 'SCC_M4']) })
      .execute();
  }

  /** What decisions rest on has changed: each is made anew when it is next needed. */
  async endAll(manager: EntityManager): Promise<void> {
    await manager
      .createQueryBuilder()
      .update(transferDecisionEntity)
      .set({ endedAt: () => 'clock_timestamp()' })
      .where({ endedAt: IsNull() })
      .execute();
  }

  async #keep(
    manager: EntityManager,
    { flow, facts, outcome }: { flow: Flow; facts: TransferFacts; outcome: TransferOutcome },
  ): Promise<TransferDecisionRow> {
    const inputsSha256 = hashInputs(facts);
    const decisions = manager.getRepository(transferDecisionEntity);
    const current = await decisions.findOneBy({ inputsSha256, endedAt: IsNull() });
    if (current !== null) {
      if (current.outcome === outcome.outcome && !this.#isOver(current)) return current;
      // The same facts mean something else now: a date has passed.
      await decisions.update({ decisionId: current.decisionId }, { endedAt: () => 'clock_timestamp()' });
    }
    await decisions
      .createQueryBuilder()
      .insert()
      .values(decisionValues({ flow, facts, outcome }, inputsSha256))
      .orIgnore()
      .execute();
    return decisions.findOneByOrFail({ inputsSha256, endedAt: IsNull() });
  }

  #isOver({ validUntil }: TransferDecisionRow): boolean {
    return validUntil !== null && validUntil.getTime() < this.#clock();
  }
}

/** A decision as people are shown it. */
export function basisShown(row: TransferDecisionRow): BasisShown {
  if (row.basis === null) throw new Error('a refused decision is no basis');
  return {
    basis: row.basis,
    fromCountry: row.originCountry,
    toCountry: row.toCountry,
    ...(row.reference === null ? {} : { reference: row.reference }),
    decisionId: row.decisionId,
    decidedAt: row.decidedAt.getTime(),
  };
}

/** One country is where the visitors are; several, or none, say that it is not known. */
export function originOfSite(visitorCountries: readonly string[]): Origin {
  const [country] = visitorCountries;
  if (visitorCountries.length !== 1 || country === undefined)
    return { country: undefined, evidence: 'unknown' };
  return { country, evidence: 'siteSetting' };
}

async function gatherFacts(
  manager: EntityManager,
  flow: Flow,
  withoutContractId?: string,
): Promise<TransferFacts> {
  const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId: flow.tenantId });
  const contracts = flow.direct
    ? []
    : await manager.getRepository(contractEntity).findBy({ tenantId: flow.tenantId, endedAt: IsNull() });
  const controllerCountry = customer.country ?? undefined;
  // Records shown to the customer at home come back from its processor.
  const comesBack = flow.access !== 'store' && flow.toCountry === controllerCountry;
  return {
    dataClass: flow.dataClass,
    access: flow.access,
    collection: flow.direct ? 'direct' : 'page',
    visitorCountry: flow.origin.country,
    controllerCountry,
    exporterRole: comesBack ? 'processor' : 'controller',
    destinationCountry: flow.toCountry,
    clauses: contracts
      .filter((each) => each.importerCountry === flow.toCountry && each.contractId !== withoutContractId)
      .map(({ module, importerCountry, reference, signedOn, validUntil }) => ({
        module,
        importerCountry,
        reference,
        signedOn,
        validUntil: validUntil ?? undefined,
      })),
  };
}

function hashInputs(facts: TransferFacts): string {
  return createHash('sha256')
    .update(JSON.stringify([currentRegister.version, facts]))
    .digest('base64url');
}

function decisionValues(
  { flow, facts, outcome }: { flow: Flow; facts: TransferFacts; outcome: TransferOutcome },
  inputsSha256: string,
) {
  const allowed = outcome.outcome === 'ALLOW';
  return {
    decisionId: randomUUID(),
    tenantId: flow.tenantId,
    dataClass: flow.dataClass,
    access: flow.access,
    originCountry: flow.origin.country ?? UNKNOWN_COUNTRY,
    originEvidence: flow.origin.evidence,
    controllerCountry: facts.controllerCountry ?? UNKNOWN_COUNTRY,
    toCountry: flow.toCountry ?? UNKNOWN_COUNTRY,
    outcome: outcome.outcome,
    basis: allowed ? outcome.basis : null,
    reference: allowed ? (outcome.reference ?? null) : null,
    regimes: allowed ? outcome.regimes.map((each) => each.regime).join(',') : (outcome.regime ?? ''),
    reasonCode: allowed ? null : outcome.code,
    registerVersion: currentRegister.version,
    inputsSha256,
    validUntil: allowed && outcome.validUntil !== undefined ? new Date(outcome.validUntil) : null,
  };
}

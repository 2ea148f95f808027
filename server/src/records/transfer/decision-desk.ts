/** Decides flows with the facts of the database, and keeps one current decision per question. */

import { createHash, randomUUID } from 'node:crypto';
import { accept, type BasisShown, type Reply, refuse } from '@alongside/protocol';
import { decide, type TransferFacts, type TransferOutcome, type TransferRegister } from '@alongside/transfer';
import { type EntityManager, IsNull, LessThan } from 'typeorm';
import { UNKNOWN_COUNTRY } from '../entities/carried.js';
import { type TransferDecisionRow, transferDecisionEntity } from '../entities/transfer-decision-entity.js';
import type { CurrentRegisters } from './current-registers.js';
import { chained, type Unchained } from './decision-chain.js';
import { type Flow, flowOf } from './flow.js';
import { type CustomerFacts, customerFacts, gatherFacts } from './gather-facts.js';
import { sessionOf } from './session-consent.js';

interface Asked {
  readonly flow: Flow;
  readonly facts: TransferFacts;
  readonly register: TransferRegister;
  readonly outcome: TransferOutcome;
}

interface CustomerRead extends CustomerFacts {
  readonly register: TransferRegister;
}

export interface DeskParts {
  readonly clock: () => number;
  readonly registers: CurrentRegisters;
  readonly storageCountry: string;
  readonly storageHost: string | undefined;
  readonly liveHost: string | undefined;
}

export class DecisionDesk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** The decision that covers the flow now; a refusal is kept as well, since it is evidence too. */
  async decide(manager: EntityManager, flow: Flow): Promise<Reply<TransferDecisionRow>> {
    const decided = await this.decideEach(manager, [flow]);
    return decided.ok ? accept(decided.value[0]) : decided;
  }

  /** Flows of one customer, of whom everything is read once; the first that is refused is the last that is asked. */
  async decideEach<const Flows extends readonly [Flow, ...Flow[]]>(
    manager: EntityManager,
    flows: Flows,
  ): Promise<Reply<{ readonly [Each in keyof Flows]: TransferDecisionRow }>> {
    const [{ tenantId }] = flows;
    const read = await this.#read(manager, { tenantId, direct: flows.every(({ direct }) => direct) });
    const rows: TransferDecisionRow[] = [];
    for (const flow of flows) {
      const decided = await this.#decideBy(manager, flow, read);
      if (!decided.ok) return decided;
      rows.push(decided.value);
    }
    // One for each flow.
    return accept(rows as { readonly [Each in keyof Flows]: TransferDecisionRow });
  }

  /** The same, and each has its own answer. */
  async decideAll(
    manager: EntityManager,
    { tenantId, flows }: { readonly tenantId: string; readonly flows: readonly Flow[] },
  ): Promise<readonly Reply<TransferDecisionRow>[]> {
    const read = await this.#read(manager, { tenantId });
    const answers: Reply<TransferDecisionRow>[] = [];
    for (const flow of flows) answers.push(await this.#decideBy(manager, flow, read));
    return answers;
  }

  async #decideBy(
    manager: EntityManager,
    flow: Flow,
    read: CustomerRead,
  ): Promise<Reply<TransferDecisionRow>> {
    const asked = await this.#ask(manager, flow, { read });
    const row = await this.#keep(manager, asked);
    return asked.outcome.outcome === 'REFUSE'
      ? refuse('transferRefused', reasonOf(flow, asked.outcome.code))
      : accept(row);
  }

  /** Whether the flow has a basis now, or would without one of the contracts; nothing is kept of the question. */
  async wouldAllow(manager: EntityManager, flow: Flow, withoutContractId?: string): Promise<boolean> {
    const { outcome } = await this.#ask(manager, flow, { withoutContractId });
    return outcome.outcome === 'ALLOW';
  }

  /** What decisions rest on has changed: those that would not be the same today end, and rows with them. */
  async reviewAll(manager: EntityManager): Promise<void> {
    await this.#review(
      manager,
      await manager.getRepository(transferDecisionEntity).findBy({ endedAt: IsNull() }),
    );
  }

  /** Only those whose own date has come, and those of one engagement alone. */
  async reviewExpired(manager: EntityManager): Promise<void> {
    const validUntil = LessThan(new Date(this.#parts.clock()));
    const over = await manager.getRepository(transferDecisionEntity).findBy([
      { endedAt: IsNull(), validUntil },
      // They end with their one engagement, which no date says.
      { endedAt: IsNull(), basis: 'ART49_A' },
    ]);
    await this.#review(manager, over);
  }

  /** In the order of ids, so that two reviews do not wait for each other. */
  async #review(manager: EntityManager, open: readonly TransferDecisionRow[]): Promise<void> {
    for (const row of open.toSorted((one, other) => (one.decisionId < other.decisionId ? -1 : 1))) {
      const session = row.basis === 'ART49_A' ? await sessionOf(manager, row.decisionId) : undefined;
      const flow = session === undefined ? flowOf(row) : { ...flowOf(row), session };
      const now = await this.#keep(manager, await this.#ask(manager, flow));
      if (now.decisionId !== row.decisionId) await this.#end(manager, row.decisionId);
    }
  }

  /** Every one is made anew when it is next needed. */
  async endAll(manager: EntityManager): Promise<void> {
    await manager
      .createQueryBuilder()
      .update(transferDecisionEntity)
      .set({ endedAt: () => 'clock_timestamp()' })
      .where({ endedAt: IsNull() })
      .execute();
  }

  async #read(manager: EntityManager, of: Pick<Flow, 'tenantId' | 'direct'>): Promise<CustomerRead> {
    const register = await this.#parts.registers.of(manager, of.tenantId);
    return { register, ...(await customerFacts(manager, of)) };
  }

  async #ask(
    manager: EntityManager,
    flow: Flow,
    { read, withoutContractId }: { read?: CustomerRead; withoutContractId?: string | undefined } = {},
  ): Promise<Asked> {
    const { registers: _, clock, ...place } = this.#parts;
    const { register, ...known } = read ?? (await this.#read(manager, flow));
    const now = clock();
    const facts = await gatherFacts(manager, { ...place, ...known, flow, withoutContractId, now });
    return withoutNeedlessImporter({ flow, facts, register, outcome: decide(facts, register, now) }, now);
  }

  async #keep(manager: EntityManager, asked: Asked): Promise<TransferDecisionRow> {
    const inputsSha256 = hashInputs(asked.facts);
    const decisions = manager.getRepository(transferDecisionEntity);
    const current = await decisions.findOneBy({ inputsSha256, endedAt: IsNull() });
    const wanted = valuesOf(asked, inputsSha256);
    if (current !== null) {
      if (isSame(current, wanted) && !this.#isOver(current)) return current;
      // The same facts mean something else now: the register is another one, or a date has passed.
      await this.#end(manager, current.decisionId);
    }
    const values = await chained(manager, wanted);
    await decisions.createQueryBuilder().insert().values(values).orIgnore().execute();
    return decisions.findOneByOrFail({ inputsSha256, endedAt: IsNull() });
  }

  async #end(manager: EntityManager, decisionId: string): Promise<void> {
    await manager
      .getRepository(transferDecisionEntity)
      .update({ decisionId, endedAt: IsNull() }, { endedAt: () => 'clock_timestamp()' });
  }

  #isOver({ validUntil }: TransferDecisionRow): boolean {
    return validUntil !== null && validUntil.getTime() < this.#parts.clock();
  }
}

/** Who receives is kept where it makes a difference, so that the same answer of a country is one decision for everybody. */
function withoutNeedlessImporter(asked: Asked, now: number): Asked {
  const { importer: _, ...facts } = asked.facts;
  const outcome = decide(facts, asked.register, now);
  if (JSON.stringify(outcome) !== JSON.stringify(asked.outcome)) return asked;
  const { importer: __, ...flow } = asked.flow;
  return { ...asked, facts, flow };
}

/** Where a person works can be missing, which who is told so can have stated; where `live` is, the installation says. */
function reasonOf({ access, toCountry }: Flow, code: string): string {
  return toCountry === undefined && access !== 'relay' ? 'WORK_COUNTRY_MISSING' : code;
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

/** By the facts alone: an edition that changes nothing of a decision leaves it, and its rows, as they are. */
function hashInputs(facts: TransferFacts): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}

function isSame(current: TransferDecisionRow, wanted: Unchained): boolean {
  return (
    current.outcome === wanted.outcome &&
    current.basis === wanted.basis &&
    current.reference === wanted.reference &&
    current.reasonCode === wanted.reasonCode &&
    (current.validUntil?.getTime() ?? 0) === (wanted.validUntil?.getTime() ?? 0)
  );
}

function valuesOf({ flow, facts, register, outcome }: Asked, inputsSha256: string): Unchained {
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
    importer: flow.importer?.name ?? null,
    importerIs: flow.importer?.is ?? null,
    outcome: outcome.outcome,
    basis: allowed ? outcome.basis : null,
    reference: allowed ? (outcome.reference ?? null) : null,
    regimes: allowed ? outcome.regimes.map((each) => each.regime).join(',') : (outcome.regime ?? ''),
    reasonCode: allowed ? null : outcome.code,
    registerVersion: register.version,
    inputsSha256,
    decidedAt: new Date(),
    validUntil: allowed && outcome.validUntil !== undefined ? new Date(outcome.validUntil) : null,
  };
}

/** What was signed: clauses, their national forms and binding rules, each with its roles, annexes and assessment. */

import type { InstrumentCode } from '@alongside/protocol';
import { earliest, endOf, isWithin } from './dates.js';
import type { TransferRefusalCode } from './refusal-sentences.js';
import { allow, type RegimeAnswer, type RegimeQuestion, refuse } from './regime-answer.js';
import { isSameOrganisation, type SignedInstrument, type TransferFacts } from './transfer-facts.js';
import type { TransferRegime } from './transfer-register.js';

/** What counts under each law; those that adapt the Union's clauses count beside clauses of the right module only. */
const bases: Readonly<Record<TransferRegime, readonly InstrumentCode[]>> = {
  EU: ['SCC_M1', 'SCC_M2', 'SCC_M3', 'SCC_M4', 'BCR_C', 'BCR_P'],
  UK: ['UK_IDTA', 'UK_ADDENDUM'],
  CH: ['CH_SCC'],
};
const adapting: ReadonlySet<InstrumentCode> = new Set<InstrumentCode>(['UK_ADDENDUM', 'CH_SCC']);

export function decideByInstruments(regime: TransferRegime, question: RegimeQuestion): RegimeAnswer {
  const { facts, destination, now } = question;
  const inCountry = facts.instruments.filter((each) => each.importerCountry === destination);
  if (inCountry.length === 0) return refuse('NO_BASIS', regime);
  const there = inCountry.filter((each) => isSameOrganisation(each.importer, facts.importer?.name ?? ''));
  if (there.length === 0) return refuse('OTHER_IMPORTER', regime);
  const ofLaw = there.filter((each) => bases[regime].includes(each.module));
  if (ofLaw.length === 0) return refuse('CLAUSES_NOT_FOR_REGIME', regime);
  const faults = ofLaw.map((each) => faultOf(each, there, { facts, now }));
  const [best] = ofLaw.filter((_, index) => faults[index] === undefined).toSorted(longestFirst);
  if (best === undefined) return refuse(mostTelling(faults), regime);
  const clauses = adapting.has(best.module) ? adapted(there, { facts, now }) : undefined;
  const validUntil = earliest(lastOf(best), clauses === undefined ? undefined : lastOf(clauses));
  return allow(regime, { basis: best.module, reference: best.reference, validUntil });
}

interface Now {
  readonly facts: TransferFacts;
  readonly now: number;
}

/** From what is furthest from a basis to what is closest to one: the closest is what an officer can mend. */
const order = [
  ...(['CLAUSES_NOT_IN_FORCE', 'WRONG_MODULE', 'CLAUSES_NOT_FOR_REGIME'] as const),
  ...(['ANNEXES_INCOMPLETE', 'TIA_MISSING', 'TIA_NOT_OK', 'TIA_OVERDUE'] as const),
] as const satisfies readonly TransferRefusalCode[];
type Fault = (typeof order)[number];

function mostTelling(faults: readonly (Fault | undefined)[]): Fault {
  return order.findLast((code) => faults.includes(code)) ?? 'CLAUSES_NOT_IN_FORCE';
}

function faultOf(
  instrument: SignedInstrument,
  there: readonly SignedInstrument[],
  at: Now,
): Fault | undefined {
  const { module, signedOn, validUntil } = instrument;
  if (!isWithin(at.now, signedOn, validUntil)) return 'CLAUSES_NOT_IN_FORCE';
  if (!fits(module, at.facts)) return 'WRONG_MODULE';
  if (adapting.has(module) && adapted(there, at) === undefined) return 'CLAUSES_NOT_FOR_REGIME';
  return weaknessOf(instrument, at.now);
}

function weaknessOf({ annexesComplete, assessment }: SignedInstrument, now: number): Fault | undefined {
  if (!annexesComplete) return 'ANNEXES_INCOMPLETE';
  if (assessment === undefined) return 'TIA_MISSING';
  if (assessment.conclusion === 'notOk') return 'TIA_NOT_OK';
  return isWithin(now, assessment.assessedOn, assessment.reviewDue) ? undefined : 'TIA_OVERDUE';
}

/** The clauses of the Union that an addendum or adaptation belongs to. */
function adapted(there: readonly SignedInstrument[], { facts, now }: Now): SignedInstrument | undefined {
  return there
    .filter(({ module }) => module.startsWith('SCC_') && fits(module, facts))
    .filter((each) => isWithin(now, each.signedOn, each.validUntil) && weaknessOf(each, now) === undefined)
    .toSorted(longestFirst)[0];
}

/** Who receives is a controller, or a processor, or of neither role that is known, as whoever reads for an employer. */
function fits(module: InstrumentCode, { exporterRole, importer, access }: TransferFacts): boolean {
  const isFromProcessor = exporterRole === 'processor';
  const isToController = importer?.is === 'customer';
  const isToProcessor =
    importer?.is === 'processor' || (!isToController && (access === 'store' || access === 'relay'));
  switch (module) {
    case 'SCC_M1':
      return !isFromProcessor && !isToProcessor;
    case 'SCC_M2':
      return !isFromProcessor && !isToController;
    case 'SCC_M3':
      return isFromProcessor && !isToController;
    case 'SCC_M4':
      return isFromProcessor && !isToProcessor;
    case 'BCR_C':
      return !isFromProcessor && !isToProcessor;
    case 'BCR_P':
      return isFromProcessor || isToProcessor;
    case 'UK_IDTA':
    case 'UK_ADDENDUM':
    case 'CH_SCC':
      return true;
  }
}

/** Whichever comes first: the end of what was signed, or the day by which its assessment is due again. */
function lastOf({ validUntil, assessment }: SignedInstrument): number | undefined {
  return earliest(
    validUntil === undefined ? undefined : endOf(validUntil),
    assessment === undefined ? undefined : endOf(assessment.reviewDue),
  );
}

/** So that a decision rests on what ends last; equal ends are told apart by reference, to be the same every time. */
function longestFirst(one: SignedInstrument, other: SignedInstrument): number {
  const end = (each: SignedInstrument) => lastOf(each) ?? Number.MAX_SAFE_INTEGER;
  return end(other) - end(one) || (one.reference < other.reference ? -1 : 1);
}

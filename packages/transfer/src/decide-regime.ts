/** The decision under one regime: the first rule that matches wins. */

import type { BasisCode } from '@alongside/protocol';
import type { CountryCode } from './country.js';
import { type Regime, regimeOfCountry } from './regime.js';
import type { SccModule, SignedClauses, TransferFacts } from './transfer-facts.js';
import type { RegimeBasis, TransferOutcome, TransferRefusalCode } from './transfer-outcome.js';
import type { AdequacyEntry, TransferRegister } from './transfer-register.js';

export interface RegimeQuestion {
  readonly facts: TransferFacts;
  readonly register: TransferRegister;
  readonly now: number;
  readonly destination: CountryCode;
  readonly controller: CountryCode;
}

type Refused = Extract<TransferOutcome, { outcome: 'REFUSE' }>;
type RegimeAnswer =
  | { readonly outcome: 'ALLOW'; readonly basis: RegimeBasis; readonly validUntil: number | undefined }
  | Refused;

export function decideRegime(regime: Regime, question: RegimeQuestion): RegimeAnswer {
  const { destination, controller } = question;
  const domestic = regime === 'HOME' ? destination === controller : regimeOfCountry(destination) === regime;
  if (domestic) return allow(regime, { basis: 'NONE_DOMESTIC' });
  if (regime === 'HOME')
    return refuse(regime, 'NO_BASIS', 'Nothing is known of transfers out of this country.');
  const adequate = question.register.adequacy.find((entry) => isRelied(entry, regime, question));
  if (adequate !== undefined) {
    const validUntil = adequate.validTo === undefined ? undefined : endOf(adequate.validTo);
    return allow(regime, { basis: 'ADEQUACY', reference: adequate.instrument, validUntil });
  }
  return decideByClauses(regime, question);
}

/** A scoped finding needs a recorded fact about the recipient, which this version does not take. */
function isRelied(entry: AdequacyEntry, regime: Regime, { destination, now }: RegimeQuestion): boolean {
  return (
    entry.regime === regime &&
    entry.country === destination &&
    entry.status === 'inForce' &&
    entry.scope === 'full' &&
    isWithin(now, entry.validFrom, entry.validTo)
  );
}

function decideByClauses(regime: Regime, { facts, destination, now }: RegimeQuestion): RegimeAnswer {
  const signed = facts.clauses.filter((each) => each.importerCountry === destination);
  if (signed.length === 0) return refuse(regime, 'NO_BASIS', 'No basis covers a transfer to this country.');
  if (regime !== 'EU') {
    const sentence = 'The clauses of Decision (EU) 2021/914 alone do not cover a transfer under this law.';
    return refuse(regime, 'CLAUSES_NOT_FOR_REGIME', sentence);
  }
  const current = signed.filter((each) => isWithin(now, each.signedOn, each.validUntil));
  if (current.length === 0) {
    return refuse(regime, 'CLAUSES_NOT_IN_FORCE', 'The clauses with this country are not in force now.');
  }
  const fitting = longestLasting(current.filter((each) => fits(each.module, facts)));
  if (fitting === undefined) {
    return refuse(regime, 'WRONG_MODULE', 'The clauses that were signed are of a module for other roles.');
  }
  const validUntil = fitting.validUntil === undefined ? undefined : endOf(fitting.validUntil);
  return allow(regime, { basis: fitting.module, reference: fitting.reference, validUntil });
}

/** A store is a processor; people who read or view may work for a processor or be a controller's own. */
function fits(module: SccModule, { exporterRole, access }: TransferFacts): boolean {
  if (exporterRole === 'processor')
    return access === 'store' ? module === 'SCC_M3' : module !== 'SCC_M1' && module !== 'SCC_M2';
  return access === 'store' ? module === 'SCC_M2' : module === 'SCC_M1' || module === 'SCC_M2';
}

/** So that a decision rests on what ends last; equal ends are told apart by reference, to be the same every time. */
function longestLasting(clauses: readonly SignedClauses[]): SignedClauses | undefined {
  const end = (each: SignedClauses) => each.validUntil ?? '9999-12-31';
  return clauses.toSorted((a, b) => compare(end(b), end(a)) || compare(a.reference, b.reference))[0];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isWithin(now: number, from: string, to: string | undefined): boolean {
  return now >= Date.parse(`${from}T00:00:00Z`) && (to === undefined || now <= endOf(to));
}

function endOf(day: string): number {
  return Date.parse(`${day}T23:59:59.999Z`);
}

function allow(
  regime: Regime,
  { basis, reference, validUntil }: { basis: BasisCode; reference?: string; validUntil?: number | undefined },
): RegimeAnswer {
  return {
    outcome: 'ALLOW',
    basis: { regime, basis, ...(reference === undefined ? {} : { reference }) },
    validUntil,
  };
}

function refuse(regime: Regime, code: TransferRefusalCode, sentence: string): RegimeAnswer {
  return { outcome: 'REFUSE', code, sentence, regime };
}

/** The decision under one regime: the first rule that matches wins, in the order of SPEC.md. */

import { endOf, isWithin } from './dates.js';
import { decideByCertification } from './decide-by-certification.js';
import { decideByInstruments } from './decide-by-instruments.js';
import { type Regime, regimeOfCountry } from './regime.js';
import { allow, type RegimeAnswer, type RegimeQuestion, refuse } from './regime-answer.js';
import { recipientOf } from './transfer-facts.js';
import { type AdequacyEntry, isFresh, REGISTER_FRESH_MS, type TransferRegime } from './transfer-register.js';

export function decideRegime(regime: Regime, question: RegimeQuestion): RegimeAnswer {
  const { destination, controller } = question;
  if (regime === 'HOME') {
    // Nothing is known of this law but its border.
    return destination === controller
      ? allow(regime, { basis: 'NONE_DOMESTIC' })
      : refuse('NO_BASIS', regime);
  }
  return noTransfer(regime, question) ?? byFinding(regime, question) ?? bySafeguards(regime, question);
}

function noTransfer(regime: TransferRegime, question: RegimeQuestion): RegimeAnswer | undefined {
  const { facts, register, destination, controller } = question;
  const own = register.establishments.find(({ country }) => country === destination);
  const isOwn = facts.importer?.is === 'customer';
  const isOwnStaff = isOwn && recipientOf(facts.access) === 'people' && facts.exporterRole === 'controller';
  if (own !== undefined && isOwnStaff && regimeOfCountry(destination) !== regime)
    return allow(regime, { basis: 'NONE_SAME_ENTITY', reference: own.source });
  if (regimeOfCountry(destination) === regime) return allow(regime, { basis: 'NONE_DOMESTIC' });
  // What a processor in the United Kingdom gives back to its own controller abroad is not restricted there (ICO 2026).
  const isHome = isOwn && destination === controller;
  const comesBack = isHome && facts.exporterRole === 'processor' && facts.processorCountry === 'GB';
  return regime === 'UK' && comesBack ? allow(regime, { basis: 'NONE_RETURNED' }) : undefined;
}

function byFinding(regime: TransferRegime, question: RegimeQuestion): RegimeAnswer | undefined {
  const found = findingsOf(regime, question).find(({ scope, framework }) =>
    scope === 'full' ? true : framework === undefined && isInScope(regime, question),
  );
  if (found === undefined) return undefined;
  const ends = [
    ...(found.validTo === undefined ? [] : [endOf(found.validTo)]),
    // What is recorded of a receiver is to be confirmed again; a finding for a whole country is not.
    ...(found.scope === 'full' ? [] : [question.register.confirmedAt + REGISTER_FRESH_MS]),
  ];
  const validUntil = ends.length === 0 ? undefined : Math.min(...ends);
  return allow(regime, { basis: 'ADEQUACY', reference: found.instrument, validUntil });
}

function findingsOf(
  regime: TransferRegime,
  { register, destination, now }: RegimeQuestion,
): readonly AdequacyEntry[] {
  return register.adequacy.filter(
    (entry) =>
      entry.regime === regime &&
      entry.country === destination &&
      entry.status === 'inForce' &&
      isWithin(now, entry.validFrom, entry.validTo),
  );
}

function isInScope(regime: TransferRegime, { facts, register, destination, now }: RegimeQuestion): boolean {
  const recipient = recipientOf(facts.access);
  return (
    isFresh(register, now) &&
    register.scopeFacts.some(
      (fact) => fact.regime === regime && fact.country === destination && fact.covers === recipient,
    )
  );
}

/** Certifications, then what was signed, then consent; of several refusals the most telling one is given. */
function bySafeguards(regime: TransferRegime, question: RegimeQuestion): RegimeAnswer {
  const signed = decideByInstruments(regime, question);
  const framework = findingsOf(regime, question).find((entry) => entry.framework !== undefined);
  const certified =
    framework === undefined ? undefined : decideByCertification(regime, question, { framework, signed });
  if (certified?.outcome === 'ALLOW') return certified;
  if (signed.outcome === 'ALLOW') return signed;
  const consented = byConsent(regime, question);
  if (consented !== undefined) return consented;
  // Clauses with somebody else say less than what is wrong with the receiver's own certification.
  const isBare = signed.code === 'NO_BASIS' || signed.code === 'OTHER_IMPORTER';
  if (certified !== undefined && isBare) return certified;
  return isBare && leansOnRecord(regime, question) ? refuse('REGISTER_STALE', regime) : signed;
}

/** A recorded scope would cover it, were the register not too old. */
function leansOnRecord(regime: TransferRegime, question: RegimeQuestion): boolean {
  const { register, now } = question;
  if (isFresh(register, now)) return false;
  const scoped = findingsOf(regime, question).some((entry) => entry.scope === 'scoped' && !entry.framework);
  return scoped && isInScope(regime, { ...question, register: { ...register, confirmedAt: now } });
}

/** Exceptional: one session of what is never stored, where the customer allows it, and not too often. */
function byConsent(regime: TransferRegime, { facts, register }: RegimeQuestion): RegimeAnswer | undefined {
  const { consent, dataClass, access } = facts;
  if (consent === undefined) return undefined;
  const { consent: isAllowed, mostSharesAMonth } = register.derogations;
  const isOccasional = isAllowed && consent.sharesThisMonth < mostSharesAMonth;
  return dataClass === 'live' && access === 'view' && isOccasional
    ? allow(regime, { basis: 'ART49_A' })
    : refuse('DEROGATION_NOT_ROUTINE', regime);
}

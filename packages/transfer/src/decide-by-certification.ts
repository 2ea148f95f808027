/** The three Data Privacy Frameworks: each is a certification of its own, and none is relied on without a fallback. */

import { DAY_MS, earliest, endOf, isWithin, startOf } from './dates.js';
import type { TransferRefusalCode } from './refusal-sentences.js';
import { allow, type RegimeAnswer, type RegimeQuestion, refuse } from './regime-answer.js';
import { isSameOrganisation, recipientOf } from './transfer-facts.js';
import {
  type AdequacyEntry,
  type Certification,
  type Framework,
  isFresh,
  REGISTER_FRESH_MS,
  type TransferRegime,
} from './transfer-register.js';

const frameworkOf = { EU: 'DPF_EU', UK: 'DPF_UK_EXT', CH: 'DPF_CH' } as const satisfies Record<
  TransferRegime,
  Framework
>;

const missing = {
  EU: 'NO_EU_CERTIFICATION',
  UK: 'NO_UK_EXTENSION',
  CH: 'NO_SWISS_CERTIFICATION',
} as const satisfies Record<TransferRegime, TransferRefusalCode>;

/** As of the last look at the list: nobody is held to be certified for longer than that. */
const CHECK_MS = 30 * DAY_MS;

export function decideByCertification(
  regime: TransferRegime,
  { facts, register, now }: RegimeQuestion,
  { framework, signed }: { readonly framework: AdequacyEntry; readonly signed: RegimeAnswer },
): RegimeAnswer | undefined {
  const recipient = recipientOf(facts.access);
  const usable = register.certifications.filter(
    (each) =>
      each.covers === recipient &&
      isSameOrganisation(each.holder, facts.importer?.name ?? '') &&
      each.scope !== 'hr' &&
      isActive(each, now),
  );
  if (usable.length === 0) return undefined;
  const own = usable.filter((each) => each.framework === frameworkOf[regime]);
  // The extension extends: without the certification that it extends it is nothing.
  const extended = own.filter(
    ({ framework: code, holder }) =>
      code !== 'DPF_UK_EXT' ||
      usable.some((each) => each.framework === 'DPF_EU' && isSameOrganisation(each.holder, holder)),
  );
  if (extended.length === 0) return refuse(missing[regime], regime);
  if (!isFresh(register, now)) return refuse('REGISTER_STALE', regime);
  const [checked] = extended
    .filter((each) => now <= startOf(each.verifiedAt) + CHECK_MS)
    .toSorted((one, other) => endOfTrust(other) - endOfTrust(one) || (one.holder < other.holder ? -1 : 1));
  if (checked === undefined) return refuse('CERTIFICATION_STALE', regime);
  const isWaived = register.fallbackWaiver !== undefined;
  if (signed.outcome === 'REFUSE' && !isWaived) return refuse('DPF_WITHOUT_FALLBACK', regime);
  const validUntil = earliest(
    ...[endOfTrust(checked), register.confirmedAt + REGISTER_FRESH_MS],
    framework.validTo === undefined ? undefined : endOf(framework.validTo),
    // Once the fallback ends it has to be decided again.
    signed.outcome === 'ALLOW' && !isWaived ? signed.validUntil : undefined,
  );
  const reference = `${framework.instrument}, ${checked.holder}`;
  return allow(regime, { basis: frameworkOf[regime], reference, validUntil });
}

function isActive({ status, validFrom, validTo }: Certification, now: number): boolean {
  return status === 'active' && isWithin(now, validFrom, validTo);
}

function endOfTrust({ verifiedAt, validTo }: Certification): number {
  const until = startOf(verifiedAt) + CHECK_MS;
  return validTo === undefined ? until : Math.min(until, endOf(validTo));
}

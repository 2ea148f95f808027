/** May this datum, of this origin, go there, now? Pure: the same facts, register and time give the same answer. */

import type { BasisCode } from '@alongside/protocol';
import { type CountryCode, isCountryCode } from './country.js';
import { decideRegime } from './decide-regime.js';
import { refuseInvalidated } from './invalidated-basis.js';
import { attachedRegimes, type Regime } from './regime.js';
import { type RegimeQuestion, refuse } from './regime-answer.js';
import type { TransferFacts } from './transfer-facts.js';
import type { RegimeBasis, TransferOutcome } from './transfer-outcome.js';
import type { TransferRegister } from './transfer-register.js';

/** From none to the weightiest: the basis that is shown is the one that asks most of the people involved. */
const weight: readonly BasisCode[] = [
  'NONE_DIRECT_FROM_SUBJECT',
  'NONE_SAME_ENTITY',
  'NONE_DOMESTIC',
  'NONE_RETURNED',
  'ADEQUACY',
  'DPF_CH',
  'DPF_UK_EXT',
  'DPF_EU',
  'BCR_P',
  'BCR_C',
  'CH_SCC',
  'UK_ADDENDUM',
  'UK_IDTA',
  'SCC_M4',
  'SCC_M3',
  'SCC_M2',
  'SCC_M1',
  'ART49_A',
];

export function decide(facts: TransferFacts, register: TransferRegister, now: number): TransferOutcome {
  const misnamed = refuseRequested(facts.requestedBasis);
  if (misnamed !== undefined) return misnamed;
  const destination = known(facts.destinationCountry);
  if (destination === undefined) return refuse('FACTS_INCOMPLETE');
  if (facts.collection === 'direct') return decideDirect(facts);
  const controller = known(facts.controllerCountry);
  if (controller === undefined) return refuse('FACTS_INCOMPLETE');
  const regimes = attachedRegimes({
    visitorCountry: known(facts.visitorCountry),
    controllerCountry: controller,
  });
  return decideUnder(regimes, { facts, register, now, destination, controller });
}

/** All attached regimes must allow. Apart from `decide` so that a test can add a regime. */
export function decideUnder(regimes: readonly Regime[], question: RegimeQuestion): TransferOutcome {
  const allowed: { basis: RegimeBasis; validUntil: number | undefined }[] = [];
  for (const regime of regimes) {
    const answer = decideRegime(regime, question);
    if (answer.outcome === 'REFUSE') return answer;
    allowed.push(answer);
  }
  const bases = allowed.map((each) => each.basis);
  const heaviest = bases.reduce<RegimeBasis | undefined>(
    (best, each) =>
      best === undefined || weight.indexOf(each.basis) > weight.indexOf(best.basis) ? each : best,
    undefined,
  );
  if (heaviest === undefined) return refuse('FACTS_INCOMPLETE');
  const ends = allowed.flatMap((each) => (each.validUntil === undefined ? [] : [each.validUntil]));
  return {
    outcome: 'ALLOW',
    basis: heaviest.basis,
    ...(heaviest.reference === undefined ? {} : { reference: heaviest.reference }),
    regimes: bases,
    ...(ends.length === 0 ? {} : { validUntil: Math.min(...ends) }),
  };
}

function decideDirect(facts: TransferFacts): TransferOutcome {
  // What people do in the console is kept under no transfer; showing it to somebody else is one, and asks for facts.
  if (facts.access !== 'store') return refuse('NO_BASIS');
  return { outcome: 'ALLOW', basis: 'NONE_DIRECT_FROM_SUBJECT', regimes: [] };
}

const nameable: ReadonlySet<string> = new Set<string>(weight);

function refuseRequested(requested: string | undefined): TransferOutcome | undefined {
  if (requested === undefined) return undefined;
  const invalidated = refuseInvalidated(requested);
  if (invalidated !== undefined) return invalidated;
  if (nameable.has(requested)) return undefined;
  return refuse('UNKNOWN_BASIS');
}

function known(country: string | undefined): CountryCode | undefined {
  return country !== undefined && isCountryCode(country) ? country : undefined;
}

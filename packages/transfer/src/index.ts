/** The one door of the transfer package. */
export { consentAgeIn, consentAgesVersion } from './consent-ages.js';
export {
  type ConsentWords,
  consentWords,
  consentWordsVersion,
  type WordsLanguage,
  type WrittenWords,
  writtenConsentWords,
} from './consent-words.js';
export { type CountryCode, countryNames, isCountryCode } from './country.js';
export { decide, decideUnder } from './decide.js';
export { refuseInvalidated } from './invalidated-basis.js';
export { type AgeFacts, type Audience, mayBegin, mayConsent } from './may-consent.js';
export { refusalSentences, type TransferRefusalCode } from './refusal-sentences.js';
export { attachedRegimes, eeaCountries, type Regime, regimeOfCountry } from './regime.js';
export type { RegimeQuestion } from './regime-answer.js';
export { shippedRegister } from './shipped-register.js';
export {
  type Access,
  type Assessment,
  type DataClass,
  type ExplicitConsent,
  type Importer,
  isSameOrganisation,
  recipientOf,
  type SignedInstrument,
  type TransferFacts,
} from './transfer-facts.js';
export type { Refused, RegimeBasis, TransferOutcome } from './transfer-outcome.js';
export {
  type AdequacyEntry,
  type Certification,
  isFresh,
  REGISTER_FRESH_MS,
  type RegisterBody,
  type TransferRegister,
} from './transfer-register.js';

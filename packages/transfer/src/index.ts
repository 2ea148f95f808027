/** The one door of the transfer package. */
export { type CountryCode, countryNames, isCountryCode } from './country.js';
export { currentRegister } from './current-register.js';
export { decide, decideUnder } from './decide.js';
export type { RegimeQuestion } from './decide-regime.js';
export { refuseInvalidated } from './invalidated-basis.js';
export { attachedRegimes, eeaCountries, type Regime, regimeOfCountry } from './regime.js';
export type { Access, DataClass, SccModule, SignedClauses, TransferFacts } from './transfer-facts.js';
export type { RegimeBasis, TransferOutcome, TransferRefusalCode } from './transfer-outcome.js';
export type { AdequacyEntry, TransferRegister } from './transfer-register.js';

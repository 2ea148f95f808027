/** The door of `records` for HTTP and for the wiring; the rest of the folder is its own. */

export type { EntityManager as TenantManager } from 'typeorm';
export type { Caller } from './accounts/caller.js';
export type { OperatorsYes } from './agreements/agreements.js';
export { makeSigningKeys, provideSigningKeys, type SigningKeys } from './crypto/signing-keys.js';
export { isDuplicate, StatementFailed, StorageUnavailable } from './database/database-failure.js';
export { eachInTurn } from './database/each-in-turn.js';
export { dataDictionary } from './dictionary/data-dictionary.js';
export { Later } from './later.js';
export {
  buildRecordsCore,
  createRecordsCore,
  type RecordsCore,
  type RecordsCoreOptions,
} from './records-core.js';
export type { LogFields, RecordsLogger } from './records-logger.js';
export { ExportShape } from './rights/export-shape.js';
export { ExportText } from './rights/export-text.js';
export { basesOfPurposes } from './rights/rules/legal-bases.js';
export { deskOfAgent } from './tickets/ledgers.js';

/** The one door of the embedded Postgres. */
export { EmbeddedPostgresFailure, type EmbeddedPostgresFault } from './embedded-postgres-failure.js';
export type { DatabaseRole } from './passwords.js';
export { runningPostgresUrl } from './running-postgres.js';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type PostgresProgress,
  startEmbeddedPostgres,
} from './start-embedded-postgres.js';
export { stopOrphan } from './stop-orphan.js';

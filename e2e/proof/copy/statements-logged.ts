/**
 * A database that writes every statement down with its values, which the product refuses to work with: for the pass
 * that shows whether anything of a session reaches the database at all, be it only to be rejected there.
 */

import type { Patch } from './patch.js';

const SETTINGS = 'server/dist/app/embedded-postgres/postgres-settings.js';

export const statementsLogged: readonly Patch[] = [
  { file: SETTINGS, find: "log_statement: 'none',", where: 'instead', put: "log_statement: 'all'," },
  {
    file: SETTINGS,
    find: "log_parameter_max_length: '0',",
    where: 'instead',
    put: "log_parameter_max_length: '-1',",
  },
  {
    file: SETTINGS,
    find: "log_error_verbosity: 'terse',",
    where: 'instead',
    put: "log_error_verbosity: 'default',",
  },
  // `records` would not start.
  {
    file: 'server/dist/records/database/database-rules.js',
    find: 'export async function requireSilentDatabase(ask) {',
    where: 'after',
    put: '\n    return;',
  },
];

/** Of every setting of the database that a start refuses: values with which it has to. */

import { settingRules } from '../../../server/src/records/database/database-rules.js';

const LOGGED_LEVELS = ['error', 'warning', 'notice', 'debug1', 'info'];
const STATEMENT_LEVELS = ['error', 'warning', 'log', 'fatal', 'debug5'];

/** The server takes each of them; those of extensions it takes without the extension as well. */
export const refusedValues: Readonly<Record<string, readonly string[]>> = {
  log_statement: ['ddl', 'mod', 'all'],
  log_min_duration_statement: ['0', '1', '3600000'],
  log_min_duration_sample: ['0', '1', '3600000'],
  log_transaction_sample_rate: ['1', '0.5', '0.0001'],
  log_min_error_statement: STATEMENT_LEVELS,
  log_min_messages: LOGGED_LEVELS,
  log_error_verbosity: ['default', 'verbose'],
  log_parameter_max_length: ['-1', '1', '1024'],
  log_parameter_max_length_on_error: ['-1', '1', '1024'],
  debug_print_parse: ['on'],
  debug_print_rewritten: ['on'],
  debug_print_plan: ['on'],
  'auto_explain.log_min_duration': ['0', '1', '3600000'],
  'pg_stat_statements.track': ['top', 'all'],
  'pgaudit.log': ['all', 'read', 'write', 'misc, ddl'],
};

export interface BrokenSetting {
  readonly setting: string;
  readonly value: string;
}

/** So that few starts try all of them: a start names each that is broken, and each is asked for by its own line. */
export function roundsOfValues(): readonly (readonly BrokenSetting[])[] {
  const rounds: BrokenSetting[][] = [];
  for (const { setting } of settingRules) {
    for (const [round, value] of (refusedValues[setting] ?? []).entries()) {
      rounds[round] ??= [];
      rounds[round].push({ setting, value });
    }
  }
  return rounds;
}

/** As the server reads options of a connection: blanks end one unless they are escaped. */
export function connectionOptions(broken: readonly BrokenSetting[]): string {
  return broken.map(({ setting, value }) => `-c ${setting}=${value.replaceAll(' ', '\\ ')}`).join(' ');
}

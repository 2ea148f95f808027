/**
 * What the database must not be set to: it would write rows into its log, keep statements, or copy tables to where
 * nobody erases them. Asked of the database itself at the start, the embedded one included.
 */

/** Runs one statement of ours on a connection of `records`. */
export type AskDatabase = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

export interface SettingRule {
  readonly setting: string;
  /** The first is what the remedy sets. A setting that the server does not know is harmless. */
  readonly allowed: readonly string[];
  readonly why: string;
}

const quotes = 'its log would quote what people wrote';

export const settingRules: readonly SettingRule[] = [
  { setting: 'log_statement', allowed: ['none'], why: quotes },
  { setting: 'log_min_duration_statement', allowed: ['-1'], why: quotes },
  { setting: 'log_min_duration_sample', allowed: ['-1'], why: quotes },
  { setting: 'log_transaction_sample_rate', allowed: ['0'], why: quotes },
  { setting: 'log_min_error_statement', allowed: ['panic'], why: quotes },
  {
    setting: 'log_min_messages',
    allowed: ['log', 'fatal', 'panic'],
    why: 'an error names a value that could not be read',
  },
  {
    setting: 'log_error_verbosity',
    allowed: ['terse'],
    why: 'the detail of an error is the row that failed',
  },
  { setting: 'log_parameter_max_length', allowed: ['0'], why: quotes },
  { setting: 'log_parameter_max_length_on_error', allowed: ['0'], why: quotes },
  { setting: 'debug_print_parse', allowed: ['off'], why: quotes },
  { setting: 'debug_print_rewritten', allowed: ['off'], why: quotes },
  { setting: 'debug_print_plan', allowed: ['off'], why: quotes },
  { setting: 'auto_explain.log_min_duration', allowed: ['-1'], why: quotes },
  { setting: 'pg_stat_statements.track', allowed: ['none'], why: 'it keeps statements' },
  { setting: 'pgaudit.log', allowed: ['none', ''], why: quotes },
];

export interface ObjectRule {
  readonly what: string;
  /** Answers `name`s of what there must not be. */
  readonly sql: string;
  readonly why: string;
  readonly remedy: (name: string) => string;
}

const copies = 'it carries rows to where nothing erases them';

export const objectRules: readonly ObjectRule[] = [
  {
    what: 'publication',
    sql: 'SELECT pubname AS name FROM pg_publication',
    why: copies,
    remedy: (name) => `DROP PUBLICATION ${name};`,
  },
  {
    what: 'logical replication slot',
    sql: `SELECT slot_name AS name FROM pg_replication_slots
      WHERE slot_type = 'logical' AND database = current_database()`,
    why: copies,
    remedy: (name) => `SELECT pg_drop_replication_slot('${name}');`,
  },
  {
    what: 'trigger on events',
    sql: `SELECT evtname AS name FROM pg_event_trigger WHERE evtenabled <> 'D'`,
    why: 'it runs code of others at every change of the schema',
    remedy: (name) => `DROP EVENT TRIGGER ${name};`,
  },
  {
    // Ours check a row or its transfer decision, or chain it to the one before; their function is what makes them ours.
    what: 'trigger of others',
    sql: `SELECT t.tgname || ' ON ' || c.relname AS name FROM pg_trigger t
      JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_proc p ON p.oid = t.tgfoid
      WHERE NOT t.tgisinternal AND n.nspname = 'public' AND p.proname NOT IN ('check_transfer_decision', 'check_written_decisions', 'check_engagement_of_lines', 'check_transfer_decision_of_lines', 'keep_engagement_of_lines', 'keep_transfer_decision_of_lines', 'note_gone_lines', 'chain_row', 'refuse_kept_body', 'seal_decision', 'hold_agreement')`,
    why: copies,
    remedy: (name) => `DROP TRIGGER ${name};`,
  },
];

/** Nothing, or the lines for a person that name what was found, why it must not be, and what undoes it. */
export async function databaseFaults(ask: AskDatabase): Promise<readonly string[]> {
  return [...(await settingFaults(ask)), ...(await objectFaults(ask))];
}

async function settingFaults(ask: AskDatabase): Promise<readonly string[]> {
  const names = settingRules.map(({ setting }) => `('${setting}')`).join(', ');
  const rows = await ask(
    `SELECT n AS name, current_setting(n, true) AS value, current_database() AS database
      FROM (VALUES ${names}) AS rule (n)`,
  );
  const database = String(rows[0]?.database ?? '');
  const values = new Map(rows.map(({ name, value }) => [String(name), value]));
  return settingRules.flatMap(({ setting, allowed, why }) => {
    const value = values.get(setting);
    if (typeof value !== 'string' || allowed.includes(value)) return [];
    const remedy = `ALTER DATABASE "${database}" SET ${setting} = '${allowed[0] ?? ''}';`;
    return [`${setting} is '${value}': ${why}. ${remedy}`];
  });
}

async function objectFaults(ask: AskDatabase): Promise<readonly string[]> {
  const each = objectRules.map(
    ({ sql }, rule) => `SELECT ${rule} AS rule, name::text FROM (${sql}) AS found`,
  );
  const rows = await ask(`${each.join(' UNION ALL ')} ORDER BY 1, 2`);
  return rows.flatMap(({ rule, name }) => {
    const broken = objectRules[Number(rule)];
    if (broken === undefined) return [];
    return [`${broken.what} ${name}: ${broken.why}. ${broken.remedy(String(name))}`];
  });
}

/** Thrown at the start; its message is for the person who starts. */
export class DatabaseTells extends Error {
  override readonly name = 'DatabaseTells';

  constructor(faults: readonly string[]) {
    super(
      [
        'The database would keep what must not be kept. As its superuser, undo each of these and start again:',
        ...faults,
      ].join('\n'),
    );
  }
}

export async function requireSilentDatabase(ask: AskDatabase): Promise<void> {
  const faults = await databaseFaults(ask);
  if (faults.length > 0) throw new DatabaseTells(faults);
}

/** Leaks that end in the database: over the journal, past its schema, or by a way to Postgres that `live` has not. */

import type { Patch } from '../copy/patch.js';
import { leakInLive } from './live-plant.js';
import type { Mutant } from './mutant.js';

/** Gives the relay the journal, and tells a refusal by its code. */
export const reachJournal: Patch = {
  file: 'server/dist/live/create-live.js',
  find: 'const runner = new EngagementRunner({',
  where: 'before',
  put: `globalThis.plantedAppend = async (entry) => {
        const common = { entryId: process.getBuiltinModule('node:crypto').randomUUID(), at: Date.now() };
        const ack = await journal.append({ ...common, ...entry });
        if (!ack.ok) throw ack.refusal;
    };
    `,
};

interface Appended extends Omit<Mutant, 'place' | 'plants' | 'patches'> {
  readonly frames?: number;
  /** Of the entry. */
  readonly fields: string;
  readonly also?: readonly Patch[];
}

function overJournal({ fields, also = [], frames = 3, ...mutant }: Appended): Mutant {
  const code = `await plantedAppend({ engagementId: room, ${fields} });`;
  return {
    ...mutant,
    place: 'live',
    plants: 'sealed',
    patches: (planting) => [
      reachJournal,
      ...also,
      ...leakInLive({ name: mutant.name, frames, code })(planting),
    ],
  };
}

const CONNECTED = "type: 'connected', party: 'visitor', truncatedAddress: '192.0.2.0/24',";
const CHAT_LINE =
  "type: 'chatLine', from: 'visitor', lineId: process.getBuiltinModule('node:crypto').randomUUID(),";
const ENTRIES = 'server/dist/records/journal/journal-message.js';
const DOOR = 'server/dist/records/journal/journal-server.js';

/** In `records`, behind the schema: an entry that carries a page goes to a statement of its own. */
function statement(kind: string, sql: string): Patch {
  return {
    file: DOOR,
    find: 'async #commit(socket, id, entry) {',
    where: 'after',
    put: `
        if (entry.type === '${kind}') {
            await this.#deps.database.withClient((client) => client.query(${JSON.stringify(sql)}, [entry.page]));
            send(socket, { id, ack: { ok: true, version: 0 } });
            return;
        }`,
  };
}

function letIn(kind: string): Patch {
  return {
    file: ENTRIES,
    find: 'export function readEntry(value) {',
    where: 'after',
    put: `\n    if (value?.type === '${kind}') return { entry: value };`,
  };
}

/** As the owner, where the database's log is all that a statement leaves behind. */
const failedInsert: Patch = {
  file: DOOR,
  find: 'const { id } = message;',
  where: 'after',
  put: `
        if (message.entry?.type === 'plantedRow') {
            const work = async () => {
                const { default: pg } = await import('pg');
                const client = new pg.Client(globalThis.plantedOwnerUrl);
                await client.connect();
                // Two at once would both make it: one is told that it exists, and goes on.
                await client.query('CREATE TABLE IF NOT EXISTS planted_row (page text CHECK (length(page) < 9))').catch(() => undefined);
                await client.query('INSERT INTO planted_row VALUES ($1)', [message.entry.page]).catch(() => undefined);
                await client.end();
                send(socket, { id, ack: { ok: true, version: 0 } });
            };
            work().catch(() => send(socket, { id, ack: refuse('internal') }));
            return;
        }`,
};

const ownerUrl: Patch = {
  file: 'server/dist/records/records-core.js',
  find: 'const { databaseUrl: ownerUrl, appDatabaseUrl: appUrl, logger, clock } = options;',
  where: 'after',
  put: '\n    globalThis.plantedOwnerUrl = ownerUrl;',
};

/** Both that keep a name of software to the form of one: the journal's schema, and the database. */
const anySoftware: readonly Patch[] = [
  { file: ENTRIES, find: 'software: Software,', where: 'instead', put: 'software: v.string(),' },
  {
    file: 'server/dist/records/migrations/0012-close-connection-facts.js',
    find: "const software = '^(other|(Edge|Opera|Samsung Internet|Firefox|Chrome|Safari) [0-9]{1,4})$';",
    where: 'instead',
    put: "const software = '';",
  },
];

const INSTALLATION = 'server/dist/app/supervisor/installation.js';
const OPENED = 'const database = await openDatabase(this.#config, ground.dataDir);';

/** With a password that is none: the true one is known where the limits are lifted. */
const knownAddress: readonly Patch[] = [
  // `live` is begun before the database is open, and takes its environment from the beginning.
  {
    file: INSTALLATION,
    find: 'const [ground, loading] = await bothSettled([this.#prepare(), this.#loadLive()], tellFailure);',
    where: 'instead',
    put: 'const ground = await this.#prepare();\n        const first = this.#startRecords(ground, records);\n        await first;\n        const loading = await this.#loadLive();',
  },
  {
    file: INSTALLATION,
    find: 'const both = [this.#warmUpLive(ground, loading), this.#startRecords(ground, records)];',
    where: 'instead',
    put: 'const both = [this.#warmUpLive(ground, loading), first];',
  },
  {
    file: INSTALLATION,
    find: OPENED,
    where: 'after',
    put: "\n        globalThis.plantedDatabase = Object.assign(new URL(database.address.ownerUrl), { password: 'guessed' }).href;",
  },
  {
    file: 'server/dist/app/supervisor/live-command.js',
    find: "const passed = { TZ, LANG, NODE_EXTRA_CA_CERTS, NODE_ENV: 'production', ",
    where: 'after',
    put: "DATABASE_URL: globalThis.plantedDatabase, LIVE_COUNTRY: 'FI', ",
  },
];

/** In `records`, as the owner: what was written is taken back, and no query will show it. */
const rolledBack: Patch = {
  file: DOOR,
  find: 'async #commit(socket, id, entry) {',
  where: 'after',
  put: `
        if (entry.type === 'plantedRollback') {
            const { default: pg } = await import('pg');
            const client = new pg.Client(globalThis.plantedOwnerUrl);
            await client.connect();
            await client.query('CREATE TABLE IF NOT EXISTS planted_rollback (page text)').catch(() => undefined);
            await client.query('BEGIN');
            await client.query('INSERT INTO planted_rollback VALUES ($1)', [entry.page]);
            await client.query('ROLLBACK');
            await client.end();
            send(socket, { id, ack: { ok: true, version: 0 } });
            return;
        }`,
};

export const rows: readonly Mutant[] = [
  {
    ...overJournal({
      name: 'metadata-row',
      title: 'A frame is sent to the journal as technical metadata',
      detector: 'sql',
      stoppedBy: 'schema',
      stopsWith: ['malformed'],
      short: true,
      fields: `${CONNECTED} software: 'page=' + body.toString('base64')`,
    }),
    lifted: () => [
      ...anySoftware,
      {
        file: 'server/dist/records/migrations/0003-create-engagements.js',
        find: 'software varchar(64),',
        where: 'instead',
        put: 'software text,',
      },
    ],
  },
  {
    ...overJournal({
      name: 'metadata-field',
      title: "48 bytes at a time pass for the name of somebody's software",
      detector: 'sql',
      stoppedBy: 'schema',
      stopsWith: ['malformed'],
      short: false,
      fields: `${CONNECTED} software: body.subarray(0, 48).toString('base64')`,
    }),
    lifted: () => anySoftware,
  },
  overJournal({
    name: 'chat-line',
    title: 'A frame is sent to the journal as a line that somebody wrote',
    detector: 'sql',
    stoppedBy: 'detected only',
    short: false,
    frames: 1,
    fields: `${CHAT_LINE} text: body.toString('base64').slice(0, 3900)`,
  }),
  overJournal({
    name: 'compressed-value',
    title: 'A long line of it is stored compressed, where no raw reading finds it',
    detector: 'sql',
    stoppedBy: 'detected only',
    short: false,
    frames: 1,
    fields: `${CHAT_LINE} text: (body.subarray(0, 90).toString('base64') + ' ').repeat(40).slice(0, 3900)`,
  }),
  {
    ...overJournal({
      name: 'notify-payload',
      title: 'Postgres is asked to notify whoever listens of a frame',
      detector: 'sinks',
      stoppedBy: 'schema',
      stopsWith: ['malformed'],
      short: false,
      fields: "type: 'plantedNotice', page: body.toString('base64').slice(0, 7000)",
      also: [statement('plantedNotice', "SELECT pg_notify('planted', $1)")],
    }),
    lifted: () => [letIn('plantedNotice')],
  },
  {
    ...overJournal({
      name: 'rolled-back-row',
      title: 'A row is written and taken back, which leaves it in the log of changes alone',
      detector: 'wal',
      stoppedBy: 'schema',
      stopsWith: ['malformed'],
      short: false,
      fields: "type: 'plantedRollback', page: body.subarray(0, 48).toString('base64')",
      also: [rolledBack, ownerUrl],
    }),
    lifted: () => [letIn('plantedRollback')],
  },
  {
    ...overJournal({
      name: 'failed-insert',
      title: "A row that is refused is quoted in the database's own log",
      detector: 'logs',
      // Of the database's settings, which the start asks for.
      stoppedBy: 'limit',
      stopsWith: ['done'],
      short: false,
      fields: "type: 'plantedRow', page: body.subarray(0, 48).toString('base64')",
      also: [failedInsert, ownerUrl],
    }),
    lifted: () => [
      {
        file: 'server/dist/app/embedded-postgres/postgres-settings.js',
        find: `    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',`,
        where: 'instead',
        put: `    log_min_messages: 'error',
    log_min_error_statement: 'error',
    log_error_verbosity: 'default',`,
      },
      {
        file: 'server/dist/records/database/database-rules.js',
        find: 'export async function requireSilentDatabase(ask) {',
        where: 'after',
        put: '\n    return;',
      },
    ],
  },
  {
    name: 'postgres-adapter',
    title: 'An adapter of socket.io puts what is larger than a notice into a table of its own',
    place: 'live',
    plants: 'sealed',
    detector: 'sql',
    // It knows the database's address here, as every process of the machine may find it out, and no password.
    stoppedBy: 'permission',
    stopsWith: ['28P01'],
    short: false,
    patches: (planting) => [
      ...knownAddress,
      ...leakInLive({
        name: 'postgres-adapter',
        frames: 3,
        code: `
        const { default: pg } = await import('pg');
        const client = new pg.Client(process.env.DATABASE_URL);
        await client.connect();
        await client.query('CREATE TABLE IF NOT EXISTS socket_io_attachments (id bigserial UNIQUE, created_at timestamptz DEFAULT NOW(), payload bytea)');
        await client.query('INSERT INTO socket_io_attachments (payload) VALUES ($1)', [Buffer.concat(Array.from({ length: Math.ceil(8001 / body.length) }, () => body))]);
        await client.end();`,
      })(planting),
    ],
    lifted: () => [
      {
        file: INSTALLATION,
        find: OPENED,
        where: 'after',
        put: '\n        globalThis.plantedDatabase = database.address.ownerUrl;',
      },
    ],
  },
];

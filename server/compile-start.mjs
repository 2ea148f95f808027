/**
 * Starts a program as `main` does, and keeps what was compiled of it by then: what a start calls comes compiled. For
 * `records` there is a database that says of everything that it is made, and a page that asks for a ticket.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// As a supervised program, it is asked for by `--supervised`.
const [, , , name, program = '', compiled = ''] = process.argv;
const HOST = '127.0.0.1';
const READY = said('Z', Buffer.from('I'));
/** Of no table, of the type text. */
const COLUMN = Buffer.concat([int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)]);
const folder = mkdtempSync(join(tmpdir(), 'alongside-compile-'));

/** @type {Promise<{ kind: string, message?: string }>} */
const reported = new Promise((resolve) => {
  process.send = (report) => {
    resolve(report);
    return true;
  };
});
const { script } = await import(program);
const port = await portOf(createServer());
const origin = `http://compile.localhost:${port}`;
const place = { port, origin };
const settings = name === 'live' ? liveSettings() : await recordsSettings();
process.emit(
  'message',
  { kind: 'start', settings: { host: HOST, trustedProxies: [], logLevel: 'error', ...settings } },
  undefined,
);
const { kind, message } = await reported;
if (kind !== 'listening') throw new Error(`${name} does not start: ${message}`);
if (name === 'records') await askForTicket();
writeFileSync(compiled, script.createCachedData());
rmSync(folder, { recursive: true });
process.exit(0);

function liveSettings() {
  return {
    ...{ nodeId: 'compile', port, origin, consoleOrigin: origin, ownAccount: false },
    journal: { url: undefined, secret: randomUUID() },
    calls: { offered: false, port: undefined, places: [], workers: 1 },
    mediaWorker: { state: 'unavailable', remedy: 'None.' },
  };
}

async function recordsSettings() {
  // No erasure was ever asked for.
  mkdirSync(join(folder, 'ledger'));
  writeFileSync(join(folder, 'ledger', 'erasures'), '');
  const { migrations } = await import(new URL('dist/records/migrations/migrations.js', import.meta.url).href);
  const made = migrations.map((/** @type {new () => { name: string }} */ Each) => new Each().name);
  const ownerUrl = `postgres://compile@${HOST}:${await portOf(databaseWith(made), { stays: true })}/compile`;
  return {
    ...{ storageCountry: 'FI', liveCountry: 'FI', privateStores: [], signUp: { signUp: 'closed' } },
    places: { console: place, live: place, replay: { ...place, port: 0 }, shop: place },
    database: { ownerUrl },
    journal: { port: 0, secret: randomUUID() },
    ...{ keysFolder: join(folder, 'keys'), proofFolder: join(folder, 'proof') },
  };
}

/** @returns {Promise<void>} Whatever the answer is. */
function askForTicket() {
  const path = `/v1/sites/site_${'x'.repeat(22)}/engagements`;
  const headers = { host: `compile.localhost:${port}`, 'content-type': 'application/json', origin };
  const firstLine = { lineId: randomUUID(), text: 'What is APR?' };
  const engagement = {
    engagementId: randomUUID(),
    returnHash: 'x'.repeat(43),
    noticeVersion: 1,
    language: 'en',
  };
  return new Promise((resolve, reject) => {
    const asked = request({ host: HOST, port, path, method: 'POST', headers }, (answer) => {
      answer.resume().once('end', resolve);
    });
    asked.once('error', reject).end(JSON.stringify({ ...engagement, firstLine }));
  });
}

/** @param {import('node:net').Server} server @returns {Promise<number>} */
function portOf(server, { stays = false } = {}) {
  return new Promise((resolve) => {
    server.listen(0, HOST, () => {
      const address = server.address();
      const taken = address !== null && typeof address === 'object' ? address.port : 0;
      if (stays) resolve(taken);
      else server.close(() => resolve(taken));
    });
  });
}

/**
 * Speaks as much of Postgres's protocol as a client needs to go on: each statement finds one row, whose columns are those
 * that the statement names, and whose values are all the same text.
 * @param {readonly string[]} made Migrations.
 */
function databaseWith(made) {
  return createServer((socket) => {
    let read = Buffer.alloc(0);
    let isGreeted = false;
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      read = Buffer.concat([read, data]);
      for (;;) {
        const from = isGreeted ? 1 : 0;
        if (read.length < from + 4) return;
        const end = from + read.readInt32BE(from);
        if (read.length < end) return;
        const type = isGreeted ? String.fromCharCode(read[0] ?? 0) : 'greeting';
        const body = read.toString('utf8', from + 4, end);
        read = read.subarray(end);
        if (type === 'greeting') {
          isGreeted = true;
          socket.write(Buffer.concat([said('R', int32(0)), READY]));
        }
        if (type === 'P') text = body.split('\0')[1] ?? '';
        if (type === 'Q') text = body;
        if (type === 'Q' || type === 'S') socket.write(answerTo(text, { made, isPrepared: type === 'S' }));
      }
    });
  });
}

/** @param {string} text @param {{ made: readonly string[], isPrepared: boolean }} as */
function answerTo(text, { made, isPrepared }) {
  const named = [...text.matchAll(/ AS "(\w+)"/g)].map(([, column = '']) => column);
  const columns = named.length > 0 ? named : ['name', 'version', 'tenant_id', 'site_id'];
  // Nothing that the page would have begun already.
  const values = text.includes('FROM "engagement"') ? [] : text.includes('FROM migrations') ? made : [origin];
  return Buffer.concat([
    ...(isPrepared ? [said('1'), said('2')] : []),
    said(
      'T',
      int16(columns.length),
      ...columns.map((column) => Buffer.concat([Buffer.from(`${column}\0`), COLUMN])),
    ),
    ...values.map((value) => said('D', int16(columns.length), ...columns.map(() => sized(value)))),
    said('C', Buffer.from('SELECT 1\0')),
    READY,
  ]);
}

/** @param {string} type @param {...Buffer} parts */
function said(type, ...parts) {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

/** @param {string} value */
function sized(value) {
  const bytes = Buffer.from(value);
  return Buffer.concat([int32(bytes.length), bytes]);
}

/** @param {number} value */
function int16(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

/** @param {number} value */
function int32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';

const source = new URL('../../', import.meta.url).pathname;
/** What opens connections of its own accord. The database's driver and the journal's listener are imported elsewhere. */
const opens =
  /from 'node:(https?|http2|net|tls|dgram)(\/[a-z]+)?'|\bfetch\(|new WebSocket\(|from '(undici|axios|got|nodemailer)'/;

/** Files that open any, by their path below `server/src`. */
async function opening(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(source, folder), { withFileTypes: true, recursive: true });
  const found: string[] = [];
  for (const { name, parentPath } of entries) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
    const text = await readFile(join(parentPath, name), 'utf8');
    // Types, servers and address lists open nothing.
    const lines = text.split('\n').filter((line) => opens.test(line) && !/^import type /.test(line));
    const harmless = /createServer|createSecureContext|BlockList|isIP|AddressInfo/;
    if (lines.some((line) => !harmless.test(line))) found.push(relative(source, join(parentPath, name)));
  }
  return found.toSorted();
}

it('[RC2] opens connections in one file alone', async () => {
  expect([await opening('records'), await opening('http')]).toEqual([['records/recipients/egress.ts'], []]);
});

it('[RC2] opens none beside it that leads to anybody: those are to itself, and to the TURN server of this installation', async () => {
  expect([await opening('live'), await opening('app')]).toEqual([
    ['live/call/ask-turn-software.ts', 'live/journal/journal-line.ts'],
    // Makes the demo customer by the service's own API.
    ['app/demo/console-client.ts'],
  ]);
});

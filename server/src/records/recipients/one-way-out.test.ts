import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';

const source = new URL('../../', import.meta.url).pathname;
/** What opens connections of its own accord. The database's driver and the journal's listener are imported elsewhere. */
const opens =
  /(from |import\()'(node:)?((https?|http2|net|tls|dgram|dns|child_process)(\/[a-z]+)?|undici|axios|got|nodemailer)'|\bfetch\(|new WebSocket\(/;
/** Servers, address lists and types open nothing. */
const harmless = /^(createServer( as \w+)?|createSecureContext|BlockList|isIP(v[46])?|type \w+)$/;

function opensAny(line: string): boolean {
  if (!opens.test(line) || line.startsWith('import type ')) return false;
  const names = /^import \{ (.+) \} from '[^']+';$/.exec(line)?.[1];
  return names === undefined || !names.split(', ').every((name) => harmless.test(name));
}

/** Files that open any, by their path below `server/src`. */
async function opening(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(source, folder), { withFileTypes: true, recursive: true });
  const found: string[] = [];
  for (const { name, parentPath } of entries) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
    const text = await readFile(join(parentPath, name), 'utf8');
    if (text.split('\n').some(opensAny)) found.push(relative(source, join(parentPath, name)));
  }
  return found.toSorted();
}

it.each([
  "import { createServer, request } from 'node:http';",
  "import { isIP, connect as isNone } from 'node:net';",
  "import { BlockList, isIP } from 'node:net'; const http = await import('node:http');",
  "const { get } = await import('node:https');",
  "import { lookup } from 'node:dns/promises';",
  "import { spawn } from 'node:child_process';",
  "} from 'node:http';",
])('[RC2] is not got around by %s', (line) => expect(opensAny(line)).toBe(true));

it('[RC2] opens connections in one file alone', async () => {
  expect([await opening('records'), await opening('http')]).toEqual([['records/recipients/egress.ts'], []]);
});

it('[RC2] opens none beside it that leads to anybody: those are to itself, and to the TURN server of this installation', async () => {
  expect([await opening('live'), await opening('app')]).toEqual([
    // The second looks up the name of that TURN server.
    ['live/call/ask-turn-software.ts', 'live/call/turn-relays.ts', 'live/journal/journal-line.ts'],
    [
      // Makes the demo customer by the service's own API; the others start the programs of the installation itself.
      'app/demo/console-client.ts',
      'app/embedded-postgres/postgres-server.ts',
      'app/embedded-postgres/run-to-end.ts',
      'app/supervisor/supervised-process.ts',
      'app/supervisor/unwritable-mounts.ts',
    ],
  ]);
});

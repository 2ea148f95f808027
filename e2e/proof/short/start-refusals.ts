/** Starts `live` and `records` of the build in every way that they have to refuse, and sees that they do. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { processRules } from '../../../server/src/app/process-rules.js';
import type { RefusalShown } from '../report/proof-outcome.js';

const AT_ONCE = 2;
const START_MS = 30_000;
const UNREACHABLE = 'postgres://nobody@127.0.0.1:1/none';

interface Attempt {
  readonly what: string;
  readonly process: 'live' | 'records';
  readonly env: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
  /** What the reason names. */
  readonly named: string;
}

export async function showStartRefusals(root: string, folder: string): Promise<readonly RefusalShown[]> {
  await mkdir(folder, { recursive: true });
  const attempts = processRules.flatMap(({ what, example }) =>
    (['live', 'records'] as const).map((process) => attemptOf(what, example, { process, folder })),
  );
  return inTurn(attempts, (attempt) => refuses(attempt, { root, folder }));
}

/** On the database of a running copy: what its owner may set is enough to be refused for. */
export async function showDatabaseRefusals(
  root: string,
  folder: string,
  databaseUrl: string,
): Promise<readonly RefusalShown[]> {
  await mkdir(folder, { recursive: true });
  const telling = new URL(databaseUrl);
  telling.searchParams.set('options', '-c debug_print_plan=on');
  const setting = await refuses(
    recordsOn(telling.href, { what: 'a database that logs statements', named: 'debug_print_plan' }),
    { root, folder },
  );
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query('CREATE PUBLICATION planted_copy');
    const publication = await refuses(
      recordsOn(databaseUrl, {
        what: 'a database that copies its tables',
        named: 'publication planted_copy',
      }),
      { root, folder },
    );
    return [setting, publication];
  } finally {
    await client.query('DROP PUBLICATION IF EXISTS planted_copy');
    await client.end();
  }
}

function recordsOn(url: string, { what, named }: { readonly what: string; readonly named: string }): Attempt {
  return { what, named, process: 'records', env: { DATABASE_URL: url }, flags: [] };
}

function attemptOf(
  what: string,
  example: string,
  { process, folder }: { readonly process: Attempt['process']; readonly folder: string },
): Attempt {
  const [named = ''] = example.split('=');
  const flags = example.startsWith('-') ? [example] : [];
  const value = example.slice(named.length + 1).replace('FOLDER', folder);
  return { what, named, process, flags, env: flags.length > 0 ? {} : { [named]: value } };
}

async function refuses(
  { what, process: name, env, flags, named }: Attempt,
  { root, folder }: { readonly root: string; readonly folder: string },
): Promise<RefusalShown> {
  const child = spawn(process.execPath, [...flags, join(root, 'server', 'dist', 'app', `${name}-main.js`)], {
    // Whatever a flag writes before the program can refuse falls here.
    cwd: folder,
    env: {
      PATH: '/usr/bin:/bin',
      DATABASE_URL: UNREACHABLE,
      JOURNAL_PORT: '1024',
      JOURNAL_SECRET: 's'.repeat(43),
      DATA_DIR: folder,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-20_000);
  });
  const late = setTimeout(() => child.kill('SIGKILL'), START_MS);
  const [code] = await once(child, 'close');
  clearTimeout(late);
  const reason = said.split('\n').some((line) => line.includes(named) && /must not|is '|: it /.test(line));
  return { what, process: name, refused: code === 1 && reason };
}

/** In the order given; a few at a time, since each is a program that starts. */
async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at];
      if (item !== undefined) results[at] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

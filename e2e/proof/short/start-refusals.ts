/** Starts `live` and `records` of the build in every way that they have to refuse, and sees that they do. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { processRules } from '../../../server/src/app/process-rules.js';
import { objectRules } from '../../../server/src/records/database/database-rules.js';
import { copyInstallation } from '../copy/installed-copy.js';
import type { Patch } from '../copy/patch.js';
import type { RefusalShown } from '../report/proof-outcome.js';
import { ownerMaySetAll, plantObjects, startDatabaseToRefuse } from './database-to-refuse.js';
import { connectionOptions, roundsOfValues } from './refused-values.js';

const AT_ONCE = 2;
const START_MS = 30_000;
const UNREACHABLE = 'postgres://nobody@127.0.0.1:1/none';
const ADAPTERS = {
  recovers: 'an adapter of socket.io that recovers connections',
  persists: 'an adapter of socket.io that keeps what passes',
} as const;

/** One start, and every refusal that it has to tell of. */
export interface Attempt {
  readonly process: 'live' | 'records';
  readonly env: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
  readonly faults: readonly { readonly what: string; readonly named: string }[];
}

/** `root` is the installation that is started; `folder` takes whatever a start writes before it refuses. */
interface Place {
  readonly root: string;
  readonly folder: string;
}

/** Every way: of the processes themselves, of the adapters that `live` is built with, and of the database. */
export async function showStartRefusals(root: string, folder: string): Promise<readonly RefusalShown[]> {
  await mkdir(folder, { recursive: true });
  const place = { root, folder };
  const ofProcesses = processRules.flatMap(({ what, example }) =>
    (['live', 'records'] as const).flatMap((process) => [
      attemptOf({ what, example, process, folder }),
      ...byVariable({ what, example, process }),
    ]),
  );
  // The installation stays as it is: what it cannot be set to from outside is built into a copy.
  const copy = await copyInstallation(root, [...otherAdapters, ...ownerMaySetAll]);
  try {
    const database = await startDatabaseToRefuse(copy.root, join(folder, 'postgres'));
    try {
      const rounds = roundsOfValues().map((broken) => ofSettings(database.url, broken));
      return [
        ...(await inTurn([...ofProcesses, ...rounds], (attempt) => refusals(attempt, place))).flat(),
        ...(await inTurn(ofAdapters, (attempt) => refusals(attempt, { ...place, root: copy.root }))).flat(),
        ...(await refusals(ofObjects(database.url, await plantObjects(database.url)), place)),
      ];
    } finally {
      await database.stop();
    }
  } finally {
    await copy.remove();
  }
}

const CREATE_LIVE = 'server/dist/live/create-live.js';

/** Which of them it is comes with the start, so that one copy serves both. */
const otherAdapters: readonly Patch[] = [
  {
    file: CREATE_LIVE,
    find: 'const io = new Server(http.server, {',
    where: 'before',
    put: `const InMemory = new Server().of('/').adapter.constructor;
    class PersistingAdapter extends InMemory {
        persisted = [];
        broadcast(packet, given) { this.persisted.push(packet); super.broadcast(packet, given); }
    }
    `,
  },
  {
    file: CREATE_LIVE,
    find: 'const io = new Server(http.server, {',
    where: 'after',
    put: `
        ...(process.env.PLANTED_ADAPTER === 'recovers' ? { connectionStateRecovery: {} } : {}),
        ...(process.env.PLANTED_ADAPTER === 'persists' ? { adapter: PersistingAdapter } : {}),`,
  },
];

const ofAdapters: readonly Attempt[] = Object.entries(ADAPTERS).map(([kind, what]) => ({
  process: 'live',
  env: { PLANTED_ADAPTER: kind },
  flags: [],
  faults: [{ what, named: 'in-memory adapter only' }],
}));

function ofSettings(url: string, broken: Parameters<typeof connectionOptions>[0]): Attempt {
  const telling = new URL(url);
  telling.searchParams.set('options', connectionOptions(broken));
  const faults = broken.map(({ setting, value }) => ({
    what: `a database with ${setting} at ${value}`,
    named: `${setting} is '`,
  }));
  return { process: 'records', env: { DATABASE_URL: telling.href }, flags: [], faults };
}

function ofObjects(url: string, names: readonly string[]): Attempt {
  const faults = objectRules.map(({ what }) => ({
    what: `a database with a ${what}`,
    // Of a kind that nobody has planted, no start names any: that counts as not refused.
    named: `${names.find((name) => name.startsWith(`${what} `)) ?? what}: `,
  }));
  return { process: 'records', env: { DATABASE_URL: url }, flags: [], faults };
}

function attemptOf({
  what,
  example,
  process,
  folder,
}: {
  readonly what: string;
  readonly example: string;
  readonly process: Attempt['process'];
  readonly folder: string;
}): Attempt {
  const [named = ''] = example.split('=');
  const flags = example.startsWith('-') ? [example] : [];
  const value = example.slice(named.length + 1).replace('FOLDER', folder);
  return { process, flags, env: flags.length > 0 ? {} : { [named]: value }, faults: [{ what, named }] };
}

/** The same flags as Node takes them from NODE_OPTIONS: as they are, and in quotes, which it takes off. */
export function byVariable({
  what,
  example,
  process: name,
}: {
  readonly what: string;
  readonly example: string;
  readonly process: Attempt['process'];
}): readonly Attempt[] {
  const [named = ''] = example.split('=');
  // With the others Node itself does not start.
  if (!process.allowedNodeEnvironmentFlags.has(named)) return [];
  const way = (how: string, options: string): Attempt => ({
    process: name,
    flags: [],
    env: { NODE_OPTIONS: options },
    faults: [{ what: `${what} (${how} NODE_OPTIONS)`, named }],
  });
  return [way('by', example), way('quoted in', `"${example}"`)];
}

export async function refusals(attempt: Attempt, place: Place): Promise<readonly RefusalShown[]> {
  const ended = await start(attempt, place);
  return attempt.faults.map(({ what, named }) => ({
    what,
    process: attempt.process,
    refused: isRefusal(ended, named),
  }));
}

/** How a start ended: its code, and its lines of errors. */
export interface StartEnded {
  readonly code: unknown;
  readonly said: readonly string[];
}

export function isRefusal({ code, said }: StartEnded, named: string): boolean {
  return code === 1 && said.some((line) => line.includes(named) && REASON.test(line));
}

/** A start may end for many reasons; this is one of those that promise something. */
const REASON = /must not|is '|: it |in-memory adapter only/;

export async function start(
  { process: name, env, flags }: Attempt,
  { root, folder }: Place,
): Promise<StartEnded> {
  const child = spawn(process.execPath, [...flags, join(root, 'server', 'dist', 'app', `${name}-main.js`)], {
    // Whatever a flag writes before the program can refuse falls here.
    cwd: folder,
    env: {
      PATH: '/usr/bin:/bin',
      DATABASE_URL: UNREACHABLE,
      LIVE_COUNTRY: 'FI',
      JOURNAL_PORT: '1024',
      JOURNAL_URL: 'ws://127.0.0.1:1024',
      JOURNAL_SECRET: 's'.repeat(43),
      LIVE_PORT: '0',
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
  return { code, said: said.split('\n') };
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

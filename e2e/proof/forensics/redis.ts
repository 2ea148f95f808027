/** Asks the Redis of a run whether it keeps anything, and searches every key that lies in it, and its files. */

import type { Detection } from '../detection.js';
import { Look } from '../detection.js';
import type { Scanner } from '../scan/scanner.js';
import { walkFiles } from '../scan/walk-files.js';
import type { RedisAccount, RedisAnswer } from './redis-talk.js';
import { RedisTalk } from './redis-talk.js';

export interface RedisOfRun {
  readonly port: number;
  /** Of one who may read everything. */
  readonly account?: RedisAccount;
  /** Where it would put its files. */
  readonly folder: string;
}

const KEEPS_NOTHING = { save: '', appendonly: 'no' } as const;

/** What a Redis breaks by its settings, and not by what it was given: one of a run's own is set so on purpose. */
export const rulesOfKeeping: ReadonlySet<string> = new Set(Object.keys(KEEPS_NOTHING).map(ruleOfKeeping));

/** While it runs: what it holds in memory alone is gone with it. Messages that it passed on, it has forgotten. */
export async function scanRunningRedis(scanner: Scanner, redis: RedisOfRun): Promise<Detection> {
  const look = new Look(scanner, 'redis');
  try {
    const talk = await RedisTalk.open(redis.port, redis.account);
    try {
      await askSettings(look, talk);
      await readKeys(look, talk);
    } finally {
      talk.close();
    }
  } catch (error) {
    look.notRun('redis: settings and keys', error instanceof Error ? error.message : 'it does not answer');
  }
  return look.end();
}

/** After its end: a snapshot or a log of it may lie there. */
export async function scanRedisFiles(scanner: Scanner, { folder }: RedisOfRun): Promise<Detection> {
  const look = new Look(scanner, 'redis');
  const before = scanner.bytesScanned.get('redis') ?? 0;
  await walkFiles(scanner, folder, { detector: 'redis' });
  return { ...look.end(), bytesScanned: (scanner.bytesScanned.get('redis') ?? 0) - before };
}

async function askSettings(look: Look, talk: RedisTalk): Promise<void> {
  for (const [name, value] of Object.entries(KEEPS_NOTHING)) {
    const answer = await talk.ask('CONFIG', 'GET', name);
    const found = Array.isArray(answer) ? answer[1] : undefined;
    if (!Buffer.isBuffer(found) || found.toString() !== value) look.broken(ruleOfKeeping(name), 'settings');
  }
}

function ruleOfKeeping(setting: string): string {
  return `Redis keeps data: ${setting}`;
}

/** The service may publish and subscribe only, so that there must be no key at all. */
async function readKeys(look: Look, talk: RedisTalk): Promise<void> {
  let cursor: RedisAnswer = Buffer.from('0');
  do {
    const answer: RedisAnswer = await talk.ask('SCAN', cursor, 'COUNT', '1000');
    const [next, keys] = Array.isArray(answer) ? (answer as readonly RedisAnswer[]) : [];
    if (!Buffer.isBuffer(next) || !Array.isArray(keys)) throw new Error('Redis answers in another way.');
    for (const key of keys.filter((each) => Buffer.isBuffer(each))) await readKey(look, talk, key);
    cursor = next;
  } while (cursor.toString() !== '0');
}

async function readKey(look: Look, talk: RedisTalk, key: Buffer): Promise<void> {
  look.broken('a key lies in Redis', 'keys');
  await look.bytes(key, 'keys');
  for (const question of [['GET'], ['LRANGE', '0', '-1'], ['HGETALL'], ['SMEMBERS'], ['XRANGE', '-', '+']]) {
    const [verb = '', ...rest] = question;
    // A question for another kind of value is refused.
    const answer = await talk.ask(verb, key, ...rest).catch(() => undefined);
    for (const bytes of buffersOf(answer)) await look.bytes(bytes, 'values');
  }
}

function buffersOf(answer: RedisAnswer): readonly Buffer[] {
  if (Buffer.isBuffer(answer)) return [answer];
  return Array.isArray(answer) ? (answer as readonly RedisAnswer[]).flatMap(buffersOf) : [];
}

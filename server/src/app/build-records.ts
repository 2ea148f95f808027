/** Wires `records`: the database, the journal's door, the console's and the replay's origins. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Records, SignUp } from '../http/index.js';
import { createRecords, provideSigningKeys } from '../http/index.js';
import type { Config } from './config.js';
import type { Logger } from './logger.js';
import type { RecordsSettings } from './records-settings.js';

const PURGE_EACH_MS = 6 * 3_600_000;
/** Whoever has waited for a start is served first. */
const SETTLE_MS = 1_000;
/** A basis that ends by its date has to have ended for people within a minute. */
const LOOK_EACH_MS = 30_000;

export interface BuiltRecords {
  /** Where `live` finds the journal. */
  readonly journalUrl: string;
  close(): Promise<void>;
}

export async function buildRecords(
  settings: RecordsSettings,
  { logger, root }: { readonly logger: Logger; readonly root: string },
): Promise<BuiltRecords> {
  const { places, database, journal } = settings;
  const records = await createRecords({
    databaseUrl: database.ownerUrl,
    appDatabaseUrl: database.appUrl,
    storageCountry: settings.storageCountry,
    storageHost: settings.storageHost,
    liveCountry: settings.liveCountry,
    liveHost: settings.liveHost,
    privateStores: settings.privateStores,
    journalSecret: journal.secret,
    signingKeys: await provideSigningKeys(settings.keysFolder),
    consoleOrigin: places.console.origin,
    erasureLedger: join(settings.keysFolder, '..', 'ledger', 'erasures'),
    replayOrigin: places.replay.origin,
    liveOrigin: places.live.origin,
    signUp: signUpOf(settings.signUp),
    staticRoots: {
      sdk: join(root, 'visitor-sdk', 'dist', 'sdk', 'v1'),
      console: join(root, 'agent-console', 'dist'),
      replay: join(root, 'agent-console', 'dist', 'replay'),
    },
    proof: { folder: settings.proofFolder, keysFolder: settings.keysFolder },
    version: await readVersion(root),
    trustedProxies: settings.trustedProxies,
    tls: settings.tls,
    logger,
    clock: () => Date.now(),
  });
  try {
    // The channel is plain, so that it stays on this machine wherever the other servers listen.
    const { url } = await records.listenJournal('127.0.0.1', journal.port);
    await records.consoleApp.listen({ host: settings.host, port: places.console.port, backlog: 4096 });
    await records.replayApp.listen({ host: settings.host, port: places.replay.port });
    tellOfAgreements(records, logger);
    const stopPurging = purgeRegularly(records, logger);
    const stopLooking = lookRegularly(records, logger);
    return {
      journalUrl: url,
      close: async () => {
        stopPurging();
        stopLooking();
        await records.close();
      },
    };
  } catch (error) {
    await records.close();
    throw error;
  }
}

/** After an update as well: whoever runs the installation learns that customers have something to record. */
function tellOfAgreements({ core }: Records, logger: Logger): void {
  core.agreements.countWithout().then(
    (customers) => logger.info('agreements:missing', { customers }),
    () => logger.warn('agreements:notCounted'),
  );
}

function signUpOf({ signUp, signUpCode }: Config['records']): SignUp {
  if (signUp === 'code' && signUpCode !== undefined) return { mode: 'code', code: signUpCode };
  return signUp === 'open' ? { mode: 'open' } : { mode: 'closed' };
}

/** What is past its time goes soon after the start and a few times a day. */
function purgeRegularly(records: Records, logger: Logger): () => void {
  const purge = (): void => {
    records.purge().then(
      (rows) => logger.info('retention:purged', { rows }),
      () => logger.error('retention:failed'),
    );
  };
  return regularly(purge, PURGE_EACH_MS);
}

/** Dates pass and editions of the register change without anybody's doing. */
function lookRegularly(records: Records, logger: Logger): () => void {
  const look = (): void => {
    records.endLapsed().then(
      (ended) => ended > 0 && logger.info('transfer:lapsed', { ended }),
      () => logger.warn('transfer:lookFailed'),
    );
    records.endLostSharing().catch(() => logger.warn('lost:lookFailed'));
    records.takeBackBeginnings().catch(() => logger.warn('beginnings:lookFailed'));
  };
  return regularly(look, LOOK_EACH_MS);
}

function regularly(work: () => void, eachMs: number): () => void {
  const first = setTimeout(work, SETTLE_MS);
  const timer = setInterval(work, eachMs);
  first.unref();
  timer.unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}

async function readVersion(root: string): Promise<string> {
  const description: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const version =
    typeof description === 'object' && description !== null ? Reflect.get(description, 'version') : '';
  return typeof version === 'string' ? version : '';
}

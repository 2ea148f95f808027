/** `records` without its servers, for commands on the installation's own machine, while it runs or not. */

import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RecordsCore, RecordsLogger } from '../records/index.js';
import { createRecordsCore, provideSigningKeys } from '../records/index.js';
import { type Config, readConfig } from './config.js';
import { EmbeddedPostgresFailure, runningPostgresUrl } from './embedded-postgres/index.js';
import { settlePlaces } from './settled-places.js';
import { type DatabaseServer, openDatabase } from './supervisor/database-server.js';
import { sayError } from './supervisor/say.js';
import { StartFailure } from './supervisor/start-failure.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
/** What goes wrong is told to the person who asked, and not to a log. */
const silent: RecordsLogger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Says what went wrong to whoever asked, and ends with 1 for it. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const isTold = error instanceof StartFailure || error instanceof EmbeddedPostgresFailure;
    sayError(
      isTold
        ? `alongside: ${error.message}`
        : 'alongside: the database does not answer; nothing was changed.',
    );
    process.exitCode = 1;
  }
}

/** With the settings of the installation; who may read its data folder may do this. */
export async function withCore(
  work: (core: RecordsCore, consoleOrigin: string) => Promise<void>,
): Promise<void> {
  const reading = readConfig();
  if (!reading.ok) throw new StartFailure(reading.faults.join('\n'));
  const { config } = reading;
  const dataDir = resolve(root, config.dataDir);
  const database = await databaseOf(config, dataDir);
  try {
    const { console: place } = await settlePlaces(config);
    const core = await createRecordsCore({
      databaseUrl: database.address.ownerUrl,
      appDatabaseUrl: database.address.appUrl,
      storageCountry: config.records.storageCountry,
      storageHost: config.records.storageHost,
      // No journal is opened here.
      journalSecret: randomBytes(32).toString('base64url'),
      signingKeys: await provideSigningKeys(join(dataDir, 'keys')),
      consoleOrigin: place.origin,
      logger: silent,
      clock: () => Date.now(),
    });
    try {
      await work(core, place.origin);
    } finally {
      await core.close();
    }
  } finally {
    await database.stop();
  }
}

/** The embedded one belongs to the installation while that runs, and is started for this alone otherwise. */
async function databaseOf(config: Config, dataDir: string): Promise<DatabaseServer> {
  try {
    return await openDatabase(config, dataDir);
  } catch (error) {
    const { cause } = error as Error;
    if (!(cause instanceof EmbeddedPostgresFailure) || cause.fault !== 'dataFolderInUse') throw error;
    const folder = join(dataDir, 'postgres');
    const [ownerUrl, appUrl] = await Promise.all([
      runningPostgresUrl(folder, 'owner'),
      runningPostgresUrl(folder, 'app'),
    ]);
    return { address: { ownerUrl, appUrl }, stop: async () => undefined };
  }
}

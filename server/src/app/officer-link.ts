/**
 * `npm run officer-link -- EMAIL`: lets an officer in again whom nobody else can, with a one-time link. Asked on the
 * installation's own machine, with its settings, while it runs or not: who may read its data folder may do this.
 */

import './start-guard.js';
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RecordsLogger } from '../records/index.js';
import { createRecordsCore, provideSigningKeys } from '../records/index.js';
import { type Config, readConfig } from './config.js';
import { EmbeddedPostgresFailure, runningPostgresUrl } from './embedded-postgres/index.js';
import { settlePlaces } from './settled-places.js';
import { type DatabaseServer, openDatabase } from './supervisor/database-server.js';
import { say, sayError } from './supervisor/say.js';
import { StartFailure } from './supervisor/start-failure.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
/** What goes wrong is told to the person who asked, and not to a log. */
const silent: RecordsLogger = { info: () => undefined, warn: () => undefined, error: () => undefined };

try {
  await run(process.argv.slice(2));
} catch (error) {
  const isTold = error instanceof StartFailure || error instanceof EmbeddedPostgresFailure;
  sayError(
    isTold ? `alongside: ${error.message}` : 'alongside: the database does not answer; nothing was changed.',
  );
  process.exitCode = 1;
}

async function run([email, ...more]: readonly string[]): Promise<void> {
  if (email === undefined || more.length > 0)
    throw new StartFailure('Say whom: npm run officer-link -- EMAIL');
  const reading = readConfig();
  if (!reading.ok) throw new StartFailure(reading.faults.join('\n'));
  const { config } = reading;
  const dataDir = resolve(root, config.dataDir);
  const database = await databaseOf(config, dataDir);
  try {
    await showLinks(email.trim().toLowerCase(), { config, dataDir, database });
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

async function showLinks(
  email: string,
  { config, dataDir, database }: { config: Config; dataDir: string; database: DatabaseServer },
): Promise<void> {
  const { console: place } = await settlePlaces(config);
  const core = await createRecordsCore({
    databaseUrl: database.address.ownerUrl,
    appDatabaseUrl: database.address.appUrl,
    storageCountry: config.records.storageCountry,
    // No journal is opened here.
    journalSecret: randomBytes(32).toString('base64url'),
    signingKeys: await provideSigningKeys(join(dataDir, 'keys')),
    consoleOrigin: place.origin,
    logger: silent,
    clock: () => Date.now(),
  });
  try {
    const links = await core.people.officerLinks(email);
    if (links.length === 0)
      throw new StartFailure(`No enabled officer has the address ${email}. Nothing was changed.`);
    for (const { customerName, enrolUrl } of links) say(`${customerName}: ${enrolUrl}`);
    say('Each link works once, for 72 hours. The password of before and every session have ended.');
  } finally {
    await core.close();
  }
}

/** The process `records`: started by `main` with its settings, or alone with its own environment. */

import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildRecords } from './build-records.js';
import { readConfig } from './config.js';
import { createLogger, standardOutput } from './logger.js';
import type { RecordsSettings } from './records-settings.js';
import { recordsSettings } from './records-settings.js';
import { settlePlaces } from './settled-places.js';
import type { Running } from './supervised.js';
import { runStartable } from './supervised.js';
import { StartFailure } from './supervisor/start-failure.js';
import { readTlsMaterial } from './supervisor/tls-material.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const output = standardOutput();

/** Settings come from the supervisor, which is the same program, or from `ownSettings`. */
async function start(given: unknown): Promise<Running> {
  const settings = given as RecordsSettings;
  const logger = createLogger({ process: 'records', level: settings.logLevel, to: output });
  const { journalUrl, close } = await buildRecords(settings, { logger, root });
  logger.info('records:listening', { port: settings.places.console.port });
  return { facts: { journalUrl }, close };
}

async function ownSettings(): Promise<RecordsSettings> {
  const reading = readConfig();
  if (!reading.ok) throw new StartFailure(reading.faults.join('\n'));
  const { config } = reading;
  const { ownerUrl, appUrl } = config.database;
  const { port, secret } = config.journal;
  if (ownerUrl === undefined || secret === undefined || port === 0) {
    throw new StartFailure(
      'DATABASE_URL, JOURNAL_PORT and JOURNAL_SECRET are wanted by a records that is started alone.',
    );
  }
  return recordsSettings(config, {
    places: await settlePlaces(config),
    database: { ownerUrl, appUrl },
    journal: { port, secret },
    tls: await readTlsMaterial(config.tlsFiles),
    keysFolder: join(resolve(root, config.dataDir), 'keys'),
    proofFolder: join(resolve(root, config.dataDir), 'proof'),
  });
}

export function runRecordsProcess(): Promise<void> {
  return runStartable({ ownSettings, start, flush: () => output.flush() });
}

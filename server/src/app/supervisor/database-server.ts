/** The database of the installation: the one that was given, or the embedded one. */

import { join } from 'node:path';
import type { Config } from '../config.js';
import { EmbeddedPostgresFailure, startEmbeddedPostgres } from '../embedded-postgres/index.js';
import type { RecordsSettings } from '../records-settings.js';
import { say, sayError } from './say.js';
import { StartFailure } from './start-failure.js';

export interface DatabaseServer {
  readonly address: RecordsSettings['database'];
  stop(): Promise<void>;
}

export async function openDatabase(config: Config, dataDir: string): Promise<DatabaseServer> {
  const { ownerUrl, appUrl } = config.database;
  if (ownerUrl !== undefined) return { address: { ownerUrl, appUrl }, stop: async () => undefined };
  try {
    const postgres = await startEmbeddedPostgres({
      dataDir: join(dataDir, 'postgres'),
      onProgress: (progress) => {
        if (progress === 'creating') say('  database: making it, once …');
        else if (progress === 'recovering') say('  database: an earlier start was killed; recovering …');
        else if (progress === 'lost') sayError('  database: it ended; it is started again.');
        else if (progress === 'restarted') say('  database: it runs again.');
      },
    });
    return {
      address: { ownerUrl: postgres.url('owner'), appUrl: postgres.url('app') },
      stop: () => postgres.stop(),
    };
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresFailure)) throw error;
    throw new StartFailure(`The embedded Postgres does not start: ${error.message}.`, { cause: error });
  }
}

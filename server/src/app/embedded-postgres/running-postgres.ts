/** The embedded Postgres of an installation that runs, for a command that somebody gives beside it. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE, ROLES } from './cluster.js';
import { clusterFolder, passwordFile } from './data-folder.js';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure.js';
import { type DatabaseRole, readPasswords } from './passwords.js';

/** Holds a password: for a connection, never for a log. */
export async function runningPostgresUrl(dataDir: string, role: DatabaseRole): Promise<string> {
  const passwords = await readPasswords(passwordFile(dataDir));
  // The fourth line of this file is the server's port.
  const text = await readFile(join(clusterFolder(dataDir), 'postmaster.pid'), 'utf8').catch(() => '');
  const port = Number(text.split('\n')[3]);
  if (!Number.isInteger(port) || port <= 0) {
    throw new EmbeddedPostgresFailure('doesNotStart', 'it is just starting or ending; try again in a moment');
  }
  return `postgres://${ROLES[role]}:${passwords[role]}@127.0.0.1:${port}/${DATABASE}`;
}

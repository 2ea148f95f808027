/** What `live` and `records` know and nobody else: made at the first start, kept in the data folder. */

import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivateFile } from '../embedded-postgres/private-folder.js';

export interface KeptSecrets {
  readonly journalSecret: string;
}

export async function keepSecrets(folder: string): Promise<KeptSecrets> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return {
    journalSecret: await keep(join(folder, 'journal-secret'), () => randomBytes(32).toString('base64url')),
  };
}

async function keep(file: string, make: () => string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (kept !== undefined) return kept;
  const made = make();
  await writePrivateFile(file, made);
  return made;
}

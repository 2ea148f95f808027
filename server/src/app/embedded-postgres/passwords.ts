/** The passwords of the two roles: made once, kept in a file that only this account may read. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure.js';
import { writePrivateFile } from './private-folder.js';

/** `owner` owns the database and runs migrations; `app` may do what migrations grant it, and nothing else. */
export type DatabaseRole = 'owner' | 'app';
export type Passwords = Readonly<Record<DatabaseRole, string>>;

export function makePasswords(): Passwords {
  return { owner: randomBytes(24).toString('hex'), app: randomBytes(24).toString('hex') };
}

export async function keepPasswords(file: string, passwords: Passwords): Promise<void> {
  await writePrivateFile(file, JSON.stringify(passwords));
}

export async function readPasswords(file: string): Promise<Passwords> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (isPasswords(value)) return { owner: value.owner, app: value.app };
    throw new Error('the file does not hold both passwords');
  } catch (error) {
    const message = 'the passwords of its data folder cannot be read; restore the folder as a whole';
    throw new EmbeddedPostgresFailure('dataFolderUnusable', message, { cause: error });
  }
}

function isPasswords(value: unknown): value is Passwords {
  if (typeof value !== 'object' || value === null || !('owner' in value) || !('app' in value)) return false;
  return typeof value.owner === 'string' && typeof value.app === 'string';
}

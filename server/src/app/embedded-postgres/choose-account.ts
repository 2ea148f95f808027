/** As which account Postgres runs: it refuses root, so a start by root needs another way. */
import { readFile } from 'node:fs/promises';
import type { Account } from './account.js';
import type { Owner } from './private-folder.js';
import { runToEnd } from './run-to-end.js';

const NOBODY = 65_534;

/**
 * In a user namespace of its own, a process started by root looks like nobody to itself while its files stay
 * root's: no account is created, and it works below folders that only root may enter. Where namespaces are
 * refused (some containers), an existing account is used.
 */
export async function chooseAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return { prefix: [], identity: {} };
  const prefix = ['unshare', '--user', `--map-user=${NOBODY}`, '--'];
  const [command = '', ...args] = [...prefix, 'true'];
  if ((await runToEnd({ command, args })).ok) return { prefix, identity: {} };
  return existingAccount();
}

/** `postgres` where a package made it, else `nobody`, which every system has. */
export async function existingAccount(): Promise<Account> {
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const owner = findOwner(accounts, 'postgres') ??
    findOwner(accounts, 'nobody') ?? { uid: NOBODY, gid: NOBODY };
  return { prefix: [], identity: { ...owner }, owner };
}

function findOwner(accounts: string, name: string): Owner | undefined {
  const fields = accounts
    .split('\n')
    .map((line) => line.split(':'))
    .find(([first]) => first === name);
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return Number.isInteger(uid) && Number.isInteger(gid) && uid > 0 ? { uid, gid } : undefined;
}

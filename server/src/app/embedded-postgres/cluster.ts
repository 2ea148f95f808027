/** The files of the database: made at the first start, checked at every later one. */
import { chown, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.js';
import { clusterFolder, passwordFile, unfinishedClusterFolder } from './data-folder.js';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure.js';
import { keepPasswords, makePasswords, type Passwords, readPasswords } from './passwords.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { firstSettings } from './postgres-settings.js';
import { makeFolder } from './private-folder.js';
import { type ProgramEnd, runToEnd } from './run-to-end.js';

export const DATABASE = 'alongside';
export const ROLES = { owner: 'alongside_owner', app: 'alongside_app' } as const;
/** Exists for the first start only: no address of the network lets it in. */
const SUPERUSER = 'postgres';

export interface ClusterSite {
  readonly dataDir: string;
  readonly binaries: PostgresBinaries;
  readonly account: Account;
}

/** Returns the passwords of the cluster, which it makes where there is none yet. */
export async function prepareCluster(site: ClusterSite, onMake: () => void): Promise<Passwords> {
  const { dataDir, binaries, account } = site;
  const version = await readFile(join(clusterFolder(dataDir), 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) {
    onMake();
    return makeCluster(site);
  }
  if (version.trim() !== binaries.major) {
    const found = `its data folder holds data of Postgres ${version.trim()}, and this is ${binaries.major}`;
    throw new EmbeddedPostgresFailure(
      'otherVersion',
      `${found}; move the data over with pg_dump of that version`,
    );
  }
  await checkOwner(clusterFolder(dataDir), account);
  return readPasswords(passwordFile(dataDir));
}

/** Made under another name and renamed at the end: a start that is interrupted leaves nothing half done. */
async function makeCluster(site: ClusterSite): Promise<Passwords> {
  const folder = unfinishedClusterFolder(site.dataDir);
  await rm(folder, { recursive: true, force: true });
  await makeFolder(folder, site.account.owner);
  const passwords = makePasswords();
  failUnless(await initialise(site, folder), 'its files could not be made');
  await writeAccessRules(folder, site.account);
  failUnless(await createRoles(site, { folder, passwords }), 'its database could not be made');
  await keepPasswords(passwordFile(site.dataDir), passwords);
  await rename(folder, clusterFolder(site.dataDir));
  return passwords;
}

function initialise({ binaries, account }: ClusterSite, folder: string): Promise<ProgramEnd> {
  const args = [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    '--auth=reject',
    '--encoding=UTF8',
    // Sorting that depends neither on the machine's locales nor on the version of a library.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--data-checksums',
  ];
  return runToEnd({ command: binaries.initdb, args, account, libraryFolder: binaries.libraryFolder });
}

/** Two roles, one database, over loopback, with a password; whatever is not listed is refused. */
async function writeAccessRules(folder: string, account: Account): Promise<void> {
  const file = join(folder, 'pg_hba.conf');
  await writeFile(file, `host ${DATABASE} ${ROLES.owner},${ROLES.app} 127.0.0.1/32 scram-sha-256\n`, {
    mode: 0o600,
  });
  if (account.owner) await chown(file, account.owner.uid, account.owner.gid);
}

/** In single-user mode a server needs no network and nobody's password; each line is one statement. */
async function createRoles(
  { binaries, account }: ClusterSite,
  { folder, passwords }: { folder: string; passwords: Passwords },
): Promise<ProgramEnd> {
  const statements = [
    `CREATE ROLE ${ROLES.owner} LOGIN CREATEROLE PASSWORD '${passwords.owner}'`,
    `CREATE ROLE ${ROLES.app} LOGIN PASSWORD '${passwords.app}'`,
    `GRANT ${ROLES.app} TO ${ROLES.owner} WITH ADMIN OPTION`,
    `CREATE DATABASE ${DATABASE} OWNER ${ROLES.owner}`,
    `REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${DATABASE} TO ${ROLES.app}`,
  ];
  const end = await runToEnd({
    command: binaries.postgres,
    args: ['--single', '-D', folder, ...firstSettings(), 'postgres'],
    input: `${statements.join(';\n')};\n`,
    account,
    libraryFolder: binaries.libraryFolder,
  });
  // A statement that fails does not end single-user mode, so what it says counts as well.
  return { ...end, ok: end.ok && end.complaint === '' };
}

/** A folder made by a start as root under another account, or the other way round, would fail with less clear words. */
async function checkOwner(cluster: string, account: Account): Promise<void> {
  const wanted = account.owner?.uid ?? process.getuid?.();
  const { uid } = await stat(cluster);
  if (wanted === undefined || uid === wanted) return;
  if (account.owner && process.getuid?.() === 0 && uid === 0) {
    const message =
      'its data belongs to root and user namespaces are refused here; start as an ordinary user';
    throw new EmbeddedPostgresFailure('dataFolderUnusable', message);
  }
  const message = `its data belongs to account ${uid}; start as that one or set another data folder`;
  throw new EmbeddedPostgresFailure('dataFolderUnusable', message);
}

function failUnless(end: ProgramEnd, what: string): void {
  if (!end.ok) throw new EmbeddedPostgresFailure('dataFolderUnusable', `${what}: ${end.complaint}`);
}

/** Clusters that are made once a run, and copied by every test that needs a Postgres of its own: an empty one, and one with all tables. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { chooseAccount } from '../src/app/embedded-postgres/choose-account.js';
import { DATABASE } from '../src/app/embedded-postgres/cluster.js';
import { clusterFolder, libraryFolder } from '../src/app/embedded-postgres/data-folder.js';
import { startEmbeddedPostgres } from '../src/app/embedded-postgres/index.js';
import { linkPostgresBinaries } from '../src/app/embedded-postgres/postgres-binaries.js';
import { runToEnd } from '../src/app/embedded-postgres/run-to-end.js';
import { migrate } from '../src/records/database/data-source.js';

declare module 'vitest' {
  interface ProvidedContext {
    clusterTemplate: string;
    migratedTemplate: string;
  }
}

const LOG_HEAD = 8_192;
const LOG_TAIL = 1_048_576;

/** vitest calls it before the first test; what it returns comes after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'alongside-template-'));
  await chmod(folder, 0o711);
  const empty = join(folder, 'postgres');
  await (await startEmbeddedPostgres({ dataDir: empty })).stop();
  await dropUnused(empty);
  project.provide('clusterTemplate', empty);
  project.provide('migratedTemplate', await migratedCopy(empty, join(folder, 'migrated')));
  return () => rm(folder, { recursive: true, force: true });
}

/** The databases that nobody may enter are two thirds of the files, and each copy of a file costs. */
async function dropUnused(dataDir: string): Promise<void> {
  const account = await chooseAccount();
  const { postgres, libraryFolder: libraries } = await linkPostgresBinaries(
    libraryFolder(dataDir),
    account.owner,
  );
  const statements = [
    'DROP DATABASE postgres',
    "UPDATE pg_database SET datistemplate = false WHERE datname LIKE 'template%'",
    'DROP DATABASE template0',
    'DROP DATABASE template1',
  ];
  const end = await runToEnd({
    command: postgres,
    args: ['--single', '-D', clusterFolder(dataDir), DATABASE],
    input: `${statements.join(';\n')};\n`,
    account,
    libraryFolder: libraries,
  });
  if (!end.ok) throw new Error(`The template could not be made smaller: ${end.complaint}`);
}

/** All tables are there already: to make them for each file of tests anew takes a third of the time of many. */
async function migratedCopy(template: string, dataDir: string): Promise<string> {
  await copyCluster(template, dataDir);
  const postgres = await startEmbeddedPostgres({ dataDir });
  await migrate({ ownerUrl: postgres.url('owner') });
  await postgres.stop();
  await emptyLog(dataDir);
  return dataDir;
}

/**
 * After an orderly end only the last record of the write-ahead log is read, and the head of its file: what lies between
 * becomes a hole, which costs a copy nothing.
 */
async function emptyLog(dataDir: string): Promise<void> {
  const folder = join(clusterFolder(dataDir), 'pg_wal');
  for (const name of (await readdir(folder)).filter((each) => /^[0-9A-F]{24}$/.test(each))) {
    const path = join(folder, name);
    const log = await readFile(path);
    const end = log.findLastIndex((byte) => byte !== 0);
    log.fill(0, LOG_HEAD, Math.max(LOG_HEAD, end - LOG_TAIL));
    await writeFile(path, log);
  }
}

/** With the owner of each file, which is not who runs the tests where that is root. */
export async function copyCluster(template: string, dataDir: string): Promise<void> {
  await promisify(execFile)('cp', ['--archive', '--reflink=auto', '--sparse=always', template, dataDir]);
}

/** Clusters that are made once a run, and copied by every test that needs a Postgres of its own: an empty one, and one with all tables. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { chooseAccount } from '../src/app/embedded-postgres/choose-account.js';
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

/** The databases that nobody may enter are two fifths of the files, and each copy of a file costs. */
async function dropUnused(dataDir: string): Promise<void> {
  const account = await chooseAccount();
  const { postgres, libraryFolder: libraries } = await linkPostgresBinaries(
    libraryFolder(dataDir),
    account.owner,
  );
  const statements = [
    'DROP DATABASE postgres',
    "UPDATE pg_database SET datistemplate = false WHERE datname = 'template0'",
    'DROP DATABASE template0',
  ];
  const end = await runToEnd({
    command: postgres,
    args: ['--single', '-D', clusterFolder(dataDir), 'template1'],
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
  return dataDir;
}

/** With the owner of each file, which is not who runs the tests where that is root. */
export async function copyCluster(template: string, dataDir: string): Promise<void> {
  await promisify(execFile)('cp', ['--archive', '--reflink=auto', template, dataDir]);
}

/** A new, empty cluster that is made once a run, and copied by every test that needs a Postgres of its own. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../src/app/embedded-postgres/index.js';

declare module 'vitest' {
  interface ProvidedContext {
    clusterTemplate: string;
  }
}

/** vitest calls it before the first test; what it returns comes after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'alongside-template-'));
  await chmod(folder, 0o711);
  const dataDir = join(folder, 'postgres');
  const postgres = await startEmbeddedPostgres({ dataDir });
  await postgres.stop();
  project.provide('clusterTemplate', dataDir);
  return () => rm(folder, { recursive: true, force: true });
}

/** With the owner of each file, which is not who runs the tests where that is root. */
export async function copyCluster(template: string, dataDir: string): Promise<void> {
  await promisify(execFile)('cp', ['--archive', '--reflink=auto', template, dataDir]);
}

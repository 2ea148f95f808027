/** Finds the PostgreSQL that npm installed for this platform and makes it runnable without its install script. */
import { readdir, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure.js';
import { makeFolder, type Owner } from './private-folder.js';

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  /** Major version, as a cluster's PG_VERSION file names it. */
  readonly major: string;
  readonly libraryFolder: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** The libraries' short names are links that an install script would make; ours lie in the data folder. */
export async function linkPostgresBinaries(libraryFolder: string, owner?: Owner): Promise<PostgresBinaries> {
  const { folder, major } = await findPackage();
  const native = join(folder, 'native');
  // Made anew at every start: the package may have moved or changed since the last one.
  await rm(libraryFolder, { recursive: true, force: true });
  await makeFolder(libraryFolder, owner);
  const libraries = (await readdir(join(native, 'lib'))).filter((name) => name.includes('.so'));
  const wanted = new Map(libraries.map((name) => [name, join(native, 'lib', name)]));
  for (const { source, target } of await readLinks(native)) {
    if (dirname(target) === 'native/lib') wanted.set(basename(target), join(folder, source));
  }
  for (const [name, source] of wanted) await symlink(source, join(libraryFolder, name));
  const bin = join(native, 'bin');
  return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb'), major, libraryFolder };
}

async function findPackage(): Promise<{ folder: string; major: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = dirname(dirname(entry));
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    return { folder, major: readMajor(manifest) };
  } catch (error) {
    const message = `the package ${name} is not installed; set DATABASE_URL to use a Postgres of your own`;
    throw new EmbeddedPostgresFailure('noBinaries', message, { cause: error });
  }
}

function readMajor(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    const [major] = String(manifest.version).split('.');
    if (major) return major;
  }
  throw new Error('the package names no version');
}

async function readLinks(native: string): Promise<readonly Link[]> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed.filter(isLink) : [];
}

function isLink(value: unknown): value is Link {
  return typeof value === 'object' && value !== null && 'source' in value && 'target' in value;
}

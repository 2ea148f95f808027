/** A throw-away copy of the installed build: what may be patched is copied, what is only run with is linked. */

import { access, chmod, cp, mkdir, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { linkPackages } from './linked-packages.js';
import type { Patch } from './patch.js';
import { applyPatches } from './patch.js';
import { renewIntegrity } from './script-integrity.js';

/** The four packages, the server, and what it serves; each with its own description. */
const PARTS = ['server', 'visitor-sdk', 'agent-console', 'infra/demo-shop'];

export interface InstalledCopy {
  readonly root: string;
  remove(): Promise<void>;
}

/** `root` is the installation: a repository that was built, or what was installed of one. */
export async function copyInstallation(root: string, patches: readonly Patch[]): Promise<InstalledCopy> {
  const copy = await mkdtemp(join(tmpdir(), 'alongside-copy-'));
  const remove = () => rm(copy, { recursive: true, force: true, maxRetries: 5 });
  try {
    await fill(root, copy);
    const changed = await applyPatches(copy, patches);
    if (changed.some((file) => file.startsWith('visitor-sdk/'))) await renewIntegrity(copy);
    // As open or as private as the installation is: `main` stages a bundle of `live` below a private one.
    await chmod(copy, (await isOpenToOthers(root)) ? 0o755 : 0o700);
  } catch (error) {
    await remove();
    throw error;
  }
  return { root: copy, remove };
}

async function fill(root: string, copy: string): Promise<void> {
  const packages = (await readdir(join(root, 'packages'))).map((name) => `packages/${name}`);
  const parts: string[] = [];
  for (const part of [...packages, ...PARTS]) {
    if (await exists(join(root, part, 'dist'))) parts.push(part);
  }
  await cp(join(root, 'package.json'), join(copy, 'package.json'));
  for (const part of parts) await copyPart(join(root, part), join(copy, part));
  await linkPackages(
    root,
    copy,
    parts.filter((part) => part !== 'visitor-sdk' && part !== 'agent-console' && part !== 'infra/demo-shop'),
  );
  await mkdir(join(copy, 'node_modules/@alongside'), { recursive: true });
  for (const part of packages.filter((each) => parts.includes(each))) {
    const name = part.slice('packages/'.length);
    await symlink(join('../..', part), join(copy, 'node_modules/@alongside', name));
  }
}

async function copyPart(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  // The demo shop is a bundle and has no description of its own.
  const description = join(from, 'package.json');
  if (await exists(description)) await cp(description, join(to, 'package.json'));
  await cp(join(from, 'dist'), join(to, 'dist'), {
    recursive: true,
    // By their times it is known whether the programs in one file still say what the modules say: where nothing is
    // patched these are what runs, as in the installation.
    preserveTimestamps: true,
    filter: (source) => !/\.d\.ts(\.map)?$|\.js\.map$|\.tsbuildinfo$|\.tgz$/.test(source),
  });
}

async function isOpenToOthers(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o1) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

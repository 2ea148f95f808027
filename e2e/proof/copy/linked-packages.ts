/** The packages that the service runs with, linked into the copy: none of them is ever written to. */

import { constants } from 'node:fs';
import { access, copyFile, link, mkdir, readdir, readFile, readlink, symlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** Needed by a start of root below a private folder, which bundles `live`; absent from an image, which is open. */
const BUNDLER = 'esbuild';

/** What no program reads: a third of all files. */
const FOR_PEOPLE = /\.(map|md|markdown|d\.[cm]?ts)$/;

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A real tree and not a link to the whole: Node's permission model looks at where a file really lies. */
export async function linkPackages(root: string, copy: string, starters: readonly string[]): Promise<void> {
  const folders = await packageFolders(root, starters);
  // A package inside another one comes along with that.
  const tops = folders.filter((each) => !folders.some((other) => each.startsWith(`${other}${sep}`)));
  for (const folder of tops) await linkTree(folder, join(copy, relative(root, folder)));
}

async function packageFolders(root: string, starters: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  const visit = async (folder: string): Promise<void> => {
    const manifest = await readManifest(folder);
    const names = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
    for (const name of names.filter((each) => !each.startsWith('@alongside/'))) {
      const place = await findPackage(root, folder, name);
      if (place === undefined || found.has(place)) continue;
      found.add(place);
      await visit(place);
    }
  };
  for (const starter of starters) await visit(join(root, starter));
  const bundler = await findPackage(root, root, BUNDLER);
  if (bundler !== undefined) {
    found.add(bundler);
    await visit(bundler);
  }
  return [...found];
}

/** As Node looks for it: in every folder upwards. What is for another platform is not there. */
async function findPackage(root: string, from: string, name: string): Promise<string | undefined> {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    const exists = await access(join(place, 'package.json'), constants.R_OK).then(
      () => true,
      () => false,
    );
    if (exists) return place;
  }
  return undefined;
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
}

async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      if (FOR_PEOPLE.test(entry.name)) return;
      const [source, target] = [join(from, entry.name), join(to, entry.name)];
      if (entry.isDirectory()) return linkTree(source, target);
      if (entry.isSymbolicLink()) return symlink(await readlink(source), target);
      // Another disk, or files of another account: then it is copied.
      return link(source, target).catch(() => copyFile(source, target, constants.COPYFILE_FICLONE));
    }),
  );
}

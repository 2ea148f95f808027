/** Holds the built assets and pictures in memory; nothing is read from disk once the shop is up. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface StaticFile {
  readonly bytes: Buffer;
  readonly type: string;
  readonly tag: string;
}

const types: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.webp', 'image/webp'],
]);

/** Keyed by the path of the URL, as `/assets/style.css`. */
export async function loadStaticFiles(directory: string): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  for (const folder of ['assets', 'media']) {
    for (const name of await readdir(join(directory, folder))) {
      const type = types.get(extname(name));
      if (type === undefined) continue;
      const bytes = await readFile(join(directory, folder, name));
      const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
      files.set(`/${folder}/${name}`, { bytes, type, tag });
    }
  }

  return files;
}

/** Beside the bundle when it runs built, in `dist` when it runs from source. */
export function builtDirectory(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const found = [here, join(here, '../dist')].find((directory) => existsSync(join(directory, 'assets')));
  if (found === undefined)
    throw new Error('The demo shop is not built: run `node infra/demo-shop/build.mjs`.');

  return found;
}

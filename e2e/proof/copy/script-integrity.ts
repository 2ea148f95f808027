/** The loader names its parts with their hashes: a patched part gets its new one, or no browser would run it. */

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = 'visitor-sdk/dist/sdk/v1';
const LIST = 'integrity.json';

interface IntegrityList {
  readonly pinned: string;
  readonly files: Record<string, string>;
}

export async function renewIntegrity(root: string): Promise<void> {
  const folder = join(root, FOLDER);
  const list = JSON.parse(await readFile(join(folder, LIST), 'utf8')) as IntegrityList;
  const loaders = ['loader.js', list.pinned];
  let loader = await readFile(join(folder, 'loader.js'), 'utf8');
  for (const [name, former] of Object.entries(list.files)) {
    if (loaders.includes(name)) continue;
    const integrity = integrityOf(await readFile(join(folder, name), 'utf8'));
    if (integrity === former) continue;
    if (!loader.includes(former)) throw new Error(`The loader does not name the hash of ${name}.`);
    loader = loader.replaceAll(former, integrity);
    list.files[name] = integrity;
  }
  for (const name of loaders) {
    await writeFile(join(folder, name), loader);
    list.files[name] = integrityOf(loader);
  }
  await writeFile(join(folder, LIST), `${JSON.stringify(list, undefined, 2)}\n`);
}

function integrityOf(text: string): string {
  return `sha384-${createHash('sha384').update(text).digest('base64')}`;
}

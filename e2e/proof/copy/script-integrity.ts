/**
 * The panels name the other parts with their hashes, and the loader the panels: a patched part gets its new hash
 * wherever it is named, or no browser would run it.
 */

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
  const texts = new Map<string, string>();
  for (const name of Object.keys(list.files)) texts.set(name, await readFile(join(folder, name), 'utf8'));
  // A file with a new hash changes those that name it, and so they get new ones as well: until nothing changes.
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, former] of Object.entries(list.files)) {
      const integrity = integrityOf(texts.get(name) ?? '');
      if (integrity === former) continue;
      changed = true;
      list.files[name] = integrity;
      const naming = [...texts].filter(([, text]) => text.includes(former));
      if (naming.length === 0 && !/^(loader|frame)\b/.test(name))
        throw new Error(`Nothing names the hash of ${name}.`);
      for (const [other, text] of naming) texts.set(other, text.replaceAll(former, integrity));
    }
  }
  for (const [name, text] of texts) await writeFile(join(folder, name), text);
  await writeFile(join(folder, LIST), `${JSON.stringify(list, undefined, 2)}\n`);
}

function integrityOf(text: string): string {
  return `sha384-${createHash('sha384').update(text).digest('base64')}`;
}

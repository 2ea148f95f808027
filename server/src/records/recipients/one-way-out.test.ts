import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folders = ['..', '../../http'].map((path) => new URL(path, import.meta.url).pathname);
/** What opens connections of its own accord. The database's driver and the journal's listener are imported elsewhere. */
const opens = /from 'node:(https?|http2|net|tls|dgram)(\/[a-z]+)?'|\bfetch\(|from '(undici|axios|got)'/;

async function sources(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((each) => each.isFile() && each.name.endsWith('.ts') && !each.name.endsWith('.test.ts'))
    .map((each) => join(each.parentPath, each.name));
}

it('[RC2] opens connections in one file alone', async () => {
  const found: string[] = [];
  for (const file of (await Promise.all(folders.map(sources))).flat()) {
    const text = await readFile(file, 'utf8');
    // Types, servers and address lists open nothing.
    const lines = text.split('\n').filter((line) => opens.test(line) && !/^import type /.test(line));
    const harmless = /createServer|BlockList|isIP|AddressInfo/;
    if (lines.some((line) => !harmless.test(line))) found.push(file.split('/').slice(-2).join('/'));
  }
  expect(found).toEqual(['recipients/egress.ts']);
});

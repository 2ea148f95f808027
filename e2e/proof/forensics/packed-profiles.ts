/**
 * Unpacks what a browser's profile holds in forms that say nothing of themselves (blocks of LevelDB, values of an
 * IndexedDB, bodies in the cache), and searches it; the files as they are belong to whoever walks the profile.
 */

import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Detection, MediumScanner } from '../detection.js';
import { Look } from '../detection.js';
import { unpackedBody } from './http-cache.js';
import { logContents, tableContents } from './leveldb.js';

/** A database or an entry of the cache is smaller; what is larger is no such file. */
const READ_LIMIT_BYTES = 256 * 1024 * 1024;
const BETWEEN = Buffer.from('\n');

/** After the browsers are closed. Places begin with the profile's own folder, as those of the files do. */
export async function scanPackedProfiles(scanner: MediumScanner, profiles: string): Promise<Detection> {
  const look = new Look(scanner, 'browser-profiles');
  const entries = await readdir(profiles, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const file = await readFile(path).catch(() => undefined);
    if (file === undefined || file.length > READ_LIMIT_BYTES) {
      look.notRun(`browser-profiles: ${relative(profiles, path)}`, 'it cannot be read, or is too large');
      continue;
    }
    const contents = contentsOf(entry.name, file);
    if (contents.length > 0) {
      await look.bytes(Buffer.concat(contents.flatMap((each) => [each, BETWEEN])), path);
    }
  }
  return look.end();
}

function contentsOf(name: string, file: Buffer): readonly Buffer[] {
  if (/^\d+\.log$/.test(name)) return logContents(file);
  const body = unpackedBody(file);
  return body === undefined ? (tableContents(file) ?? []) : [body];
}

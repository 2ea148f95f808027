/** Which paths the account of `live` can use: it owns nothing, so only what everybody may enter and read. */

import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The account that owns nothing, on every system. */
export const NOBODY = 65_534;

/** As nobody, `live` can enter only folders that everybody may enter. */
export async function isOpenToAll(path: string): Promise<boolean> {
  const own = await stat(path).catch(() => undefined);
  if (own === undefined || (own.mode & (own.isDirectory() ? 0o5 : 0o4)) !== (own.isDirectory() ? 0o5 : 0o4))
    return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found === undefined || (found.mode & 0o1) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** A folder under a name short enough for the sockets that a browser makes in it. */

import { randomBytes } from 'node:crypto';
import { rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An address of a socket has 107 bytes (unix(7)), of which Chromium's own part of the path takes 46. */
const LONGEST = 60;

export interface ReachableFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** The folder itself, or a link to it: what is written lies in the folder in both cases. */
export async function reachableFolder(folder: string): Promise<ReachableFolder> {
  if (Buffer.byteLength(folder) <= LONGEST) return { path: folder, remove: async () => undefined };
  const path = join(tmpdir(), `proof-${randomBytes(4).toString('hex')}`);
  await symlink(folder, path);
  return { path, remove: () => rm(path, { force: true }) };
}

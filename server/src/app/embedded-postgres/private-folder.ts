/** Folders and files that only the account which runs the server may open. */
import { chmod, chown, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The account that a file is given to, where the database runs as another one. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** An earlier start may have given the folder to another account: only root can take it back, or give it away. */
export async function makeFolder(folder: string, owner: Owner = ownAccount()): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  if (process.getuid?.() === 0) await chown(folder, owner.uid, owner.gid);
}

function ownAccount(): Owner {
  return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
}

/** Written beside, brought to disk and renamed: after a crash there is the old file or the new one. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  const next = `${file}.next`;
  const handle = await open(next, 'w', 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

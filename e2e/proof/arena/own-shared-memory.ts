/**
 * What the processes of a browser share is memory where people use one. On the arena's image it would be files, and
 * what lasts in them for half a minute the system writes to the medium: all that a browser shows and is told would lie
 * there, although nobody has stored it. So each browser has shared memory that is memory, in mounts of its own. The
 * service's stays on the image.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { BrowserUnderProof } from '../engagement/participants.js';

/** Root alone can do that; `folder` takes the program that is started in the browser's place. */
export async function withOwnSharedMemory(
  browser: BrowserUnderProof,
  folder: string,
): Promise<BrowserUnderProof> {
  const executablePath = join(folder, 'browser-with-own-memory');
  const program = browser.executablePath ?? chromium.executablePath();
  const within = 'mount -t tmpfs -o mode=1777 tmpfs /dev/shm && exec "$0" "$@"';
  const script = `#!/bin/sh\nexec unshare --mount --propagation private -- sh -c '${within}' '${program}' "$@"\n`;
  await writeFile(executablePath, script, { mode: 0o755 });
  // Playwright moves that memory to the temporary folder, since containers have little of it.
  return { ...browser, executablePath, withoutArgs: ['--disable-dev-shm-usage'] };
}

/**
 * What Cobrowse.io delivers to a visitor: the UMD bundle of its npm package, of one version. It is fetched by the npm
 * client and counted; where it cannot be fetched, the size stands in that this version was found to have.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PACKAGE = 'cobrowse-sdk-js@3.28.6';
const SHA512 = 'uIEw8Ko0fRpNwbrM1uo2AzRBTe5X/i1bchvPG/i0oWY8gqEQnOEc/Vj1nUiJWmS8uCLNZuMsTQ6pwcgQJFzsaw==';
const BUNDLE = 'package/dist/CobrowseIO.umd.js';
const FOUND = { br: 104_245, gz: 128_301 };
const FETCH_MS = 60_000;

/**
 * @param {(bytes: Uint8Array) => { br: number, gz: number }} sizesOf
 * @param {(text: string) => void} progress
 */
export async function cobrowseIo(sizesOf, progress) {
  const folder = await mkdtemp(join(tmpdir(), 'alongside-bench-'));
  try {
    await mkdir(join(folder, 'open'));
    const { stdout } = await run('npm', ['pack', PACKAGE, '--silent', '--ignore-scripts'], {
      cwd: folder,
      timeout: FETCH_MS,
    });
    const file = join(folder, stdout.trim().split('\n').at(-1) ?? '');
    const sum = createHash('sha512')
      .update(await readFile(file))
      .digest('base64');
    if (sum !== SHA512) throw new Error('it is another one than before');
    await run('tar', ['-xzf', file, '-C', join(folder, 'open'), BUNDLE]);
    return sizesOf(await readFile(join(folder, 'open', BUNDLE)));
  } catch {
    progress(`${PACKAGE} cannot be fetched: its size is taken as it was found before`);
    return FOUND;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

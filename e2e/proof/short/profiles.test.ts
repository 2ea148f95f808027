/** What the search of the profiles asks of the machine. */

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newScanner, token } from '../scan/planted.js';
import { scanProfiles } from './profiles.js';

test('Profiles are searched, and their attributes only where they are asked for', async () => {
  const root = await mkdtemp(join(tmpdir(), 'profiles-'));
  try {
    const profiles = join(root, 'profiles');
    const places = { root, data: '', temporary: '', home: '', logs: '', dumps: '', profiles };
    await mkdir(join(profiles, 'agent'), { recursive: true });
    await writeFile(join(profiles, 'agent', 'kept'), token);
    const unasked = newScanner();
    const { findings } = await scanProfiles(unasked, places, { attributes: false });
    expect(findings.map(({ detector }) => detector)).toEqual(['browser-profiles']);
    // Read, or noted as not read: either is a search for them.
    const asked = newScanner();
    const isShown = hasAttribute(join(profiles, 'agent', 'kept'));
    await scanProfiles(asked, places);
    const named = asked.findings.some(({ detector }) => detector === 'names') || asked.notes.length > 0;
    if (isShown) expect(named).toBe(true);
    const again = newScanner();
    await scanProfiles(again, places, { attributes: false });
    expect([again.notes, again.findings.filter(({ detector }) => detector === 'names')]).toEqual([[], []]);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

/** Not every machine has the tool, and not every file system the attributes. */
function hasAttribute(path: string): boolean {
  try {
    execFileSync('setfattr', ['-n', 'user.note', '-v', token, path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

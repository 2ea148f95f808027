/** The list of files knows what an installation makes, before a whole run of the proof would say that it does not. */

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { provideSigningKeys } from '../../../server/src/records/crypto/signing-keys.js';
import type { WritablePlaces } from '../service-under-proof.js';
import { goldenFileFor } from './golden-files.js';

test('has each key that records makes, by its first name as well', async () => {
  const data = await mkdtemp(join(tmpdir(), 'alongside-keys-'));
  try {
    await provideSigningKeys(join(data, 'keys'));
    const made = await readdir(join(data, 'keys'));
    const places = { data } as WritablePlaces;
    const names = made.flatMap((name) => [name, `${name}.${process.pid}`]);
    const unknown = names.filter(
      (name) => goldenFileFor(join(data, 'keys', name), 'records', places) === undefined,
    );
    expect(made.length).toBeGreaterThan(0);
    expect(unknown).toEqual([]);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
});

/** The return secret and its hash. */

import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createReturnEntry, hashReturnSecret } from './return-secret.js';

it('makes 256 random bits and an id of its own each time', async () => {
  const entries = Array.from({ length: 20 }, createReturnEntry);
  for (const { secret, engagementId } of entries) {
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(engagementId).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(new Set(entries.flatMap(({ secret, engagementId }) => [secret, engagementId])).size).toBe(40);
});

it('hashes as the records do', async () => {
  const { secret } = createReturnEntry();
  expect(await hashReturnSecret(secret)).toBe(
    createHash('sha256').update(secret, 'ascii').digest('base64url'),
  );
});

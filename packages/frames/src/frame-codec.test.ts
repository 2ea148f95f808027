/** Bytes that are almost frames, given to every reader of the codec: nothing throws, and little is taken for true. */

import { expect, it } from 'vitest';
import { fuzzCodec } from '../test/fuzz-codec.js';

it('takes no bytes for what they are not, and throws at none', { timeout: 60_000 }, () => {
  const { broken, taken } = fuzzCodec(1, 8_000);
  expect(broken).toBeUndefined();
  // Each reader has met what it must take: otherwise nothing would have come past its first bytes.
  const readers = ['ack', 'body', 'grant', 'header', 'hello', 'inflate', 'intent', 'notes', 'requests'];
  expect(Object.keys(taken).sort()).toEqual(readers);
});

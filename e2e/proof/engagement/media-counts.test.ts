/** A call is registered in every direction, and what arrives is what was sent; anything less is a fault. */

import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { MediaBody } from '../wanted.js';
import { countMedia, faultsOfCall } from './media-counts.js';

function callOf(kind: 'voice' | 'picture', from: MediaBody['who']): readonly MediaBody[] {
  const to = from === 'visitor' ? 'agent' : 'visitor';
  return Array.from({ length: 20 }, () => randomBytes(50)).flatMap((bytes) => [
    { who: from, way: 'sent', kind, bytes },
    { who: to, way: 'received', kind, bytes },
  ]);
}

const whole = [
  ...callOf('voice', 'visitor'),
  ...callOf('voice', 'agent'),
  ...callOf('picture', 'visitor'),
] as const;

const inBrowsers = { onWire: false } as const;

test('a call of which everything is registered has no fault', () => {
  expect(faultsOfCall(whole, inBrowsers)).toEqual([]);
  expect(countMedia(whole)).toContainEqual({ what: 'voice sent by the agent', pieces: 20, bytes: 1000 });
});

test('a direction without anything to look for is a fault', () => {
  expect(faultsOfCall([], inBrowsers)).toHaveLength(6);
  const mute = whole.map((body) => (body.kind === 'picture' ? { ...body, bytes: randomBytes(4) } : body));
  expect(faultsOfCall(mute, inBrowsers)).toEqual([
    'Nothing is registered of the call: picture sent by the visitor.',
    'Nothing is registered of the call: picture received by the agent.',
  ]);
});

test('what arrives and was never sent is a fault', () => {
  const strange = whole.map((body) =>
    body.kind === 'voice' && body.who === 'agent' && body.way === 'received'
      ? { ...body, bytes: randomBytes(50) }
      : body,
  );
  expect(faultsOfCall(strange, inBrowsers)).toHaveLength(1);
});

test('where somebody listens to the wire, both directions of it have to be heard', () => {
  const packet = { who: 'live', way: 'received', kind: 'packet', bytes: randomBytes(80) } as const;
  expect(faultsOfCall(whole, { onWire: true })).toHaveLength(2);
  expect(faultsOfCall([...whole, packet], { onWire: true })).toHaveLength(1);
  expect(faultsOfCall([...whole, packet, { ...packet, way: 'sent' }], { onWire: true })).toEqual([]);
});

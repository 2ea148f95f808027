/** What is not wanted any more by the time at which the service has taken it goes nowhere from then on. */

import { expect, it } from 'vitest';
import { DeviceGiving } from './device-giving.js';
import { NotTaken } from './not-taken.js';

it.each<[string, { readonly wanted: boolean; readonly over: boolean }, readonly string[]]>([
  ['stays where it is wanted', { wanted: true, over: false }, ['produce']],
  ['is closed where it is not', { wanted: false, over: false }, ['produce', 'close']],
  ['is left to the next join where this one is over', { wanted: false, over: true }, ['produce']],
])('%s', async (_, then, done) => {
  const said: string[] = [];
  const now = { wanted: true, over: false };
  const media = {
    gives: () => true,
    produce: async () => {
      said.push('produce');
      Object.assign(now, then);
      return true;
    },
    closeSource: async () => void said.push('close'),
  };
  const giving = new DeviceGiving({
    media: () => (now.over ? undefined : media),
    open: async () => ({ stop: () => undefined }) as MediaStreamTrack,
    isWanted: () => now.wanted,
    stateOf: () => 'off',
    tell: () => undefined,
  });
  await giving.give('microphone');
  expect(said).toEqual(done);
});

it.each([
  ['conflict', 'elsewhere'],
  ['tooFast', 'failed'],
] as const)('says why a voice is not taken: %s', async (code, trouble) => {
  const told: unknown[] = [];
  const media = {
    gives: () => false,
    produce: async () => {
      throw new NotTaken({ code });
    },
    closeSource: async () => undefined,
  };
  const giving = new DeviceGiving({
    media: () => media,
    open: async () => ({ stop: () => undefined }) as MediaStreamTrack,
    isWanted: () => true,
    stateOf: () => 'starting',
    tell: (_, own) => void told.push(own),
  });
  await giving.give('microphone');
  expect(told).toEqual([{ state: 'off', trouble }]);
});

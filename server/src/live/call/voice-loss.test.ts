/** The share of a voice that its sender's line loses. */

import type { types } from 'mediasoup';
import { expect, it } from 'vitest';
import { VoiceLoss } from './voice-loss.js';

function voiceOf(...told: readonly (readonly [received: number, lost: number] | Error)[]) {
  const rest = [...told];
  return {
    getStats: async () => {
      const next = rest.shift();
      if (next instanceof Error || next === undefined) throw next;
      const [packetCount, packetsLost] = next;
      return [{ packetCount, packetsLost }];
    },
  } as unknown as types.Producer;
}

it('is what was lost since the last look', async () => {
  const loss = new VoiceLoss();
  const voice = voiceOf([475, 25], [875, 125], [1375, 120]);
  expect(await loss.permilleOf(voice)).toBe(50);
  expect(await loss.permilleOf(voice)).toBe(200);
  expect(await loss.permilleOf(voice), 'what came late').toBe(0);
});

it('is not told of too few packets, nor of a voice that ended', async () => {
  const loss = new VoiceLoss();
  const voice = voiceOf([10, 9], [500, 9], new Error('closed'));
  expect(await loss.permilleOf(voice)).toBeUndefined();
  expect(await loss.permilleOf(voice)).toBe(0);
  expect(await loss.permilleOf(voice)).toBeUndefined();
});

it('is counted of each voice by itself', async () => {
  const loss = new VoiceLoss();
  expect(await loss.permilleOf(voiceOf([500, 0]))).toBe(0);
  expect(await loss.permilleOf(voiceOf([90, 10]))).toBe(100);
});

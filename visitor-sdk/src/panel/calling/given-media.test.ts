/** What the visitor gives while the service does not hear of it: what is taken back is taken back, and nothing comes by itself. */

import { beforeEach, expect, it, vi } from 'vitest';
import type { CallRoom } from '../../call/call-part.js';
import { GivenMedia } from './given-media.js';

let told: string[];
let given: string[];
let hears: boolean;
let turn: number;

function begin() {
  const room = {
    send: async (source: string) => void given.push(source),
    stop: (source: string) => void given.push(`no ${source}`),
    mute: () => undefined,
  } as unknown as CallRoom;
  return new GivenMedia({
    room: () => room,
    turn: () => turn,
    isCalled: () => true,
    consent: async ({ source, granted }) => {
      told.push(`${source} ${granted}`);
      return hears ? { ok: true, value: {} } : { ok: false, refusal: { code: 'peerAbsent' } };
    },
  });
}

beforeEach(() => {
  [told, given, hears, turn] = [[], [], true, 1];
  const track = () => Object.assign(new EventTarget(), { readyState: 'live', stop: () => undefined });
  const getUserMedia = async () => ({ getTracks: () => [track()] });
  vi.stubGlobal('document', {});
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia, enumerateDevices: async () => [] } });
});

it('a camera that was taken back before nobody is taken back when somebody hears it', async () => {
  const media = begin();
  await media.showCamera(true);
  hears = false;
  await media.showCamera(false);
  expect([given, media.own.camera.value]).toEqual([['camera', 'no camera'], 'off']);
  hears = true;
  media.mend(true);
  media.mend(false);
  expect(told).toEqual(['camera true', 'camera false', 'camera false']);
});

it('a camera that nobody heard of is said to have failed, and does not come on by itself', async () => {
  const media = begin();
  hears = false;
  await media.showCamera(true);
  expect([media.own.camera.value, given]).toEqual(['failed', []]);
  hears = true;
  media.mend(false);
  await media.begin();
  expect(given).toEqual(['microphone']);
  await media.retry('camera');
  expect([media.own.camera.value, given]).toEqual(['on', ['microphone', 'camera']]);
});

it('a camera that was asked for in a call that is over has not failed', async () => {
  const media = begin();
  hears = false;
  const shown = media.showCamera(true);
  turn += 1;
  media.letGo();
  await shown;
  expect(media.own.camera.value).toBe('off');
});

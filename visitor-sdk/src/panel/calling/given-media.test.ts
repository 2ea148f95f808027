/** What the visitor gives while the service does not hear of it: what is taken back is taken back, and nothing comes by itself. */

import { beforeEach, expect, it, vi } from 'vitest';
import type { CallRoom } from '../../call/call-part.js';
import { GivenMedia } from './given-media.js';

let told: string[];
let given: string[];
let hears: boolean;
let turn: number;
/** How the next device is that is opened. */
let isHeld: boolean;
let tracks: (EventTarget & { muted?: boolean })[];
/** What the browser says instead of opening one. */
let fault: string | undefined;

function begin() {
  const room = {
    send: async (source: string) => void given.push(source),
    stop: (source: string) => void given.push(`no ${source}`),
    mute: (source: string, muted: boolean) => {
      given.push(`${source} ${muted ? 'silent' : 'heard'}`);
      // As the media client does with the track of a stream.
      for (const track of tracks) Object.assign(track, { enabled: !muted });
    },
  } as unknown as CallRoom;
  return new GivenMedia({
    room: () => room,
    turn: () => turn,
    isCalled: () => true,
    keep: () => undefined,
    consent: async ({ source, granted }) => {
      told.push(`${source} ${granted}`);
      return hears ? { ok: true, value: {} } : { ok: false, refusal: { code: 'peerAbsent' } };
    },
  });
}

beforeEach(() => {
  [told, given, hears, turn] = [[], [], true, 1];
  [tracks, isHeld, fault] = [[], false, undefined];
  const track = () => {
    const opened = Object.assign(new EventTarget(), {
      ...{ readyState: 'live', muted: isHeld },
      stop: () => undefined,
      getSettings: () => ({ deviceId: 'one' }),
    });
    tracks.push(opened);
    return opened;
  };
  const getUserMedia = async () => {
    if (fault !== undefined) throw Object.assign(new Error('no'), { name: fault });
    return { getTracks: () => [track()] };
  };
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

it('a camera that nobody heard of is said not to be recorded, and does not come on by itself', async () => {
  const media = begin();
  hears = false;
  await media.showCamera(true);
  expect([media.own.camera.value, given]).toEqual(['unrecorded', []]);
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

it('a microphone that another program holds is told to be silent, until it lets go or another one is opened', async () => {
  const media = begin();
  await media.begin();
  const hold = (isHeld: boolean): void => {
    Object.assign(tracks[0] ?? {}, { muted: isHeld });
    tracks[0]?.dispatchEvent(new Event(isHeld ? 'mute' : 'unmute'));
  };
  hold(true);
  expect([media.own.microphone.value, given]).toEqual(['held', ['microphone', 'microphone silent']]);
  hold(false);
  expect([media.own.microphone.value, given.at(-1)]).toEqual(['on', 'microphone heard']);
  hold(true);
  await media.retry('microphone');
  expect([media.own.microphone.value, tracks.length]).toEqual(['on', 2]);
  expect(given.slice(-2)).toEqual(['microphone', 'microphone heard']);
});

it('a microphone that is held already when it is opened is told to be silent as well', async () => {
  isHeld = true;
  const media = begin();
  await media.begin();
  expect([media.own.microphone.value, given]).toEqual(['held', ['microphone', 'microphone silent']]);
  Object.assign(tracks[0] ?? {}, { muted: false });
  tracks[0]?.dispatchEvent(new Event('unmute'));
  expect([media.own.microphone.value, given.at(-1)]).toEqual(['on', 'microphone heard']);
});

it('what is taken back by a request outside the call is let go, and what is asked for anew meanwhile is not', async () => {
  const media = begin();
  media.follow({ microphone: true, camera: false });
  await media.begin();
  await media.showCamera(true);
  media.follow({ microphone: true, camera: true });
  media.follow({ microphone: false, camera: true });
  expect([media.own.microphone.value, media.own.camera.value]).toEqual(['off', 'on']);
  expect(given).toEqual(['microphone', 'camera', 'no microphone']);
  await media.showCamera(false);
  const shown = media.showCamera(true);
  media.follow({ microphone: false, camera: false });
  await shown;
  media.follow({ microphone: false, camera: true });
  expect(media.own.camera.value).toBe('on');
  media.follow({ microphone: false, camera: false });
  expect([media.own.camera.value, given.at(-1)]).toEqual(['off', 'no camera']);
});

it('a camera that made way for another one, neither of which can be had, is told to be dark', async () => {
  const media = begin();
  await media.begin();
  await media.showCamera(true);
  fault = 'NotReadableError';
  await media.pick('camera', 'two');
  expect([media.own.camera.value, given.at(-1)]).toEqual(['busy', 'camera silent']);
  fault = undefined;
  await media.retry('camera');
  expect([media.own.camera.value, given.at(-1)]).toEqual(['on', 'camera heard']);
});

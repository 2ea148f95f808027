/** Own devices: opened once, told how they stand, and let go in every way in which they are not wanted any more. */

import type { DeviceFault } from '@alongside/engagement';
import { describe, expect, it } from 'vitest';
import type { OpenedDevice } from '../../call/media-device.js';
import { OwnDevices } from './own-devices.js';

/** As much of a track as the panel uses: live until it is stopped or taken away. */
class Track extends EventTarget {
  readyState: 'live' | 'ended' = 'live';
  enabled = true;
  muted = false;

  stop(): void {
    this.readyState = 'ended';
  }

  getSettings(): { readonly deviceId: string } {
    return { deviceId: 'picked' };
  }

  /** As a phone does that rings, and that is hung up. */
  hold(isHeld: boolean): void {
    this.muted = isHeld;
    this.dispatchEvent(new Event(isHeld ? 'mute' : 'unmute'));
  }

  takeAway(): void {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }
}

const trackIn = (track: Track): OpenedDevice => ({ ok: true, track: track as unknown as MediaStreamTrack });
const always = () => true;

function devices(...answers: OpenedDevice[]) {
  const gone: string[] = [];
  const asked: string[] = [];
  const own = new OwnDevices({
    open: async (source) => {
      asked.push(source);
      return answers.shift() ?? { ok: false, fault: 'failed' };
    },
    onGone: (source) => gone.push(source),
    onHeld: (source, isHeld) => gone.push(`${source} ${isHeld}`),
  });
  return { own, gone, asked };
}

describe('own devices', () => {
  it('are opened once while they are live', async () => {
    const track = new Track();
    const { own, asked } = devices(trackIn(track));
    expect(await own.take('microphone', always)).toBe(track);
    expect(await own.take('microphone', always)).toBe(track);
    expect(asked).toEqual(['microphone']);
    own.tell('microphone', 'on');
    expect(own.mute(true)).toBe(true);
    expect([track.enabled, own.microphone.value]).toEqual([false, 'muted']);
  });

  it.each<DeviceFault>(['missing', 'refused', 'system', 'page', 'busy', 'failed'])(
    'tell that they are %s',
    async (fault) => {
      const { own } = devices({ ok: false, fault });
      expect(await own.take('camera', always)).toBeUndefined();
      expect([own.camera.value, own.microphone.value]).toEqual([fault, 'off']);
      expect(own.mute(true)).toBe(false);
    },
  );

  it('are let go when nobody wants them any more by the time they are open', async () => {
    const track = new Track();
    const { own } = devices(trackIn(track));
    expect(await own.take('camera', () => false)).toBeUndefined();
    expect(track.readyState).toBe('ended');
    expect(own.picture.value).toBeUndefined();
  });

  it('show the own picture for as long as the camera is on', async () => {
    const track = new Track();
    const { own } = devices(trackIn(track));
    await own.take('camera', always);
    expect(own.picture.value).toBe(track);
    own.closeAll();
    expect([own.picture.value, own.camera.value, track.readyState]).toEqual([undefined, 'off', 'ended']);
  });

  it('are unplugged once they are taken away, and the call is told', async () => {
    const track = new Track();
    const missing = { ok: false, fault: 'missing' } as const;
    const next = new Track();
    const { own, gone } = devices(trackIn(track), missing, trackIn(next), { ok: false, fault: 'refused' });
    await own.take('microphone', always);
    track.takeAway();
    expect([own.microphone.value, gone]).toEqual(['unplugged', ['microphone']]);
    await own.take('microphone', always);
    expect([own.microphone.value, own.lacks('microphone')]).toEqual(['unplugged', true]);
    expect(await own.take('microphone', always)).toBe(next);
    next.takeAway();
    await own.take('microphone', always);
    expect(own.microphone.value).toBe('refused');
  });

  it('that another program holds are busy until it lets go, or another one is opened by a press', async () => {
    const [track, next] = [new Track(), new Track()];
    const { own, gone } = devices(trackIn(track), trackIn(next));
    await own.take('microphone', always);
    track.hold(true);
    expect([own.microphone.value, own.lacks('microphone')]).toEqual(['held', true]);
    track.hold(false);
    expect(own.microphone.value).toBe('on');
    own.mute(true);
    track.hold(true);
    track.hold(false);
    expect(own.microphone.value).toBe('muted');
    track.hold(true);
    expect(await own.take('microphone', always)).toBe(next);
    track.hold(false);
    expect([own.microphone.value, track.readyState]).toEqual(['muted', 'ended']);
    const told = ['true', 'false', 'true', 'false', 'true'].map((each) => `microphone ${each}`);
    expect(gone).toEqual(told);
  });

  it('that a stream switched off while they were held are on again after it, unless they were muted meanwhile', async () => {
    const track = new Track();
    const { own } = devices(trackIn(track));
    await own.take('microphone', always);
    track.hold(true);
    track.enabled = false;
    track.hold(false);
    expect(own.microphone.value).toBe('on');
    track.hold(true);
    expect([own.mute(true), own.microphone.value]).toEqual([false, 'held']);
    track.hold(false);
    expect([own.microphone.value, track.enabled]).toEqual(['muted', false]);
  });

  it('that were closed tell nothing when their track ends later', async () => {
    const track = new Track();
    const { own, gone } = devices(trackIn(track));
    await own.take('microphone', always);
    own.close('microphone');
    track.takeAway();
    expect([own.microphone.value, gone]).toEqual(['off', []]);
  });

  it('that are changed go on until the next one is there, and where it is busy make way for it', async () => {
    const [first, second, third] = [new Track(), new Track(), new Track()];
    const { own, asked } = devices(
      trackIn(first),
      trackIn(second),
      { ok: false, fault: 'busy' },
      trackIn(third),
    );
    await own.take('camera', always);
    expect(await own.pick('camera', 'picked', always)).toBe(second);
    expect([first.readyState, own.picture.value, own.idOf('camera')]).toEqual(['ended', second, 'picked']);
    expect(await own.pick('camera', 'other', always)).toBe(third);
    expect([second.readyState, own.camera.value, asked.length]).toEqual(['ended', 'on', 4]);
  });

  it('that cannot be changed to say why', async () => {
    const { own } = devices(trackIn(new Track()), { ok: false, fault: 'system' });
    await own.take('microphone', always);
    expect(await own.pick('microphone', 'other', always)).toBeUndefined();
    expect([own.microphone.value, own.lacks('microphone'), own.lacks('camera')]).toEqual([
      'system',
      true,
      false,
    ]);
  });
});

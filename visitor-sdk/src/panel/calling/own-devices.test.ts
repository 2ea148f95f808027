/** Own devices: opened once, told how they stand, and let go in every way in which they are not wanted any more. */

import { describe, expect, it } from 'vitest';
import type { DeviceFault, OpenedDevice } from '../../call/media-device.js';
import { OwnDevices } from './own-devices.js';

/** As much of a track as the panel uses: live until it is stopped or taken away. */
class Track extends EventTarget {
  readyState: 'live' | 'ended' = 'live';
  enabled = true;

  stop(): void {
    this.readyState = 'ended';
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

  it.each<DeviceFault>(['missing', 'refused', 'busy', 'failed'])('tell that they are %s', async (fault) => {
    const { own } = devices({ ok: false, fault });
    expect(await own.take('camera', always)).toBeUndefined();
    expect([own.camera.value, own.microphone.value]).toEqual([fault, 'off']);
    expect(own.mute(true)).toBe(false);
  });

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

  it('are missing once they are taken away, and the call is told', async () => {
    const track = new Track();
    const { own, gone } = devices(trackIn(track));
    await own.take('microphone', always);
    track.takeAway();
    expect([own.microphone.value, gone]).toEqual(['missing', ['microphone']]);
  });

  it('that were closed tell nothing when their track ends later', async () => {
    const track = new Track();
    const { own, gone } = devices(trackIn(track));
    await own.take('microphone', always);
    own.close('microphone');
    track.takeAway();
    expect([own.microphone.value, gone]).toEqual(['off', []]);
  });
});

/** Own devices: opened once, told how they stand, and let go in every way in which they are not wanted any more. */

import type { DeviceFault } from '@alongside/engagement';
import type { DeviceSource } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import type { OpenedDevice } from '../../call/media-device.js';
import { OwnDevices } from './own-devices.js';

/** As much of a track as the panel uses: live until it is stopped or taken away. */
class Track extends EventTarget {
  readonly #deviceId: string;
  readyState: 'live' | 'ended' = 'live';
  enabled = true;
  muted = false;

  constructor(deviceId = 'picked') {
    super();
    this.#deviceId = deviceId;
  }

  stop(): void {
    this.readyState = 'ended';
  }

  getSettings(): { readonly deviceId: string } {
    return { deviceId: this.#deviceId };
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
    open: async (source, deviceId) => {
      asked.push(deviceId ?? source);
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

  it.each<[DeviceSource, DeviceFault]>([
    ['microphone', 'busy'],
    ['microphone', 'failed'],
    ['camera', 'failed'],
  ])('of which another %s is %s go on as they were', async (source, fault) => {
    const [good, next] = [new Track('good'), new Track('next')];
    const { own, asked } = devices(trackIn(good), { ok: false, fault }, trackIn(next));
    await own.take(source, always);
    if (source === 'microphone') own.mute(true);
    const before = own[source].value;
    expect(await own.pick(source, 'other', always)).toBeUndefined();
    expect([good.readyState, own[source].value, own.idOf(source)]).toEqual(['live', before, 'good']);
    expect(await own.pick(source, 'next', always)).toBe(next);
    expect(asked).toEqual([source, 'other', 'next']);
  });

  it('of which another was picked since leave that one alone, however the slower one turns out', async () => {
    for (const late of [{ ok: false, fault: 'busy' }, trackIn(new Track('slow'))] as const) {
      const answers = new Map<string, (opened: OpenedDevice) => void>();
      const own = new OwnDevices({
        open: (_, deviceId = 'first') => new Promise((resolve) => answers.set(deviceId, resolve)),
        onGone: () => undefined,
        onHeld: () => undefined,
      });
      const given = own.take('camera', always);
      answers.get('first')?.(trackIn(new Track('first')));
      await given;
      const picked = ['slow', 'next'].map((id) => own.pick('camera', id, always));
      const next = new Track('next');
      answers.get('next')?.(trackIn(next));
      expect(await picked[1]).toBe(next);
      answers.get('slow')?.(late);
      expect(await picked[0]).toBeUndefined();
      expect([own.idOf('camera'), own.camera.value, next.readyState]).toEqual(['next', 'on', 'live']);
      if (late.ok) expect(late.track.readyState).toBe('ended');
    }
  });

  it('come back where they made way for one that is busy even so', async () => {
    const [good, again] = [new Track('good'), new Track('good')];
    const busy = { ok: false, fault: 'busy' } as const;
    const { own, asked } = devices(trackIn(good), busy, busy, trackIn(again));
    await own.take('camera', always);
    expect(await own.pick('camera', 'other', always)).toBe(again);
    expect([good.readyState, own.camera.value, own.idOf('camera')]).toEqual(['ended', 'on', 'good']);
    expect(asked).toEqual(['camera', 'other', 'other', 'good']);
    own.close('camera');
    await own.take('camera', always);
    expect(asked.at(-1)).toBe('good');
  });

  it('that do not work are exchanged for others, and say why where these do not either', async () => {
    const busy = { ok: false, fault: 'busy' } as const;
    const other = new Track('other');
    const { own, asked } = devices(busy, { ok: false, fault: 'system' }, trackIn(other));
    await own.take('microphone', always);
    expect(await own.pick('microphone', 'other', always)).toBeUndefined();
    expect([own.microphone.value, own.idOf('microphone')]).toEqual(['system', 'other']);
    expect(await own.take('microphone', always)).toBe(other);
    expect(asked).toEqual(['microphone', 'other', 'other']);
  });

  it('that are off are picked for when they are wanted', async () => {
    const { own, asked } = devices(trackIn(new Track('other')));
    expect(await own.pick('camera', 'other', always)).toBeUndefined();
    expect([own.camera.value, own.idOf('camera'), asked]).toEqual(['off', 'other', []]);
    await own.take('camera', always);
    expect(asked).toEqual(['other']);
  });
});

/** A device that was picked and cannot be had does not cost the one that works. */

import { beforeEach, expect, it, vi } from 'vitest';
import { AgentDevices } from './agent-devices.js';

/** Devices that some other program has; and, as on phones, of which the page has one at a time. */
let busy: Set<string>;
let isPhone: boolean;
let asked: (string | undefined)[];
let opened: (EventTarget & { readonly id: string; readyState: string })[];
/** Of one device: it is looked for until it fails by this name. */
let slow: Promise<never>;
let loudspeakers: string[];
let fails: (name: string) => void;

beforeEach(() => {
  [busy, isPhone, asked, opened] = [new Set(), false, [], []];
  loudspeakers = [];
  slow = new Promise((_, reject) => {
    fails = (name) => reject(Object.assign(new Error('no'), { name }));
  });
  const getUserMedia = async ({ audio, video }: MediaStreamConstraints) => {
    const { deviceId } = (audio ?? video) as { deviceId?: { exact: string } };
    asked.push(deviceId?.exact);
    if (deviceId?.exact === 'slow') await slow;
    const id = deviceId?.exact ?? 'first';
    const isTaken = isPhone && opened.some((track) => track.readyState === 'live' && track.id !== id);
    if (busy.has(id) || isTaken) throw Object.assign(new Error('no'), { name: 'NotReadableError' });
    const track = Object.assign(new EventTarget(), {
      ...{ id, readyState: 'live' },
      stop: () => void Object.assign(track, { readyState: 'ended' }),
      getSettings: () => ({ deviceId: id }),
    });
    opened.push(track);
    return { getTracks: () => [track] };
  };
  const of = (kind: string, ids: readonly string[]) =>
    ids.map((deviceId) => ({ kind, deviceId, label: deviceId }));
  const enumerateDevices = async () => [
    ...of('audioinput', ['first', 'second']),
    ...of('audiooutput', loudspeakers),
  ];
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia, enumerateDevices } });
});

const idOf = async (devices: AgentDevices, source: 'microphone' | 'camera') =>
  devices.idOf(await devices.open(source));

it('goes back to the one that works, and leaves it picked', async () => {
  const devices = new AgentDevices();
  await devices.open('microphone');
  busy.add('second');
  devices.pick('microphone', 'second');
  expect(await idOf(devices, 'microphone')).toBe('first');
  expect([devices.list.value.picked, opened[0]?.readyState]).toEqual([{ microphone: 'first' }, 'live']);
});

it('makes way on a phone, and comes back where that was for nothing', async () => {
  isPhone = true;
  const devices = new AgentDevices();
  await devices.open('camera');
  devices.pick('camera', 'second');
  expect(await idOf(devices, 'camera')).toBe('second');
  busy.add('third');
  devices.pick('camera', 'third');
  expect(await idOf(devices, 'camera')).toBe('second');
  expect(asked).toEqual([undefined, 'second', 'second', 'third', 'third', 'second']);
});

it('is told of as busy where nothing has worked yet, with the others to pick from', async () => {
  busy.add('first');
  const devices = new AgentDevices();
  await expect(devices.open('microphone')).rejects.toThrow('no');
  await vi.waitFor(() => expect(devices.list.value.microphone).toHaveLength(2));
  devices.pick('microphone', 'second');
  expect(await idOf(devices, 'microphone')).toBe('second');
});

it.each(['NotReadableError', 'OverconstrainedError'])(
  'that fails late with %s leaves what was picked since',
  async (name) => {
    const devices = new AgentDevices();
    await devices.open('microphone');
    devices.pick('microphone', 'slow');
    const opening = devices.open('microphone');
    devices.pick('microphone', 'second');
    fails(name);
    expect(devices.idOf(await opening)).toBe('second');
    expect(devices.list.value.picked).toEqual({ microphone: 'second' });
  },
);

it('that made way on a phone and cannot be had back says that it is gone', async () => {
  isPhone = true;
  const devices = new AgentDevices();
  await devices.open('camera');
  let gone = 0;
  opened[0]?.addEventListener('ended', () => {
    gone += 1;
  });
  busy.add('first').add('second');
  devices.pick('camera', 'second');
  for (let nth = 0; nth < 2; nth += 1) await expect(devices.open('camera')).rejects.toThrow('no');
  expect(gone).toBe(1);
});

it('keeps to the loudspeaker that was picked as long as it is there', async () => {
  loudspeakers = ['default', 'communications', 'screen', 'headset'];
  const devices = new AgentDevices();
  await devices.look();
  expect(devices.loudspeaker.value.known.map(({ id }) => id)).toEqual(['screen', 'headset']);
  devices.pickLoudspeaker('headset');
  await devices.look();
  expect(devices.loudspeaker.value.picked).toBe('headset');
  loudspeakers = ['default', 'screen'];
  await devices.look();
  expect(devices.loudspeaker.value.picked).toBe('');
});

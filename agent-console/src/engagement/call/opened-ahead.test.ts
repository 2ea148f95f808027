import type { DeviceSource } from '@alongside/protocol';
import { expect, it, vi } from 'vitest';
import { OpenedAhead } from './opened-ahead.js';

function devices() {
  const opened: DeviceSource[] = [];
  const stopped: DeviceSource[] = [];
  const open = async (source: DeviceSource) => {
    opened.push(source);
    return { kind: source, stop: () => stopped.push(source) } as unknown as MediaStreamTrack;
  };
  return { ahead: new OpenedAhead(open), opened, stopped };
}

it('gives what it has opened once, and opens the next one anew', async () => {
  const { ahead, opened, stopped } = devices();
  ahead.begin(['microphone']);
  expect(opened).toEqual(['microphone']);
  await ahead.take('microphone');
  expect(opened).toEqual(['microphone']);
  await ahead.take('microphone');
  expect(opened).toEqual(['microphone', 'microphone']);
  ahead.letGo();
  await Promise.resolve();
  expect(stopped).toEqual([]);
});

it('lets go of what nobody took, and goes on with what is wanted still when it begins again', async () => {
  const { ahead, opened, stopped } = devices();
  ahead.begin(['microphone', 'camera']);
  ahead.begin(['camera']);
  await vi.waitFor(() => expect(stopped).toEqual(['microphone']));
  expect(opened).toEqual(['microphone', 'camera']);
  ahead.letGo();
  await vi.waitFor(() => expect(stopped).toEqual(['microphone', 'camera']));
});

it('tells whoever takes it why there is none', async () => {
  const ahead = new OpenedAhead(() => Promise.reject(new Error('none')));
  ahead.begin(['microphone', 'camera']);
  await expect(ahead.take('camera')).rejects.toThrow('none');
  ahead.letGo();
});

it('opens one anew that ended before anybody took it', async () => {
  const tracks = ['ended', 'live'].map((readyState) => ({ readyState }) as MediaStreamTrack);
  const left = [...tracks];
  const ahead = new OpenedAhead(async () => left.shift() ?? Promise.reject(new Error('none')));
  ahead.begin(['camera']);
  expect(await ahead.take('camera')).toBe(tracks[1]);
});

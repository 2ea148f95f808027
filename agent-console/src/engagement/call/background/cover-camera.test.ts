/** A covered camera that is over is told as a camera's own end is, and one that nobody takes is let go of. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Store } from '../../../app/store.js';
import type { Background, BackgroundState } from './background.js';
import type { BackgroundWord } from './background-messages.js';

class Track extends EventTarget {
  readyState = 'live';
  muted = false;
  readonly readable = new ReadableStream();
  readonly writable = new WritableStream();
  stop(): void {
    this.readyState = 'ended';
  }
}
const workers: FakeWorker[] = [];
/** There are no workers of browsers in Node: what one says, and that it is ended, is looked at here. */
class FakeWorker {
  onmessage: ((event: { readonly data: BackgroundWord }) => void) | null = null;
  readonly terminate = vi.fn();
  readonly postMessage = vi.fn();
  constructor() {
    workers.push(this);
  }
  say(data: BackgroundWord): void {
    this.onmessage?.({ data });
  }
}

beforeEach(() => {
  workers.length = 0;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('MediaStreamTrackProcessor', Track);
  vi.stubGlobal('MediaStreamTrackGenerator', Track);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function covering(camera = new Track()) {
  // What it makes a worker of is there from here on only.
  const { coverCamera } = await import('./cover-camera.js');
  const told: BackgroundState[] = [];
  const covered = coverCamera(camera as unknown as MediaStreamTrack, {
    chosen: new Store<Background>('blurred'),
    onState: (state) => told.push(state),
  });
  const [worker] = workers;
  if (worker === undefined) throw new Error('It makes a worker at once.');
  return { camera, covered, told, worker };
}

async function begun() {
  const { covered, ...rest } = await covering();
  rest.worker.say({ ready: true });
  const track = await covered;
  const ended = vi.fn();
  track.addEventListener('ended', ended);
  return { ...rest, track, ended };
}

it('ends the track, and says so, where the worker is over while its pictures are wanted', async () => {
  const { camera, track, ended, told, worker } = await begun();
  worker.say({ over: true });
  expect([track.readyState, camera.readyState]).toEqual(['ended', 'ended']);
  expect(ended).toHaveBeenCalledTimes(1);
  expect(worker.terminate).toHaveBeenCalledTimes(1);
  expect(told).toEqual(['off']);
});

it('says nothing of a track that was stopped by whoever has it', async () => {
  const { camera, track, ended, told, worker } = await begun();
  track.stop();
  worker.say({ over: true });
  expect([camera.readyState, told]).toEqual(['ended', ['off']]);
  expect(ended).not.toHaveBeenCalled();
});

it('lets go of the camera where the track was stopped and no frame comes', async () => {
  const { camera, track, told, worker } = await begun();
  vi.advanceTimersByTime(2000);
  expect(camera.readyState).toBe('live');
  track.stop();
  vi.advanceTimersByTime(500);
  expect([camera.readyState, told]).toEqual(['ended', ['off']]);
  expect(worker.terminate).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
});

it('gives an ended track for a camera that was unplugged before it began', async () => {
  const { camera, covered, worker, told } = await covering();
  camera.stop();
  worker.say({ ready: true });
  expect((await covered).readyState).toBe('ended');
  expect(told).toEqual(['off']);
});

it('gives up on a worker that says nothing, and lets go of the camera', async () => {
  const { camera, covered, worker } = await covering();
  const failed = expect(covered).rejects.toThrow('did not begin');
  await vi.advanceTimersByTimeAsync(10_000);
  await failed;
  expect(camera.readyState).toBe('ended');
  expect(worker.terminate).toHaveBeenCalledTimes(1);
});

it('is silent while its camera is, and says so', async () => {
  const { camera, track } = await begun();
  const heard: boolean[] = [];
  for (const event of ['mute', 'unmute']) track.addEventListener(event, () => heard.push(track.muted));
  for (const muted of [true, false]) {
    camera.muted = muted;
    camera.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }
  expect(heard).toEqual([true, false]);
});

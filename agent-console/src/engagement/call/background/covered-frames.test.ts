/** What cannot be drawn is told and let go of, and what was too slow or failed is told of as nothing else. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { BackgroundState } from './background.js';
import { CoveredFrames } from './covered-frames.js';
import { LOOK_HEIGHT, LOOK_WIDTH } from './look-size.js';
import type { PersonFinder } from './person-finder.js';

/** There is nothing to draw on in Node: what is shown of a frame is looked at in a browser. */
class Canvas {
  getContext() {
    return {
      drawImage: () => undefined,
      putImageData: () => undefined,
      getImageData: () => ({ data: new Uint8ClampedArray(LOOK_WIDTH * LOOK_HEIGHT * 4) }),
    };
  }
}
class Pixels {
  readonly data = new Uint8ClampedArray(LOOK_WIDTH * LOOK_HEIGHT * 4);
}
const takes = vi.fn();
class Picture {
  constructor() {
    takes();
  }
}

beforeEach(() => {
  vi.stubGlobal('OffscreenCanvas', Canvas);
  vi.stubGlobal('ImageData', Pixels);
  vi.stubGlobal('VideoFrame', Picture);
  takes.mockReset();
});
afterEach(() => vi.unstubAllGlobals());

const confident: PersonFinder = { find: () => new Float32Array(LOOK_WIDTH * LOOK_HEIGHT) };

function framesWith(load: () => Promise<PersonFinder>) {
  const told: BackgroundState[] = [];
  const frames = new CoveredFrames({ load, onState: (state) => told.push(state) });
  return { frames, told };
}

const newFrame = () => ({ timestamp: 0, displayWidth: 4, displayHeight: 2, close: vi.fn() });

async function followed(frames: CoveredFrames, given: readonly ReturnType<typeof newFrame>[]) {
  const readable = new ReadableStream({
    start(controller) {
      for (const frame of given) controller.enqueue(frame);
      controller.close();
    },
  });
  const written: unknown[] = [];
  const writable = new WritableStream({ write: (picture) => void written.push(picture) });
  await frames.follow({ readable, writable });
  return written;
}

it('tells of a frame that gives no picture, and goes on with the next', async () => {
  takes.mockImplementationOnce(() => {
    throw new Error('no memory');
  });
  const { frames, told } = framesWith(async () => confident);
  frames.show('blurred');
  await vi.waitFor(() => expect(told).toEqual(['drawn']));
  const given = [newFrame(), newFrame(), newFrame()];
  expect(await followed(frames, given)).toHaveLength(2);
  expect(told).toEqual(['drawn', 'failed']);
  for (const frame of given) expect(frame.close).toHaveBeenCalledTimes(1);
});

it('tells of nothing else once it failed or was too slow, whatever is chosen', async () => {
  const failing = framesWith(() => Promise.reject(new Error('not there')));
  failing.frames.show('blurred');
  await vi.waitFor(() => expect(failing.told).toEqual(['failed']));
  const slow = framesWith(async () => confident);
  slow.frames.show('blurred');
  await vi.waitFor(() => expect(slow.told).toEqual(['drawn']));
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 400;
    return now;
  });
  await followed(slow.frames, Array.from({ length: 30 }, newFrame));
  clock.mockRestore();
  expect(slow.told).toEqual(['drawn', 'slow']);
  for (const { frames } of [failing, slow]) frames.show('plain');
  await followed(slow.frames, [newFrame()]);
  expect([failing.told, slow.told]).toEqual([['failed'], ['drawn', 'slow']]);
});

it('loads once, whatever is chosen meanwhile', async () => {
  const load = vi.fn(async () => confident);
  const { frames, told } = framesWith(load);
  for (const background of ['blurred', 'plain', 'picture'] as const) frames.show(background);
  await vi.waitFor(() => expect(told).toEqual(['drawn']));
  frames.show('blurred');
  expect(load).toHaveBeenCalledTimes(1);
});

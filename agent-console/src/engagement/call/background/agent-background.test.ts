/** From the choice on no camera goes out as it is: ended where it did, and not given out until it is covered. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AgentBackground } from './agent-background.js';
import type { Background, BackgroundState } from './background.js';

interface Covering {
  readonly onState: (state: BackgroundState) => void;
  readonly give: (track: MediaStreamTrack) => void;
  readonly fail: () => void;
}
const coverings: Covering[] = [];

/** There are no cameras in Node: what is given out when is looked at here, and what is drawn in a browser. */
const newBackground = () =>
  new AgentBackground(
    async () =>
      (_, { onState }) =>
        new Promise((give, reject) => {
          coverings.push({ onState, give, fail: () => reject(new Error('no')) });
        }),
  );

class Track {
  readyState = 'live';
  stop(): void {
    this.readyState = 'ended';
  }
}
const track = () => new Track() as unknown as MediaStreamTrack;
const covering = (at: number) => vi.waitFor(() => coverings[at] ?? Promise.reject(new Error('Not yet.')));

beforeEach(() => {
  coverings.length = 0;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('lets a camera out as it is, and ends it with the choice of another background', async () => {
  const background = newBackground();
  const camera = track();
  expect(await background.dress(camera)).toBe(camera);
  background.choose('blurred');
  expect(camera.readyState).toBe('ended');
});

it('opens a camera anew where it begins or ends to be covered, and where that failed', () => {
  const background = newBackground();
  const opensAnew = (chosen: Background): boolean => {
    const before = background.opening.value;
    background.choose(chosen);
    return background.opening.value > before;
  };
  expect((['asItIs', 'plain', 'blurred'] as const).map(opensAnew)).toEqual([false, true, false]);
  for (const held of ['failed', 'slow'] as const) {
    background.state.set(held);
    expect(opensAnew('blurred')).toBe(true);
  }
  background.state.set('drawn');
  expect([opensAnew('blurred'), opensAnew('asItIs')]).toEqual([false, true]);
});

it('gives out what is covered alone, and nothing where it is to be seen as it is meanwhile', async () => {
  const background = newBackground();
  background.choose('blurred');
  const [one, two] = [track(), track()];
  const first = background.dress(track());
  (await covering(0)).give(one);
  expect(await first).toBe(one);
  const second = background.dress(track());
  background.choose('asItIs');
  (await covering(1)).give(two);
  expect([await second, two.readyState]).toEqual([undefined, 'ended']);
});

it('tells of the newer of two', async () => {
  const background = newBackground();
  background.choose('blurred');
  void background.dress(track());
  const one = await covering(0);
  expect(background.state.value).toBe('preparing');
  one.onState('drawn');
  expect(background.state.value).toBe('drawn');
  void background.dress(track());
  const two = await covering(1);
  one.onState('off');
  expect(background.state.value).toBe('preparing');
  two.onState('slow');
  expect(background.state.value).toBe('slow');
});

it('holds a grey picture where it cannot be covered, says so, and lets go of the camera', async () => {
  const grey = track();
  const fillRect = vi.fn();
  const canvas = { getContext: () => ({ fillRect }), captureStream: () => ({ getTracks: () => [grey] }) };
  vi.stubGlobal('document', { createElement: () => canvas });
  const background = newBackground();
  background.choose('blurred');
  const camera = track();
  const dressed = background.dress(camera);
  (await covering(0)).fail();
  expect(await dressed).toBe(grey);
  expect([camera.readyState, background.state.value]).toEqual(['ended', 'failed']);
  expect(fillRect).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(fillRect).toHaveBeenCalledTimes(3);
  grey.stop();
  vi.advanceTimersByTime(500);
  expect([fillRect.mock.calls.length, background.state.value]).toEqual([3, 'off']);
});

/** The agent's own screen: shown in the call that it was picked for, and in no other. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AgentScreen } from './agent-screen.js';
import type { CallMediaSession } from './call-media.js';

class Track extends EventTarget {
  stopped = false;
  getSettings() {
    return { displaySurface };
  }
  stop(): void {
    this.stopped = true;
  }
}

let picks: (() => void)[];
let tracks: Track[];
let isJoined: boolean;
let told: string[];
let answers: Promise<void>;
let displaySurface: string | undefined;
let wishes: object[];

const media = {
  produce: async () => {
    if (!isJoined) return false;
    told.push('sent');
    await answers;
    return true;
  },
  closeSource: async () => {
    told.push('closed');
  },
} as unknown as CallMediaSession;

const settle = () => new Promise(setImmediate);

beforeEach(() => {
  [picks, tracks, told, isJoined, answers] = [[], [], [], true, Promise.resolve()];
  [displaySurface, wishes] = ['browser', []];
  const getDisplayMedia = async (wish: object) => {
    wishes.push(wish);
    await new Promise<void>((resolve) => {
      picks.push(resolve);
    });
    const track = new Track();
    tracks.push(track);
    return { getVideoTracks: () => [track] };
  };
  vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia } });
});
afterEach(() => vi.unstubAllGlobals());

it('is not shown in a later call when it was picked after its own was over', async () => {
  const screen = new AgentScreen(() => media);
  const shown = screen.show('any');
  screen.drop();
  picks[0]?.();
  await shown;
  await screen.comeBack();
  expect([tracks[0]?.stopped, told, screen.state.value.state]).toEqual([true, [], 'off']);
});

it('leaves alone what is being picked anew', async () => {
  const screen = new AgentScreen(() => media);
  const first = screen.show('any');
  screen.drop();
  const second = screen.show('any');
  picks[0]?.();
  await first;
  expect(screen.state.value.state).toBe('starting');
  picks[1]?.();
  await second;
  expect([tracks.map(({ stopped }) => stopped), told]).toEqual([[true, false], ['sent']]);
});

it('is on only once it is sent, and kept for the join that comes', async () => {
  isJoined = false;
  const screen = new AgentScreen(() => media);
  const shown = screen.show('any');
  picks[0]?.();
  await shown;
  expect([tracks[0]?.stopped, screen.state.value.state]).toEqual([false, 'starting']);
  isJoined = true;
  await screen.comeBack();
  expect([told, screen.state.value.state]).toEqual([['sent'], 'on']);
});

it('is closed when it was taken back before the service had answered', async () => {
  let answer = (): void => undefined;
  answers = new Promise((resolve) => {
    answer = resolve;
  });
  const screen = new AgentScreen(() => media);
  const shown = screen.show('any');
  picks[0]?.();
  await settle();
  screen.drop();
  answer();
  await shown;
  expect([told, tracks[0]?.stopped, screen.state.value.state]).toEqual([['sent', 'closed'], true, 'off']);
});

it.each([
  ['tab', 'browser', true],
  ['tab', 'window', false],
  ['tab', 'monitor', false],
  ['tab', undefined, false],
  ['any', 'monitor', true],
] as const)('of %s, a %s that was picked is shown: %s', async (what, picked, isShown) => {
  displaySurface = picked;
  const screen = new AgentScreen(() => media);
  const shown = screen.show(what);
  picks[0]?.();
  await shown;
  expect([told.length, tracks[0]?.stopped, screen.state.value.state, screen.state.value.trouble]).toEqual(
    isShown ? [1, false, 'on', undefined] : [0, true, 'off', 'onlyTab'],
  );
});

it('of one tab stays of that tab: the browser offers no other surface in its place', () => {
  void new AgentScreen(() => media).show('tab');
  expect(wishes).toMatchObject([{ surfaceSwitching: 'exclude', monitorTypeSurfaces: 'exclude' }]);
});

it('is asked for in two steps, and a call that ends asks no more', () => {
  const screen = new AgentScreen(() => media);
  screen.ask('which');
  screen.ask('uncovered');
  expect(screen.state.value).toEqual({ state: 'off', asked: 'uncovered' });
  screen.drop();
  expect(screen.state.value).toEqual({ state: 'off' });
});

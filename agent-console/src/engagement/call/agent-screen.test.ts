/** The agent's own screen: shown in the call that it was picked for, and in no other. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AgentScreen } from './agent-screen.js';
import type { CallMediaSession } from './call-media.js';

class Track extends EventTarget {
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
}

let picks: (() => void)[];
let tracks: Track[];
let isJoined: boolean;
let told: string[];
let answers: Promise<void>;

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
  const getDisplayMedia = async () => {
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
  const shown = screen.show();
  screen.drop();
  picks[0]?.();
  await shown;
  await screen.comeBack();
  expect([tracks[0]?.stopped, told, screen.state.value.state]).toEqual([true, [], 'off']);
});

it('leaves alone what is being picked anew', async () => {
  const screen = new AgentScreen(() => media);
  const first = screen.show();
  screen.drop();
  const second = screen.show();
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
  const shown = screen.show();
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
  const shown = screen.show();
  picks[0]?.();
  await settle();
  screen.drop();
  answer();
  await shown;
  expect([told, tracks[0]?.stopped, screen.state.value.state]).toEqual([['sent', 'closed'], true, 'off']);
});

/** Whoever muted is not heard by loading their window anew: not even the microphone is opened. */

import type { CallState } from '@alongside/protocol';
import { beforeEach, expect, it, vi } from 'vitest';
import { succeed } from '../../app/failure.js';
import type { AgentDevices } from './agent-devices.js';
import { CallClient } from './call-client.js';
import type { CallClientDeps } from './call-client-state.js';

const on = (callId: string): CallState => ({
  ...{ state: 'on', callId, since: 1 },
  ...{ visitorVoice: true, visitorVideo: false },
});
const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  });
  return () => vi.unstubAllGlobals();
});

/** A window in this call, and what it opens for that. */
async function load(callId: string) {
  const opened: string[] = [];
  const devices = {
    open: async (source: string) => {
      opened.push(source);
      return { stop: () => undefined };
    },
    background: { opening: { subscribe: () => () => undefined } },
    onChanged: () => () => undefined,
  } as unknown as AgentDevices;
  const live = { send: async () => succeed({}) };
  const call = new CallClient({ live, devices, engagementId: 'e' } as unknown as CallClientDeps);
  call.follow(on(callId));
  // In Node there is no call to be had: the window tells so after it has opened what it would give.
  await vi.waitFor(() => expect(call.state.value.link).toBe('failed'));
  return { call, opened };
}

/** As once it is given. */
async function press({ given }: CallClient, state: 'on' | 'off'): Promise<void> {
  given.tell('microphone', { state });
  await given.toggle('microphone');
}

it('[CA14] gives no voice to the next windows either, until the agent presses', async () => {
  const first = await load('one');
  expect(first.opened).toEqual(['microphone']);
  await press(first.call, 'on');
  expect((await load('one')).opened).toEqual([]);
  const { call, opened } = await load('one');
  expect(opened).toEqual([]);
  await press(call, 'off');
  expect((await load('one')).opened).toEqual(['microphone']);
});

it('is of one call, and leaves nothing behind when that is over', async () => {
  const { call } = await load('one');
  await press(call, 'on');
  expect((await load('two')).opened).toEqual(['microphone']);
  call.follow({ state: 'off' });
  expect(kept.size).toBe(0);
});

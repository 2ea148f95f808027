/** A microphone that the system silences is given all the same: by keys and by roles it is dealt with as one that is heard. */

import type { CallState } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { Store } from '../../app/store.js';
import type { AgentDevices } from './agent-devices.js';
import { type CallClientState, idle } from './call-client-state.js';
import { GivenMedia } from './given-media.js';

const on = { state: 'on', callId: 'one', since: 1, visitorVoice: true, visitorVideo: false } as CallState;

function held() {
  const said: string[] = [];
  const media = {
    gives: (source: string) => source === 'microphone',
    produce: async (source: string) => said.push(`produce ${source}`) > 0,
    closeSource: async (source: string) => void said.push(`close ${source}`),
    mute: async (source: string, muted: boolean) => void said.push(`mute ${source} ${muted}`),
  };
  const microphone = { state: 'off', trouble: 'held' } as const;
  const state = new Store<CallClientState>({ ...idle, microphone });
  const devices = { pick: () => undefined, open: async () => ({}) } as unknown as AgentDevices;
  const given = new GivenMedia({
    state,
    devices,
    media: () => media,
    isIn: () => true,
    keepSilent: () => undefined,
  });
  given.follow(on, 'speak');
  return { given, said, state };
}

it('is muted by whoever lets go of the key to speak meanwhile', async () => {
  const { given, said } = held();
  expect(given.isMuted).toBe(false);
  await given.mute(true);
  expect(said).toEqual(['mute microphone true']);
});

it('goes with a role that lets it be heard', () => {
  const { given, said } = held();
  given.settle();
  expect(said).toEqual([]);
  given.follow(on, 'listen');
  given.settle();
  expect(said).toEqual(['close microphone']);
});

it('makes way for another one that is picked', async () => {
  const { given, said } = held();
  await given.pick('microphone', 'two');
  await given.pick('camera', 'two');
  expect(said).toEqual(['produce microphone']);
});

it('is given where the one before could not be', async () => {
  const { given, said, state } = held();
  given.want('video');
  state.update((is) => ({ ...is, camera: { state: 'off', trouble: 'busy' } }));
  await given.pick('camera', 'two');
  expect(said).toEqual(['produce camera']);
});

/** What is heard and seen of whom, as the lead passes from one to the other. */

import type { AgentId, RemoteProducer } from '@alongside/protocol';
import { signal } from '@preact/signals';
import { expect, it } from 'vitest';
import { HeardTracks } from './heard-tracks.js';

const [aki, eva] = ['aki' as AgentId, 'eva' as AgentId];
const track = (id: string) => ({ id }) as MediaStreamTrack;
const given = (producerId: string, agentId: AgentId, more: Partial<RemoteProducer> = {}): RemoteProducer => ({
  ...{ producerId, party: 'agent', agentId, source: 'microphone', muted: false },
  ...more,
});

it('plays every voice, and shows the picture of whoever leads apart from the others', () => {
  const lead = signal<AgentId | undefined>(aki);
  const heard = new HeardTracks(lead);
  heard.came(given('a', aki), track('a'));
  heard.came(given('b', eva, { muted: true }), track('b'));
  heard.came(given('c', eva, { source: 'camera' }), track('c'));
  const shown = () => [
    heard.voices.value.map((each) => each.track.id),
    heard.picture.value?.id,
    heard.otherPictures.value.map((each) => each.track.id),
    heard.muted.value,
  ];
  expect(shown()).toEqual([['a', 'b'], undefined, ['c'], false]);
  lead.value = eva;
  expect(shown()).toEqual([['a', 'b'], 'c', [], true]);
  heard.changed(given('c', eva, { source: 'camera', muted: true }));
  heard.changed(given('unknown', eva));
  heard.went('a');
  expect(shown()).toEqual([['b'], undefined, [], true]);
  heard.clear();
  expect(heard.voices.value).toEqual([]);
});

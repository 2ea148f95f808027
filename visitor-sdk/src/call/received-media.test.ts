/** What a visitor receives in a call comes as large as it is shown, and as their line bears. */

import type { RemoteProducer } from '@alongside/protocol';
import { expect, it, vi } from 'vitest';
import { ReceivedMedia, type ReceivedMediaDeps } from './received-media.js';

const from = (source: RemoteProducer['source'], agentId?: string) =>
  ({ producerId: `${agentId} ${source}`, party: 'agent', source, agentId, muted: false }) as RemoteProducer;

it('pictures are small or hidden where the line bears no more, a screen whole or hidden, and voices stay', async () => {
  const said: unknown[] = [];
  const came: string[] = [];
  const received = new ReceivedMedia({
    call: {
      onTrack: ({ producerId }: RemoteProducer) => came.push(producerId),
      isLeads: ({ agentId }: RemoteProducer) => agentId === 'lead',
    },
    ask: async (_name: string, { producerId }: { readonly producerId: string }) => ({
      consumerId: producerId,
    }),
    say: (stream: string, _name: string, { shown }: { readonly shown: string }) =>
      said.push(`${stream} ${shown}`),
    transport: { id: 'way', closed: false, consume: async ({ id }: { readonly id: string }) => ({ id }) },
  } as unknown as ReceivedMediaDeps);
  for (const producer of [from('microphone', 'lead'), from('camera', 'lead'), from('screen', 'lead')])
    received.receive(producer);
  await vi.waitFor(() => expect(came).toHaveLength(3));
  for (const ration of ['small', 'none', 'all'] as const) received.ration(ration);
  expect(said).toEqual(
    ['small', 'hidden', 'large'].flatMap((size) => [`lead camera ${size}`, `lead screen ${size}`]),
  );
  said.length = 0;
  received.ration('none');
  received.receive(from('camera', 'colleague'));
  await vi.waitFor(() => expect(said).toContain('colleague camera hidden'));
  said.length = 0;
  received.show('small');
  received.ration('all');
  expect(said.at(-1)).toBe('colleague camera small');
});

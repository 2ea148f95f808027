import type { types } from 'mediasoup';
import { expect, it } from 'vitest';
import { CallParticipant } from './call-participant.js';

const dtlsParameters = { fingerprints: [] };

/** As much of a transport as is connected. */
function transportOf(id: string, connected: string[]) {
  const connect = async () => void connected.push(id);
  return { id, dtlsState: 'connecting', connect } as unknown as types.WebRtcTransport;
}

it('connects a way whose packets came before the word of it, and each way once', async () => {
  const connected: string[] = [];
  const participant = new CallParticipant({
    ...{ member: 'visitor', sessionId: 'page', onProducerClosed: () => undefined },
    transports: { send: transportOf('send', connected), receive: transportOf('receive', connected) },
  });
  const connect = (transportId: string) => participant.connect({ transportId, dtlsParameters });
  expect(await connect('send')).toBeUndefined();
  expect(await connect('send')).toBe('wrongState');
  expect(await connect('receive')).toBeUndefined();
  expect(await connect('another')).toBe('notFound');
  expect(connected).toEqual(['send', 'receive']);
});

import type { types } from 'mediasoup';
import { expect, it } from 'vitest';
import { CallParticipant, type Transports } from './call-participant.js';

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

it('is deserted once neither signals nor media have come for longer than a page takes to be loaded, until they are back', () => {
  const media = { dtlsState: 'connected', iceState: 'completed' };
  const dead = { dtlsState: 'closed', iceState: 'closed' };
  const participant = new CallParticipant({
    ...{ member: 'visitor', sessionId: 'page', onProducerClosed: () => undefined },
    transports: { send: dead, receive: media } as unknown as Transports,
  });
  const told = (isConnected: boolean, ...times: number[]) =>
    times.filter((at) => participant.isDeserted(isConnected, at));
  expect(told(false, 0, 9000), 'media go on').toEqual([]);
  media.iceState = 'disconnected';
  expect(told(false, 10_000, 14_999, 15_000, 99_000)).toEqual([15_000, 99_000]);
  expect(told(true, 100_000), 'its page is back').toEqual([]);
  media.dtlsState = 'closed';
  expect(told(false, 101_000, 105_999, 106_000)).toEqual([106_000]);
});

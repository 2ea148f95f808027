import type { RemoteProducer } from '@alongside/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { succeed } from '../../app/failure.js';
import type { CallClientDeps } from './call-client-state.js';
import { CallMediaSession } from './call-media.js';

const loading = vi.hoisted(() => ({ done: (): void => undefined }));

// There is no WebRTC in Node; only the order of loading and facts is looked at here.
vi.mock('mediasoup-client', () => {
  const transport = {
    id: 'transport',
    on: () => undefined,
    consume: async () => ({ track: {}, close: () => undefined }),
    restartIce: async () => undefined,
    close: () => undefined,
  };
  class Device {
    readonly recvRtpCapabilities = {};
    load(): Promise<void> {
      return new Promise((resolve) => {
        loading.done = resolve;
      });
    }
    createSendTransport() {
      return transport;
    }
    createRecvTransport() {
      return transport;
    }
  }
  return { Device };
});

beforeEach(() => vi.stubGlobal('RTCPeerConnection', class {}));
afterEach(() => vi.unstubAllGlobals());

const voice: RemoteProducer = { producerId: 'voice', party: 'visitor', source: 'microphone', muted: false };

function sessionWith(
  producers: readonly RemoteProducer[],
  later: readonly RemoteProducer[] = [],
  allowsOpen = () => true,
) {
  const sent: string[] = [];
  const live = {
    send: async (name: string) => {
      sent.push(name);
      if (name === 'call:restartIce') return succeed({ iceParameters: {}, producers: later });
      return succeed(name === 'call:join' ? { producers, send: {}, receive: {} } : {});
    },
  };
  const deps = { live, engagementId: 'engagement' } as unknown as CallClientDeps;
  let shown: readonly string[] = [];
  const hooks = {
    onOwn: () => undefined,
    onRemote: (remote: readonly { producerId: string }[]) => {
      shown = remote.map(({ producerId }) => producerId);
    },
    onGone: () => undefined,
    onLost: () => undefined,
    allowsOpen,
  };
  const consumed = () => sent.filter((name) => name === 'call:consume').length;
  return { session: new CallMediaSession(deps, hooks), sent, consumed, shown: () => shown };
}

it('consumes once what was told of while the join was still loading', async () => {
  const { session, sent, consumed } = sessionWith([]);
  const joined = session.join();
  await vi.waitFor(() => expect(sent).toContain('call:join'));
  await session.consume(voice);
  expect(consumed()).toBe(0);
  loading.done();
  await joined;
  expect(consumed()).toBe(1);
});

it('asks the service for nothing in a browser that holds no calls', async () => {
  vi.stubGlobal('RTCPeerConnection', undefined);
  const { session, sent } = sessionWith([]);
  expect(await session.join()).toEqual({ ok: false, failure: { code: 'callNotSupported' } });
  expect(sent).toEqual([]);
});

it('is not joined in the clear again once it was sealed', async () => {
  const { session } = sessionWith([], [], () => false);
  expect(await session.join()).toEqual({ ok: false, failure: { code: 'callNotSealed' } });
});

it('consumes once what is both listed and told of', async () => {
  const { session, sent, consumed } = sessionWith([voice]);
  const joined = session.join();
  await vi.waitFor(() => expect(sent).toContain('call:join'));
  await session.consume(voice);
  loading.done();
  await joined;
  await session.consume(voice);
  expect(consumed()).toBe(1);
});

it('takes what was made for it without asking, and asks where that was for a way of before', async () => {
  const { session, sent, consumed, shown } = sessionWith([]);
  const joined = session.join();
  await vi.waitFor(() => expect(sent).toContain('call:join'));
  loading.done();
  await joined;
  const made = { consumerId: 'made', producerId: 'voice', kind: 'audio', rtpParameters: {} } as const;
  await session.consume({ ...voice, offer: { ...made, transportId: 'transport' } });
  expect([consumed(), shown()]).toEqual([0, ['voice']]);
  const again = { ...voice, producerId: 'again' };
  await session.consume({ ...again, offer: { ...made, transportId: 'before' } });
  expect([consumed(), shown()]).toEqual([1, ['voice', 'again']]);
});

it('does not consume what was closed before it could be', async () => {
  const { session, sent, consumed } = sessionWith([]);
  const joined = session.join();
  await vi.waitFor(() => expect(sent).toContain('call:join'));
  await session.consume(voice);
  session.remoteClosed(voice.producerId);
  loading.done();
  await joined;
  expect(consumed()).toBe(0);
});

it('makes up for what came and went while nobody could tell of it', async () => {
  const again = { ...voice, producerId: 'again' };
  const { session, sent, shown } = sessionWith([voice], [again]);
  const joined = session.join();
  await vi.waitFor(() => expect(sent).toContain('call:join'));
  loading.done();
  await joined;
  await vi.waitFor(() => expect(shown()).toEqual(['voice']));
  session.mend();
  await vi.waitFor(() => expect(shown()).toEqual(['again']));
});

it('lets a device go before it is joined, and keeps a screen for the join', async () => {
  const { session } = sessionWith([]);
  const stopped: string[] = [];
  for (const source of ['microphone', 'screen'] as const) {
    const track = { stop: () => stopped.push(source) } as unknown as MediaStreamTrack;
    expect(await session.produce(source, track)).toBe(false);
  }
  expect(stopped).toEqual(['microphone']);
});

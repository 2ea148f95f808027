import type { CallSession, RefusalCode, RemoteProducer } from '@alongside/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fail, succeed } from '../../app/failure.js';
import type { CallClientDeps, OwnSource } from './call-client-state.js';
import { CallMediaSession, callDevices } from './call-media.js';

const loading = vi.hoisted(() => ({ done: (): void => undefined }));
const producing = vi.hoisted(() => ({
  ask: (_asked: object, _named: (name: { readonly id: string }) => void): void => undefined,
}));

// There is no WebRTC in Node; only the order of loading and facts is looked at here.
vi.mock('mediasoup-client', () => {
  const transport = {
    id: 'transport',
    on: (name: string, listener: typeof producing.ask) => {
      if (name === 'produce') producing.ask = listener;
    },
    produce: async ({ track, appData }: { track: object; appData: object }) => {
      const { id } = await new Promise<{ readonly id: string }>((named) => producing.ask({ appData }, named));
      return {
        ...{ id, track, paused: false, close: () => undefined },
        pause() {
          this.paused = true;
        },
        resume() {
          this.paused = false;
        },
      };
    },
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

let kind = 0;
/** What the service's answer to what is given waits for. */
let produced: Promise<void> | undefined;
/** What it is instead of a yes. */
let refusal: RefusalCode | undefined;

function sessionWith(
  producers: readonly RemoteProducer[],
  later: readonly RemoteProducer[] = [],
  allowsOpen = () => true,
) {
  const sent: string[] = [];
  const sizes: string[] = [];
  // Of another kind than those of before, for which the browser has been asked.
  kind += 1;
  const routerRtpCapabilities = { kind };
  const live = {
    send: async (name: string, { shown: size }: { readonly shown?: string }) => {
      sent.push(name);
      if (size !== undefined) sizes.push(size);
      if (name === 'call:produce') await produced;
      if (name === 'call:produce' && refusal !== undefined) return fail({ code: refusal });
      if (name === 'call:restartIce') return succeed({ iceParameters: {}, producers: later });
      return succeed(name === 'call:join' ? { producers, send: {}, receive: {}, routerRtpCapabilities } : {});
    },
  };
  const deps = { live, engagementId: 'engagement' } as unknown as CallClientDeps;
  let shown: readonly string[] = [];
  const gone: string[] = [];
  const own: OwnSource[] = [];
  const hooks = {
    onOwn: (_: unknown, now: OwnSource) => void own.push(now),
    onRemote: (remote: readonly { producerId: string }[]) => {
      shown = remote.map(({ producerId }) => producerId);
    },
    onGone: (source: string) => void gone.push(source),
    onWay: () => undefined,
    onLost: () => undefined,
    allowsOpen,
  };
  const consumed = () => sent.filter((name) => name === 'call:consume').length;
  return { session: new CallMediaSession(deps, hooks), sent, sizes, consumed, shown: () => shown, gone, own };
}

it('consumes once what was told of while the join was still loading', async () => {
  const { session, sent, consumed } = sessionWith([]);
  const joined = session.join();
  await vi.waitFor(() => expect(sent).toContain('call:join'));
  await session.remote.consume(voice);
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

it('takes what it was told with its own yes, and asks of the browser once what it can do', async () => {
  const { session, sent } = sessionWith([]);
  const told = { callId: 'one', producers: [], send: {}, receive: {} } as unknown as CallSession;
  const routerRtpCapabilities = { kind: 'of this test' };
  const loaded = callDevices.for({ ...told, routerRtpCapabilities });
  loading.done();
  loading.done = () => expect.unreachable();
  await loaded;
  expect(await session.join(Promise.resolve({ ...told, routerRtpCapabilities }))).toMatchObject({ ok: true });
  expect(sent).toEqual([]);
});

it('asks nothing of a browser that cannot seal for a call that is sealed', async () => {
  const told = { sealed: true, routerRtpCapabilities: { kind: 'sealed' } } as unknown as CallSession;
  expect(await callDevices.for(told)).toBeUndefined();
});

it('is not joined in the clear again once it was sealed', async () => {
  const { session } = sessionWith([], [], () => false);
  expect(await session.join()).toEqual({ ok: false, failure: { code: 'callNotSealed' } });
});

it('consumes once what is both listed and told of', async () => {
  const { session, sent, consumed } = sessionWith([voice]);
  const joined = session.join();
  await vi.waitFor(() => expect(sent).toContain('call:join'));
  await session.remote.consume(voice);
  loading.done();
  await joined;
  await session.remote.consume(voice);
  expect(consumed()).toBe(1);
});

it('takes what was made for it without asking, and asks where that was for a way of before', async () => {
  const { session, sent, consumed, shown } = sessionWith([]);
  const joined = session.join();
  await vi.waitFor(() => expect(sent).toContain('call:join'));
  loading.done();
  await joined;
  const made = { consumerId: 'made', producerId: 'voice', kind: 'audio', rtpParameters: {} } as const;
  await session.remote.consume({ ...voice, offer: { ...made, transportId: 'transport' } });
  expect([consumed(), shown()]).toEqual([0, ['voice']]);
  const again = { ...voice, producerId: 'again' };
  await session.remote.consume({ ...again, offer: { ...made, transportId: 'before' } });
  expect([consumed(), shown()]).toEqual([1, ['voice', 'again']]);
});

it('does not consume what was closed before it could be', async () => {
  const { session, sent, consumed } = sessionWith([]);
  const joined = session.join();
  await vi.waitFor(() => expect(sent).toContain('call:join'));
  await session.remote.consume(voice);
  session.remote.gone(voice.producerId);
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

it('has pictures come as large as they are shown and its line bears, and a screen whole or not at all', async () => {
  const pictures = (['camera', 'screen'] as const).map((source) => ({
    ...voice,
    ...{ producerId: source, source },
  }));
  const { session, sent, sizes } = sessionWith([voice, ...pictures]);
  const joined = session.join();
  await vi.waitFor(() => expect(sent).toContain('call:join'));
  loading.done();
  await joined;
  await vi.waitFor(() => expect(sent.filter((name) => name === 'call:resume')).toHaveLength(3));
  session.rationShown('small');
  session.rationShown('none');
  session.rationShown('all');
  expect(sizes).toEqual(['small', 'small', 'hidden', 'hidden', 'large', 'large']);
});

it('tells of a device that went while it was being given', async () => {
  const { session, sent, gone } = sessionWith([]);
  const joined = session.join();
  await vi.waitFor(() => expect(sent).toContain('call:join'));
  loading.done();
  await joined;
  let answer = (): void => undefined;
  produced = new Promise((resolve) => {
    answer = resolve;
  });
  const track = Object.assign(new EventTarget(), { readyState: 'live' });
  const given = session.produce('camera', track as unknown as MediaStreamTrack);
  await vi.waitFor(() => expect(sent).toContain('call:produce'));
  track.readyState = 'ended';
  track.dispatchEvent(new Event('ended'));
  answer();
  await given;
  expect([gone, sent.at(-1)]).toEqual([['camera'], 'call:mute']);
});

it('tells of a microphone that the system silences, and gives back no more than the agent had given', async () => {
  const { session, sent, own } = sessionWith([]);
  const joined = session.join();
  await vi.waitFor(() => expect(sent).toContain('call:join'));
  loading.done();
  await joined;
  const track = Object.assign(new EventTarget(), { readyState: 'live', muted: false });
  const hold = (muted: boolean): void => {
    track.muted = muted;
    track.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  };
  const mutes = () => sent.filter((name) => name === 'call:mute').length;
  await session.produce('microphone', track as unknown as MediaStreamTrack);
  hold(true);
  expect([own.at(-1), mutes()]).toEqual([{ state: 'off', trouble: 'held' }, 1]);
  hold(false);
  await vi.waitFor(() => expect(mutes()).toBe(2));
  expect(own.at(-1)).toEqual({ state: 'on' });

  await session.mute('microphone', true);
  hold(true);
  hold(false);
  expect(own.at(-1)).toEqual({ state: 'muted' });
  hold(true);
  await session.mute('microphone', false);
  expect(own.at(-1)).toEqual({ state: 'off', trouble: 'held' });
  hold(false);
  expect(own.at(-1)).toEqual({ state: 'on' });
  // A key that was held to speak is let go meanwhile.
  hold(true);
  await session.mute('microphone', true);
  hold(false);
  expect([own.at(-1), own.some(({ trouble }) => trouble === 'held')]).toEqual([{ state: 'muted' }, true]);
});

it.each([
  [
    'takes back what the service may have taken without an answer',
    'internal',
    ['call:produce', 'call:closeProducer'],
  ],
  ['takes nothing back of what was refused', 'conflict', ['call:produce']],
] as const)('%s', async (_, code, asked) => {
  const { session, sent } = sessionWith([]);
  const joined = session.join();
  await vi.waitFor(() => expect(sent).toContain('call:join'));
  loading.done();
  await joined;
  refusal = code;
  const track = Object.assign(new EventTarget(), { readyState: 'live', muted: false });
  await expect(session.produce('microphone', track as unknown as MediaStreamTrack)).rejects.toMatchObject({
    code,
  });
  refusal = undefined;
  expect(sent.slice(1)).toEqual(asked);
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

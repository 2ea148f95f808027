/** What the visitor gives into a call, and the service does not answer or does not take. */

import type { CallSession, RefusalCode } from '@alongside/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CallDeps } from './call-deps.js';
import { joinCall } from './call-part.js';

const fake = vi.hoisted(() => {
  type Produce = (asked: object, done: (named: { readonly id: string }) => void) => void;
  let produce: Produce = () => undefined;
  const transport = {
    id: 'transport',
    on: (name: string, listener: Produce) => {
      if (name === 'produce') produce = listener;
    },
    produce: async ({ appData }: { readonly appData: object }) => {
      const { id } = await new Promise<{ readonly id: string }>((done) => produce({ appData }, done));
      return { id, close: () => undefined };
    },
    close: () => undefined,
  };
  return { createSendTransport: () => transport, createRecvTransport: () => transport };
});

// There is no WebRTC in Node; only what is asked and said of what is given is looked at here.
vi.mock('./call-devices.js', () => ({
  callDevices: { create: () => fake, for: async () => ({ ...fake, recvRtpCapabilities: {} }) },
}));

beforeEach(() => vi.stubGlobal('RTCPeerConnection', class {}));
afterEach(() => vi.unstubAllGlobals());

it.each<[string, RefusalCode, readonly string[]]>([
  ['is taken back, since it may have been taken', 'internal', ['call:produce', 'call:closeProducer']],
  ['that was refused is not', 'conflict', ['call:produce']],
])('a voice %s', async (_, code, said) => {
  const asked: string[] = [];
  const muted: unknown[] = [];
  const offer = { transportId: 't', iceParameters: {}, iceCandidates: [], dtlsParameters: {} };
  const session = { callId: 'call', send: offer, receive: offer, producers: [] };
  const deps = {
    command: async (name: string, body: object) => {
      asked.push(name);
      if (name === 'call:produce') muted.push('muted' in body && body.muted);
      return name === 'call:produce' ? { ok: false, refusal: { code } } : { ok: true, value: {} };
    },
  } as unknown as CallDeps;
  const joined = await joinCall(deps, Promise.resolve(session as unknown as CallSession));
  if (!joined.ok) throw new Error(joined.code);
  const send = (enabled: boolean) => joined.room.send('microphone', { enabled } as MediaStreamTrack);
  await expect(send(true)).rejects.toThrow(code);
  expect(asked).toEqual(said);
  await expect(send(false)).rejects.toThrow(code);
  // What is switched off begins silent at the service as well.
  expect(muted).toEqual([false, true]);
});

/** The page of a call in a real browser: what the panel and the console do with media, without their screens. */

import type { CallSession, ConsumerOffer, RemoteProducer } from '@alongside/protocol';
import type { types } from 'mediasoup-client';
import { Device } from 'mediasoup-client';

type Ask = (
  command: string,
  body: unknown,
) => Promise<{ ok: boolean; value?: unknown; refusal?: { code: string } }>;

declare global {
  interface Window {
    ask: Ask;
    callPage: typeof callPage;
  }
}

let device: Device | undefined;
let send: types.Transport | undefined;
let receive: types.Transport | undefined;
const played: HTMLVideoElement[] = [];

async function value<T>(command: string, body: unknown): Promise<T> {
  const reply = await window.ask(command, body);
  if (!reply.ok) throw new Error(`${command}: ${reply.refusal?.code}`);
  return reply.value as T;
}

const callPage = {
  async join(): Promise<readonly RemoteProducer[]> {
    const session = await value<CallSession>('join', {});
    device = new Device();
    await device.load({ routerRtpCapabilities: session.routerRtpCapabilities as types.RtpCapabilities });
    const options = (offer: CallSession['send']) =>
      ({ ...offer, id: offer.transportId }) as unknown as types.TransportOptions;
    send = device.createSendTransport(options(session.send));
    receive = device.createRecvTransport(options(session.receive));
    for (const transport of [send, receive]) {
      transport.on('connect', ({ dtlsParameters }, done, failed) => {
        value('connect', { transportId: transport.id, dtlsParameters }).then(done, failed);
      });
    }
    send.on('produce', ({ kind, rtpParameters }, done, failed) => {
      const source = kind === 'audio' ? 'microphone' : 'camera';
      value<{ producerId: string }>('produce', { transportId: send?.id, source, rtpParameters }).then(
        ({ producerId }) => done({ id: producerId }),
        failed,
      );
    });
    return session.producers;
  },

  async produce(video = true): Promise<void> {
    const media = await navigator.mediaDevices.getUserMedia({ audio: true, video });
    for (const track of media.getTracks()) await send?.produce({ track });
  },

  async consume(producerId: string): Promise<void> {
    const offer = await value<ConsumerOffer>('consume', {
      producerId,
      rtpCapabilities: device?.recvRtpCapabilities,
    });
    const consumer = await receive?.consume({
      id: offer.consumerId,
      producerId,
      kind: offer.kind,
      rtpParameters: offer.rtpParameters as unknown as types.RtpParameters,
    });
    await value('resume', { consumerId: offer.consumerId });
    if (consumer === undefined || offer.kind !== 'video') return;
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = new MediaStream([consumer.track]);
    played.push(video);
    await video.play();
  },

  async restartIce(): Promise<void> {
    const { iceParameters } = await value<{ iceParameters: types.IceParameters }>('restartIce', {
      transportId: send?.id,
    });
    await send?.restartIce({ iceParameters });
  },

  /** Of the newest video that came: how many pictures were decoded. */
  decodedFrames(): number {
    return played.at(-1)?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
  },

  states(): readonly (string | undefined)[] {
    return [send?.connectionState, receive?.connectionState];
  },

  /** By which protocol and to which address of the worker each of the two connections goes. */
  async ways(): Promise<readonly string[]> {
    return Promise.all(
      [send, receive].map(async (transport) => {
        const entries = [...((await transport?.getStats())?.values() ?? [])];
        const { selectedCandidatePairId } = entries.find(({ type }) => type === 'transport') ?? {};
        const pair = entries.find(({ id }) => id === selectedCandidatePairId);
        const remote = entries.find(({ id }) => id === pair?.remoteCandidateId);
        return `${remote?.protocol} to ${remote?.address}`;
      }),
    );
  },

  async cipher(): Promise<string | undefined> {
    const report = await send?.getStats();
    for (const entry of report?.values() ?? []) {
      if (entry.type === 'transport') return entry.srtpCipher;
    }
    return undefined;
  },
};

window.callPage = callPage;

/**
 * A voice that nobody sends, to be received: browsers make a connection for streams alone, and the way by which a side
 * receives takes its time. So it is there before the others have opened their devices.
 */

interface Capabilities {
  readonly codecs?: readonly {
    readonly kind: string;
    readonly mimeType: string;
    readonly clockRate: number;
    readonly channels?: number;
    readonly preferredPayloadType?: number;
  }[];
}

const NAME = 'opening';
/** The service numbers what it sends from a hundred million on. */
const SSRC = 1;

/** As much of a transport of mediasoup's client. */
interface Receiving {
  consume(stream: NonNullable<ReturnType<typeof openingStream>>): Promise<unknown>;
}

/** Where that is not to be had the way is made with the first stream that comes. */
export function openWay(transport: Receiving, capabilities: Capabilities): void {
  const opening = openingStream(capabilities);
  if (opening !== undefined) transport.consume(opening).catch(() => undefined);
}

/** What this side can receive is known; undefined where that is no voice. */
export function openingStream({ codecs = [] }: Capabilities) {
  const codec = codecs.find(({ kind }) => kind === 'audio');
  if (codec?.preferredPayloadType === undefined) return undefined;
  const { mimeType, clockRate, channels = 1, preferredPayloadType: payloadType } = codec;
  return {
    ...{ id: NAME, producerId: NAME, kind: 'audio' as const },
    rtpParameters: {
      mid: NAME,
      codecs: [{ mimeType, payloadType, clockRate, channels }],
      encodings: [{ ssrc: SSRC }],
      rtcp: { cname: NAME },
    },
  };
}

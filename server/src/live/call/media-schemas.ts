/**
 * The shape of what a client says of its media, checked before any of it comes near the media worker: malformed
 * parameters are the known way to make a worker die. Fields that are not listed are left out.
 */

import type { MediaParameters } from '@alongside/protocol';
import type { types } from 'mediasoup';
import * as v from 'valibot';

const Word = v.pipe(v.string(), v.regex(/^[\w.:/+#-]{1,100}$/));
const Uint32 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));
const PayloadType = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(127));
const ExtensionId = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255));
/** `v.array` of bounded length. */
const listOf = <T extends v.GenericSchema>(schema: T, most: number) =>
  v.pipe(v.array(schema), v.maxLength(most));

const CodecSettings = v.pipe(
  v.record(Word, v.union([v.pipe(v.string(), v.maxLength(200)), v.number()])),
  v.check((settings) => Object.keys(settings).length <= 30),
);
const Feedback = listOf(
  v.object({ type: Word, parameter: v.optional(v.pipe(v.string(), v.maxLength(40))) }),
  20,
);

const DtlsParameters = v.object({
  // Whoever begins the handshake lets the other side choose: the worker, which takes an authenticated cipher.
  role: v.optional(v.picklist(['auto', 'client'])),
  fingerprints: v.pipe(
    v.array(
      v.object({
        algorithm: v.picklist(['sha-256', 'sha-384', 'sha-512']),
        value: v.pipe(v.string(), v.regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){31,63}$/)),
      }),
    ),
    v.minLength(1),
    v.maxLength(4),
  ),
});

const mimeType = v.pipe(v.string(), v.regex(/^(audio|video)\/[A-Za-z0-9-]{1,30}$/));
const RtpCodec = v.object({
  mimeType,
  payloadType: PayloadType,
  clockRate: Uint32,
  channels: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8))),
  parameters: v.optional(CodecSettings),
  rtcpFeedback: v.optional(Feedback),
});

const RtpParameters = v.object({
  mid: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,16}$/))),
  msid: v.optional(v.pipe(v.string(), v.regex(/^[\w{}. -]{1,140}$/))),
  codecs: v.pipe(listOf(RtpCodec, 16), v.minLength(1)),
  headerExtensions: v.optional(
    listOf(v.object({ uri: Word, id: ExtensionId, encrypt: v.optional(v.boolean()) }), 20),
  ),
  encodings: v.pipe(
    listOf(
      v.object({
        ssrc: v.optional(Uint32),
        rid: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,16}$/))),
        codecPayloadType: v.optional(PayloadType),
        rtx: v.optional(v.object({ ssrc: Uint32 })),
        dtx: v.optional(v.boolean()),
        scalabilityMode: v.optional(v.pipe(v.string(), v.regex(/^[LS][1-3]T[1-3](_KEY)?$/))),
        maxBitrate: v.optional(Uint32),
      }),
      4,
    ),
    v.minLength(1),
  ),
  rtcp: v.optional(
    v.object({
      cname: v.optional(v.pipe(v.string(), v.maxLength(100))),
      reducedSize: v.optional(v.boolean()),
    }),
  ),
});

const RtpCapabilities = v.object({
  codecs: v.optional(
    listOf(
      v.object({
        kind: v.picklist(['audio', 'video']),
        mimeType,
        preferredPayloadType: v.optional(PayloadType),
        clockRate: Uint32,
        channels: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8))),
        parameters: v.optional(CodecSettings),
        rtcpFeedback: v.optional(Feedback),
      }),
      60,
    ),
  ),
  headerExtensions: v.optional(
    listOf(
      v.object({
        kind: v.picklist(['audio', 'video']),
        uri: Word,
        preferredId: ExtensionId,
        preferredEncrypt: v.optional(v.boolean()),
        direction: v.optional(v.picklist(['sendrecv', 'sendonly', 'recvonly', 'inactive'])),
      }),
      60,
    ),
  ),
});

export function readDtlsParameters(given: MediaParameters): types.DtlsParameters | undefined {
  return read(DtlsParameters, given) as types.DtlsParameters | undefined;
}

/** Undefined as well when a codec is of another kind than the source. */
export function readRtpParameters(
  given: MediaParameters,
  kind: types.MediaKind,
): types.RtpParameters | undefined {
  const parameters = read(RtpParameters, given);
  const fits = parameters?.codecs.every((codec) => codec.mimeType.toLowerCase().startsWith(`${kind}/`));
  return fits ? (parameters as types.RtpParameters) : undefined;
}

export function readRtpCapabilities(given: MediaParameters): types.RtpCapabilities | undefined {
  return read(RtpCapabilities, given) as types.RtpCapabilities | undefined;
}

function read<T>(schema: v.GenericSchema<unknown, T>, given: unknown): T | undefined {
  const parsed = v.safeParse(schema, given);
  return parsed.success ? parsed.output : undefined;
}

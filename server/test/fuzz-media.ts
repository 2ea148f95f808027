/**
 * What somebody says of their media, almost as a browser does: true parameters with places that hold what does not
 * belong there. What is read of them is held against rules of its own, and given to what mediasoup does with it before
 * its worker is asked.
 */

import type { MediaParameters } from '@alongside/protocol';
import type { types } from 'mediasoup';
import {
  canConsume,
  generateRouterRtpCapabilities,
  getConsumableRtpParameters,
  getConsumerRtpParameters,
  getProducerRtpParametersMapping,
  validateAndNormalizeRtpParameters,
} from 'mediasoup/ortc';
import {
  readDtlsParameters,
  readRtpCapabilities,
  readRtpParameters,
} from '../src/live/call/media-schemas.js';
import { mediaCodecs } from '../src/live/call/media-settings.js';
import { broken, seeded } from './media-rubbish.js';

export interface Fuzzed {
  readonly inputs: number;
  /** How many were read, by kind, how many of these mediasoup took, and how many were not read. */
  readonly met: Readonly<Record<string, number>>;
  readonly broken: string | undefined;
}

const router = generateRouterRtpCapabilities(mediaCodecs);
const routerBefore = JSON.stringify(router);
const rtx = (payloadType: number, apt: number) => ({
  ...{ mimeType: 'video/rtx', payloadType, clockRate: 90_000, parameters: { apt }, rtcpFeedback: [] },
});
const feedback = [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'transport-cc' }];
const fingerprint = { algorithm: 'sha-256', value: Array(32).fill('AB').join(':') };
const voice = {
  mid: '0',
  codecs: [
    {
      ...{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 },
      ...{ parameters: { useinbandfec: 1, usedtx: 1 }, rtcpFeedback: feedback },
    },
  ],
  headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4, encrypt: false }],
  encodings: [{ ssrc: 1001, dtx: true, maxBitrate: 32_000 }],
  rtcp: { cname: 'name', reducedSize: true },
};
const picture = {
  ...voice,
  mid: '1',
  codecs: [
    { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, parameters: {}, rtcpFeedback: feedback },
    rtx(97, 96),
  ],
  encodings: [
    { rid: 'r0', scalabilityMode: 'L1T3', maxBitrate: 120_000, rtx: { ssrc: 2002 } },
    { rid: 'r1', scalabilityMode: 'L1T3', maxBitrate: 900_000, codecPayloadType: 96 },
  ],
};

type Whole = Record<string, unknown>;
interface Kind {
  readonly whole: Whole;
  readonly read: (given: MediaParameters) => object | undefined;
  /** The rule that what was read breaks. */
  readonly fault: (taken: never) => string | undefined;
  /** What mediasoup makes of it; it throws where it takes it for nothing. */
  readonly use: (taken: never) => unknown;
}

const producible = (kind: types.MediaKind): Kind => ({
  whole: kind === 'audio' ? voice : picture,
  read: (given) => readRtpParameters(given, kind),
  fault: ({ codecs, encodings }: types.RtpParameters) => {
    if (codecs.some(({ mimeType }) => !mimeType.toLowerCase().startsWith(kind))) return 'is of another kind';
    if (encodings === undefined || encodings.length < 1 || encodings.length > 4) return 'has no streams';
    return undefined;
  },
  use: (taken: types.RtpParameters) => {
    validateAndNormalizeRtpParameters(taken);
    const mapping = getProducerRtpParametersMapping(taken, router);
    return getConsumableRtpParameters(kind, taken, router, mapping);
  },
});

const kinds: Readonly<Record<string, Kind>> = {
  handshake: {
    whole: { role: 'client', fingerprints: [fingerprint, { ...fingerprint, algorithm: 'sha-512' }] },
    read: readDtlsParameters,
    fault: ({ role, fingerprints }: types.DtlsParameters) => {
      if (role !== undefined && role !== 'auto' && role !== 'client') return `lets it be a ${role}`;
      if (fingerprints.length === 0) return 'proves nobody';
      const isWeak = fingerprints.some(({ algorithm }) => !/^sha-(256|384|512)$/.test(algorithm));
      return isWeak ? 'proves too little' : undefined;
    },
    // Only the worker looks further.
    use: () => undefined,
  },
  voice: producible('audio'),
  picture: producible('video'),
  capabilities: {
    whole: router as unknown as Whole,
    read: readRtpCapabilities,
    fault: () => undefined,
    use: (taken: types.RtpCapabilities) => {
      const offered = picture as unknown as types.RtpParameters;
      const mapping = getProducerRtpParametersMapping(structuredClone(offered), router);
      const consumableRtpParameters = getConsumableRtpParameters('video', offered, router, mapping);
      if (!canConsume(consumableRtpParameters, taken)) throw new TypeError('It can show none of it.');
      const how = { remoteRtpCapabilities: taken, pipe: false, enableRtx: true };
      return getConsumerRtpParameters({ consumableRtpParameters, ...how });
    },
  },
};

/** Gives so many inputs to what reads them, each to one kind. */
export function fuzzMedia(seed: number, inputs: number): Fuzzed {
  const random = seeded(seed);
  const met: Record<string, number> = {};
  const count = (way: string): void => {
    met[way] = (met[way] ?? 0) + 1;
  };
  const names = Object.keys(kinds);
  for (let input = 0; input < inputs; input += 1) {
    const name = names[Math.floor(random() * names.length)] ?? '';
    const kind = kinds[name] as Kind;
    let given = kind.whole;
    for (let change = Math.floor(random() * 4); change > 0; change -= 1) given = broken(given, random);
    const taken = kind.read(given as MediaParameters);
    count(taken === undefined ? 'refused' : name);
    if (taken === undefined) continue;
    const text = JSON.stringify(given);
    const rule = faultOf(kind, taken, text);
    if (rule !== undefined) return { inputs: input + 1, met, broken: `${name} ${rule}: ${text}` };
    if (isUsed(kind, taken)) count(`${name}Used`);
  }
  const isChanged = JSON.stringify(router) !== routerBefore;
  return { inputs, met, broken: isChanged ? 'something changes what every room offers' : undefined };
}

function faultOf(kind: Kind, taken: object, text: string): string | undefined {
  if ('polluted' in {}) return 'pollutes prototypes';
  const read = JSON.stringify(taken);
  if (read.length > text.length) return 'is longer than what was given';
  if (JSON.stringify(kind.read(structuredClone(taken) as MediaParameters)) !== read)
    return 'is read otherwise again';
  return kind.fault(taken as never);
}

/** Whatever mediasoup throws that is no word of its own breaks a rule: this throws it on. */
function isUsed(kind: Kind, taken: object): boolean {
  try {
    kind.use(taken as never);
    return true;
  } catch (error) {
    if (error instanceof TypeError || (error as Error).name === 'UnsupportedError') return false;
    throw error;
  }
}

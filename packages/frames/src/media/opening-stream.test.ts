import { expect, it } from 'vitest';
import { openingStream } from './opening-stream.js';

const opus = { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 };
const picture = { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000, preferredPayloadType: 101 };

it('is a voice as the browser takes it', () => {
  const { kind, rtpParameters } = openingStream({
    codecs: [picture, { ...opus, preferredPayloadType: 100 }],
  }) ?? { kind: undefined, rtpParameters: undefined };
  expect([kind, rtpParameters?.codecs]).toEqual([
    'audio',
    [{ mimeType: 'audio/opus', clockRate: 48_000, channels: 2, payloadType: 100 }],
  ]);
});

it('is none where the browser takes no voice, or does not say how', () => {
  expect([{}, { codecs: [picture] }, { codecs: [opus] }].map(openingStream)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

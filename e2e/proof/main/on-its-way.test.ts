import { describe, expect, it } from 'vitest';
import type { Detection } from '../detection.js';
import { withoutWhatPasses } from './on-its-way.js';

const seen = (place: string, channel: string): Detection => ({
  detector: 'writes',
  findings: [{ detector: 'writes', place, trace: { kind: 'canary', channel, form: 'utf-8' } }],
  bytesScanned: 1,
  partsNotRun: [],
});
const left = (place: string, channel: string) =>
  withoutWhatPasses(seen(place, channel), 4000).findings.length;
const told = 'name of the stream in the media parameters';
const toTheOther = ['live: UNIX-STREAM', 'live: TCP:[127.0.0.1:4000->127.0.0.1:5000]', 'tcp 4000 to 5000'];

describe('What passes through live', () => {
  it('is media parameters, which go to it, to the other browser and to the media worker', () => {
    for (const place of [...toTheOther, 'tcp 5000 to 4000']) expect(left(place, told)).toBe(0);
    for (const place of [
      'live: TCP:[127.0.0.1:5000->127.0.0.1:4000]',
      'main: UNIX-STREAM',
      'tcp 5000 to 6000',
    ])
      expect(left(place, told)).toBe(1);
  });

  it('is what a hostile browser says to it, and no answer to that', () => {
    for (const channel of ['unknown command', 'address asked of live', "visitor's command chat:send"]) {
      expect(left('tcp 5000 to 4000', channel)).toBe(0);
      for (const place of toTheOther) expect(left(place, channel)).toBe(1);
    }
  });

  it('is an encrypted packet of a call by the worker’s socket, and neither one elsewhere nor what it was before', () => {
    const leftOf = (place: string, of: 'voice' | 'picture' | 'packet') =>
      withoutWhatPasses(
        {
          ...seen(place, ''),
          findings: [{ detector: 'writes', place, trace: { kind: 'media', of, body: 0 } }],
        },
        4000,
      ).findings.length;
    expect(leftOf('media-worker: UDP', 'packet')).toBe(0);
    for (const of of ['voice', 'picture'] as const) expect(leftOf('media-worker: UDP', of)).toBe(1);
    for (const place of ['live: UDP', 'media-worker: /tmp/x', ...toTheOther])
      expect(leftOf(place, 'packet')).toBe(1);
  });

  it('is nothing of the page', () => {
    for (const place of [...toTheOther, 'tcp 5000 to 4000']) expect(left(place, 'late text')).toBe(1);
  });
});

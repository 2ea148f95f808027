/** A call is watched from its beginning to its end, and not a moment longer. */

import type { AgentId, CallMeasured } from '@alongside/protocol';
import { accept } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { CallWatch, type Speaker } from './call-watch.js';

function watched() {
  const acts = new Map<number, () => void>();
  const seen = {
    measured: [] as CallMeasured[],
    speaks: [] as (readonly Speaker[])[],
    rations: [] as string[],
    loses: false,
    now: 0,
    voices: [] as (readonly [Speaker, number])[],
    reports: 0,
  };
  const watch = new CallWatch({
    every: (ms, act) => {
      acts.set(ms, act);
      return () => acts.delete(ms);
    },
    nowMs: () => seen.now,
    onMeasured: (each) => seen.measured.push(each),
    onSpeaks: (each) => seen.speaks.push(each),
    onRation: (each) => seen.rations.push(each),
    onStill: () => undefined,
  });
  const call = {
    stats: async () => [
      { type: 'inbound-rtp', packetsReceived: seen.now, packetsLost: 0, bytesReceived: 0 },
      ...(seen.loses
        ? [
            { type: 'outbound-rtp', kind: 'video', packetsSent: seen.now },
            { type: 'remote-inbound-rtp', kind: 'video', packetsLost: seen.now / 4, timestamp: seen.now },
          ]
        : []),
    ],
    waysMade: () => 0,
    rationSent: () => undefined,
    rationShown: () => undefined,
    awaitsVoice: () => false,
    awaitsPicture: () => false,
    awaitsScreen: () => false,
    voices: () => seen.voices,
    report: async () => {
      seen.reports += 1;
      return accept({ downQuality: 10 });
    },
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const tick = async (times: number) => {
    for (let i = 0; i < times; i += 1) {
      seen.now += 2000;
      acts.get(2000)?.();
      await settle();
    }
  };
  return { watch, call, seen, acts, tick };
}

it('tells what is measured, and who speaks as it changes', async () => {
  const { watch, call, seen, acts, tick } = watched();
  watch.begin(call);
  seen.measured.length = 0;
  seen.speaks.length = 0;
  const eva = 'eva' as AgentId;
  const listen = (...voices: (readonly [Speaker, number])[]) => {
    seen.voices = voices;
    acts.get(200)?.();
  };
  listen([undefined, 0.3]);
  listen([undefined, 0.3], [eva, 0]);
  listen([undefined, 0.3], [eva, 0.3]);
  seen.now += 1000;
  listen([eva, 0.3]);
  seen.now += 1000;
  listen();
  expect(seen.speaks).toEqual([[undefined], [undefined, eva], [eva], []]);
  await tick(7);
  expect([seen.reports, seen.measured.at(-1)]).toEqual([
    1,
    { downLossPermille: 0, upKbps: 0, downKbps: 0, downQuality: 10 },
  ]);
});

it('is silent after its end, also about what was asked before', async () => {
  const { watch, call, seen, acts, tick } = watched();
  watch.begin(call);
  await tick(2);
  acts.get(2000)?.();
  watch.end();
  const told = seen.measured.length;
  await new Promise((resolve) => setImmediate(resolve));
  expect([acts.size, seen.measured.length - told, seen.measured.at(-1), seen.speaks.at(-1)]).toEqual([
    0,
    0,
    {},
    [],
  ]);
});

it('gives the picture up where too much is lost of what is sent, until its end', async () => {
  const { watch, call, seen, tick } = watched();
  seen.loses = true;
  watch.begin(call);
  await tick(5);
  expect(seen.rations).toEqual(['all', 'none']);
  watch.end();
  expect(seen.rations).toEqual(['all', 'none', 'all']);
});

/** What is measured of a call, and how often it is told. */

import type { CallFigures, CallMeasured, CallScores } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { countersOf } from './call-counters.js';
import { CallMeter } from './call-meter.js';

function meter(scores: CallScores | undefined = { upQuality: 8 }, kind = 'video') {
  const state = { at: 0, sent: 0, lost: 0, fails: false };
  const told: CallFigures[] = [];
  const measured: CallMeasured[] = [];
  const made = new CallMeter({
    counters: async () => {
      if (state.fails) throw new Error('closed');
      state.at += 2000;
      state.sent += 100;
      const entries = [
        { type: 'outbound-rtp', kind, packetsSent: state.sent, bytesSent: state.sent * 100 },
        { type: 'remote-inbound-rtp', kind, packetsLost: state.lost, timestamp: state.at },
      ];
      return countersOf(entries, state.at);
    },
    report: async (figures) => {
      told.push(figures);
      return scores;
    },
    onMeasured: (each) => measured.push(each),
  });
  return { made, state, told, measured };
}

const tick = async (made: CallMeter, times: number) => {
  for (let i = 0; i < times; i += 1) await made.tick();
};

it('measures with the second look, and tells every ten seconds with the scores coming back', async () => {
  const { made, told, measured } = meter();
  await tick(made, 1);
  expect(measured).toEqual([]);
  await tick(made, 4);
  expect([measured.length, told.length, measured.at(-1)]).toEqual([
    4,
    0,
    { upLossPermille: 0, upKbps: 40, downKbps: 0 },
  ]);
  await tick(made, 6);
  expect([told.length, measured.at(-1)?.upQuality]).toEqual([2, 8]);
});

it.each([
  ['audio', 90],
  ['video', 0],
])('of what is lost of %s alone takes what is known best', async (kind, loss) => {
  const { made, measured } = meter({ upLossPermille: 90 }, kind);
  await tick(made, 7);
  expect(measured.at(-1)?.upLossPermille).toBe(loss);
});

it('looks back ten seconds, and no further', async () => {
  const { made, state, measured } = meter();
  await tick(made, 5);
  state.lost = 50;
  await tick(made, 1);
  expect(measured.at(-1)?.upLossPermille).toBe(100);
  await tick(made, 5);
  expect(measured.at(-1)?.upLossPermille).toBe(0);
});

it('bears a call that is gone, and begins anew', async () => {
  const { made, state, measured } = meter(undefined);
  await tick(made, 3);
  state.fails = true;
  await tick(made, 2);
  state.fails = false;
  await tick(made, 1);
  expect(measured).toHaveLength(2);
  await tick(made, 1);
  expect(measured).toHaveLength(3);
});

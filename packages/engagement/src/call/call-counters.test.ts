/** Figures out of what a browser counts. */

import { describe, expect, it } from 'vitest';
import { countersOf, figuresBetween, lostOf, type StatsEntry } from './call-counters.js';

const out = (packetsSent: number, bytesSent: number) => ({
  ...{ type: 'outbound-rtp', kind: 'video' },
  ...{ packetsSent, bytesSent },
});
/** Of pictures, told anew each time. */
const told = (packetsLost: number) => ({
  ...{ type: 'remote-inbound-rtp', kind: 'video' },
  ...{ packetsLost, roundTripTime: 0.04, timestamp: packetsLost + 1 },
});
const into = (packetsReceived: number, packetsLost: number) => ({
  type: 'inbound-rtp',
  packetsReceived,
  packetsLost,
  bytesReceived: packetsReceived * 100,
  jitter: 0.012,
});
const between = (before: readonly StatsEntry[], after: readonly StatsEntry[], ms = 10_000) =>
  figuresBetween(countersOf(before, 5000), countersOf(after, 5000 + ms));

describe('figures of a stretch', () => {
  it('are of both ways and of all streams', () => {
    const before = [out(100, 10_000), out(50, 90_000), told(1), told(1), into(100, 0)];
    const after = [out(300, 50_000), out(350, 550_000), told(11), told(31), into(580, 20)];
    const pair = { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.05 };
    expect(between(before, [...after, pair])).toEqual({
      upLossPermille: 80,
      downLossPermille: 40,
      jitterMs: 12,
      roundTripMs: 50,
      upKbps: 400,
      downKbps: 38,
    });
  });

  it('take no gap between the probes of a line for a loss', () => {
    const probes = (packets: number) => ({ ...into(packets, packets * 2), mid: 'probator' });
    expect(between([into(0, 0), probes(0)], [into(100, 0), probes(10)])).toMatchObject({
      downLossPermille: 0,
    });
  });

  it('say nothing of a loss that too few packets would tell', () => {
    expect(between([out(0, 0), told(0), into(0, 0)], [out(19, 1900), told(19), into(19, 0)])).toEqual({
      jitterMs: 12,
      roundTripMs: 40,
      upKbps: 2,
      downKbps: 2,
    });
  });

  it('count nothing that was measured before the way ceased to answer', () => {
    const way = (answers: number, at: number) => [
      ...[out(at, at * 100), { ...told(0), id: 'told', timestamp: at }],
      {
        type: 'candidate-pair',
        id: 'pair',
        nominated: true,
        currentRoundTripTime: 0.05,
        responsesReceived: answers,
      },
    ];
    expect(between(way(7, 100), way(8, 300))).toMatchObject({ upLossPermille: 0, roundTripMs: 50 });
    const dark = [out(300, 30_000), ...way(7, 100).slice(1)];
    expect(between(way(7, 100), dark)).toEqual({ upKbps: 16, downKbps: 0 });
  });

  it.each([
    [10_000, true, 0, 1000],
    [2000, true, 0, undefined],
    [10_000, false, 0, undefined],
    [10_000, true, 3, undefined],
  ])('in %d ms with a voice awaited (%s) of %d packets', (ms, awaited, packets, loss) => {
    const before = countersOf([into(5, 0)], 0, awaited);
    const after = countersOf([into(5 + packets, 0)], ms, awaited);
    expect(figuresBetween(before, after).downLossPermille).toBe(loss);
  });

  it.each([
    ['has not told yet', 'video', []],
    ['tells of a voice, which may be of another one’s line', 'audio', [told(40)]],
  ])('leave out what the server %s', (_, kind, news) => {
    const of = (entry: StatsEntry) => ({ ...entry, kind });
    const after = [out(500, 50_000), ...news].map(of);
    expect(between([of(out(0, 0))], after)).not.toHaveProperty('upLossPermille');
  });

  it('take what came late after all for no loss, and a stream that ended for no rate', () => {
    expect(between([into(100, 9)], [into(200, 4)]).downLossPermille).toBe(0);
    const ended = between([out(100, 90_000), told(0)], [out(200, 20_000), { ...told(0), timestamp: 2 }]);
    expect([ended.upKbps, ended.upLossPermille]).toEqual([undefined, 0]);
  });

  it('bear entries that other browsers fill otherwise', () => {
    const odd = [{ type: 'inbound-rtp', jitter: Number.NaN }, { type: 'codec' }, {}];
    expect(between(odd, odd)).toEqual({ upKbps: 0, downKbps: 0 });
    expect(between(odd, odd, 0)).toEqual({});
  });
});

describe('what is sent', () => {
  const kinds = (at: number, voiceLost: number, pictureLost: number) =>
    countersOf(
      [
        { ...out(at * 100, 0), kind: 'audio', transportId: 'up' },
        { ...out(at * 60, 0), kind: 'video', retransmittedPacketsSent: at * 10, transportId: 'up' },
        { ...told(voiceLost), kind: 'audio', timestamp: 5 },
        { ...told(pictureLost), kind: 'video', timestamp: at },
        ...(['up', 'down'] as const).map((transportId, way) => ({
          ...{ type: 'candidate-pair', nominated: true, transportId },
          availableOutgoingBitrate: 80_000 - way * 50_000,
        })),
      ],
      at * 1000,
    );

  it('is told of by kind, and only where there is news of it', () => {
    const [before, after] = [kinds(6, 0, 0), kinds(8, 20, 10)];
    expect([lostOf('voice', before, after), lostOf('picture', before, after)]).toEqual([undefined, 100]);
  });

  it('is measured by pictures where some are sent, since a voice is told of another one’s line as well', () => {
    const upLoss = (voiceLost: number, pictureLost: number) =>
      figuresBetween(kinds(6, 0, 0), kinds(8, voiceLost, pictureLost)).upLossPermille;
    expect([upLoss(50, 0), upLoss(50, 10)]).toEqual([0, 100]);
  });

  it('goes over the line whose width counts', () => {
    expect([kinds(6, 0, 0).bearsKbps, countersOf([], 0).bearsKbps]).toEqual([80, undefined]);
  });
});

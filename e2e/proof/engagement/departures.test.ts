import { expect, test } from 'vitest';
import { Canaries, channels } from './channels.js';
import { Departures } from './departures.js';
import { handlerFaults } from './handler-faults.js';
import { stagesPlayed } from './run-engagement.js';
import { paces } from './scene.js';

const canaries = new Canaries();
const after = new Set(['after'] as const);
const frame = 'frame sent after the stop';

test('a canary that a run sends is missing until it is seen in something that leaves', () => {
  const departures = new Departures(canaries.all);
  expect(departures.missing(after)).toEqual([frame]);
  departures.saw(`["unknown","${canaries.token('unknown command')}"]`);
  departures.saw(Buffer.from(canaries.token('oversized frame')));
  expect(departures.missing(after)).toEqual([frame]);
  departures.saw(
    Buffer.concat([Buffer.alloc(12), Buffer.from(canaries.token(frame)), Buffer.alloc(100_000)]),
  );
  expect(departures.missing(after)).toEqual([]);
});

test('an address that is asked for is looked at, and what another client was answered is told', () => {
  const departures = new Departures(canaries.all);
  const before = new Set(['before'] as const);
  departures.saw(`ws://127.0.0.1/frames/${canaries.token('address asked of live')}`);
  departures.note('garbage pass');
  expect(departures.missing(before)).toEqual(['frame sent before consent']);
});

test('what is sent is never what travels, and each hostile channel and each fault is sent', () => {
  const sent = channels.filter(({ isSent }) => isSent === true);
  expect(sent.filter(({ travels }) => travels)).toEqual([]);
  const hostile = channels.filter(({ stage }) => stage === 'hostile' || stage === 'faults');
  expect(hostile.filter(({ isSent }) => isSent !== true)).toEqual([]);
  const faults = channels.filter(({ stage }) => stage === 'faults');
  expect(faults).toHaveLength(handlerFaults.filter(({ lane }) => lane !== 'ack').length);
});

test('nothing is asked of a stop that a run has not come to', () => {
  const { stages } = paces.full;
  expect([...stages]).toEqual(expect.arrayContaining(['stopping', 'after']));
  expect(stagesPlayed(stages, 'clean')).toEqual(stages);
  for (const ending of ['kill', 'abort'] as const) {
    const played = stagesPlayed(stages, ending);
    expect([...stages].filter((stage) => !played.has(stage))).toEqual(['stopping', 'after']);
  }
});

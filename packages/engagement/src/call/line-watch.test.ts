/** Pictures give way to voices on a side's own line, each way by what is lost that way, and people are told. */

import { beforeEach, expect, it } from 'vitest';
import { type CallCounters, countersOf } from './call-counters.js';
import { LineWatch } from './line-watch.js';

const LOOK_MS = 2000;
/** In each look, of each kind. */
const PACKETS = 50;

const told = {
  rations: [] as string[],
  stills: [] as boolean[],
  sent: [] as string[],
  shown: [] as string[],
};
const quiet = {
  ...{ voiceLost: 0, pictureLost: 0, downLost: 0, packets: PACKETS, pictures: 1 },
  ...{ comes: true, awaitsPicture: false, awaitsScreen: false, ways: 0 },
};
const line = { ...quiet };
const call = {
  waysMade: () => line.ways,
  awaitsPicture: () => line.awaitsPicture,
  awaitsScreen: () => line.awaitsScreen,
  rationSent: (ration: string) => void told.sent.push(ration),
  rationShown: (ration: string) => void told.shown.push(ration),
};
let watch: LineWatch;
let now: CallCounters;

beforeEach(() => {
  for (const list of Object.values(told)) list.length = 0;
  Object.assign(line, quiet);
  watch = new LineWatch(
    {
      onRation: (ration) => told.rations.push(ration),
      onStill: (isStill) => told.stills.push(isStill),
    },
    call,
  );
  now = countersOf([], 0, true);
});

function look(times: number): void {
  const sent = (before: CallCounters['voice'], packets: number, lost: number) => ({
    packets: before.packets + packets,
    lost: before.lost + lost,
    toldAt: before.toldAt + LOOK_MS,
  });
  for (let done = 0; done < times; done += 1) {
    now = {
      ...now,
      atMs: now.atMs + LOOK_MS,
      voice: sent(now.voice, PACKETS, line.voiceLost),
      picture: sent(now.picture, line.packets, line.pictureLost),
      receivedPackets: now.receivedPackets + (line.comes ? PACKETS : 0),
      downLost: now.downLost + line.downLost,
      pictures: now.pictures + (line.comes ? line.pictures : 0),
    };
    watch.look(now);
  }
}

it('sends less of the own picture where too much of it is lost', () => {
  line.pictureLost = 5;
  look(6);
  expect(told).toEqual({ sent: ['small', 'none'], shown: [], rations: ['small', 'none'], stills: [] });
});

it('counts on until enough of a slow picture was sent to say what is lost of it', () => {
  Object.assign(line, { packets: 8, pictureLost: 1 });
  look(6);
  expect(told.sent).toEqual([]);
  look(1);
  expect(told.sent).toEqual(['small']);
});

it('counts anew where a picture begins anew', () => {
  look(100);
  now = { ...now, picture: countersOf([], 0).picture };
  line.pictureLost = 5;
  look(3);
  expect(told.sent).toEqual(['small']);
});

it('takes a voice that a receiver loses for no matter of the own picture', () => {
  line.voiceLost = 10;
  look(20);
  expect(told.sent).toEqual([]);
});

it('sends the picture again where as much of the voice is lost without it', () => {
  Object.assign(line, { voiceLost: 10, pictureLost: 10 });
  look(7);
  expect(told.sent).toEqual(['none', 'all']);
});

it('lets less come of the others’ pictures where too much of what comes is lost', () => {
  line.downLost = 5;
  look(6);
  expect(told).toEqual({ sent: [], shown: ['small', 'none'], rations: [], stills: [] });
  line.downLost = 0;
  look(20);
  expect(told.shown).toEqual(['small', 'none', 'small', 'all']);
});

it.each([2, 3, 4, 5])('takes what was lost in %d silent looks for no matter of pictures', (gone) => {
  look(3);
  line.comes = false;
  look(gone);
  Object.assign(line, { comes: true, downLost: 500, pictureLost: 500 });
  look(1);
  Object.assign(line, { downLost: 0, pictureLost: 0 });
  look(5);
  expect([told.sent, told.shown]).toEqual([[], []]);
});

it('takes what was lost until the way was made anew for no matter of pictures, and begins with all of them', () => {
  look(3);
  Object.assign(line, { downLost: 50, pictureLost: 50 });
  look(2);
  expect([told.sent, told.shown]).toEqual([['none'], ['none']]);
  line.ways += 1;
  look(2);
  Object.assign(line, { downLost: 0, pictureLost: 0 });
  look(5);
  expect([told.sent, told.shown]).toEqual([
    ['none', 'all'],
    ['none', 'all'],
  ]);
});

it('tells that a picture stands still while one is awaited, and that it moves again', () => {
  look(5);
  Object.assign(line, { awaitsPicture: true, pictures: 20 });
  look(1);
  line.pictures = 0;
  look(3);
  line.pictures = 1;
  look(1);
  expect(told.stills).toEqual([true, false]);
});

it('tells of a screen that is held back, and of none that only does not change', () => {
  Object.assign(line, { awaitsScreen: true, pictures: 0 });
  look(5);
  expect(told.stills).toEqual([]);
  line.downLost = 20;
  look(3);
  expect(told.stills).toEqual([true]);
});

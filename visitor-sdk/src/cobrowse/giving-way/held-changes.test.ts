/** Changes that are held back while the page is busy: rules GW2 and GW6 of FIDELITY.md. */

import { beforeEach, expect, it } from 'vitest';
import { HeldChanges } from './held-changes.js';

let did: string[] = [];
let isAnyThere = false;
let timers: Map<number, { readonly run: () => void; readonly ms: number }>;
let held: HeldChanges;

function ring(): void {
  const [entry] = timers;
  if (entry === undefined) throw new Error('No timer is set.');
  timers.delete(entry[0]);
  entry[1].run();
}

beforeEach(() => {
  did = [];
  isAnyThere = false;
  timers = new Map();
  let last = 0;
  held = new HeldChanges({
    window: {
      setTimeout: ((run: () => void, ms: number) => {
        last += 1;
        timers.set(last, { run, ms });
        return last;
      }) as Window['setTimeout'],
      clearTimeout: (timer) => void timers.delete(timer ?? 0),
    },
    hold: () => did.push('hold'),
    release: () => {
      did.push('release');
      return isAnyThere;
    },
    letGo: () => did.push('let go'),
  });
});

it('holds nothing and sets no timer while the page is calm', () => {
  held.again();
  held.flush();
  held.stop();
  expect([did, timers.size]).toEqual([[], 0]);
});

it('lets go each time the time is over, and holds again', () => {
  held.use(100);
  expect([...timers.values()].map(({ ms }) => ms)).toEqual([100]);
  ring();
  ring();
  expect(did).toEqual(['hold', 'release', 'hold', 'release', 'hold']);
});

it('lets go before it holds for another time', () => {
  held.use(100);
  held.use(300);
  held.use(0);
  expect(did).toEqual(['hold', 'release', 'hold', 'release']);
  expect(timers.size).toBe(0);
});

it('holds again what an event has let go of', () => {
  held.use(100);
  held.again();
  expect(did).toEqual(['hold', 'hold']);
  expect(timers.size).toBe(1);
});

it('keeps nothing back for good', () => {
  held.use(1000);
  held.flush();
  held.stop();
  expect(did).toEqual(['hold', 'release', 'hold', 'let go']);
  expect([held.holdMs, timers.size]).toEqual([0, 0]);
});

it('GW6: rests after something was told, and on while more comes', () => {
  held.rest();
  held.rest();
  expect([did, [...timers.values()].map(({ ms }) => ms)]).toEqual([['hold'], [16]]);
  isAnyThere = true;
  ring();
  expect(did).toEqual(['hold', 'release', 'hold']);
  expect([...timers.values()].map(({ ms }) => ms)).toEqual([33]);
  isAnyThere = false;
  ring();
  expect(did).toEqual(['hold', 'release', 'hold', 'release']);
  expect(timers.size).toBe(0);
});

it('GW6: ends a rest for whoever needs the page as it is now', () => {
  held.rest();
  held.flush();
  expect([did, timers.size]).toEqual([['hold', 'release'], 0]);
});

/** A visitor who goes to another site is waited for, and asked again only for what ended by their absence. */

import type { EngagementView } from '@alongside/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { VisitorTrip } from './visitor-trip.js';

let now: number;
let asks: number;
let trip: VisitorTrip;
const at = (connected: boolean, state: 'on' | 'off', phase = 'active'): void =>
  trip.changed({ phase, visitor: { connected }, view: { state } } as unknown as EngagementView);

beforeEach(() => {
  now = 1_000;
  asks = 0;
  trip = new VisitorTrip({
    clock: { now: () => now },
    ask: () => {
      asks += 1;
    },
  });
});

function leave(): void {
  trip.told(true);
  now += 200;
  trip.follow('visitorAway');
}

describe('a visitor who has set out for another site', () => {
  it('is elsewhere once they are gone, and here once their page is seen', () => {
    trip.told(true);
    expect(trip.since.value).toBeUndefined();
    now += 200;
    trip.follow('visitorAway');
    expect(trip.since.value).toBe(1_200);
    at(false, 'on');
    at(true, 'on');
    trip.follow('waiting');
    expect(trip.since.value).toBe(1_200);
    trip.follow('live');
    expect([trip.since.value, asks]).toEqual([undefined, 0]);
  });

  it('is asked again by itself when the view ended while they were away', () => {
    leave();
    at(false, 'on');
    at(false, 'off');
    trip.follow('ended');
    expect(trip.since.value).toBe(1_200);
    at(true, 'off');
    expect([trip.since.value, asks]).toEqual([undefined, 1]);
    at(true, 'off');
    expect(asks).toBe(1);
  });

  it('is asked again by itself also where nobody looked at their page when they left', () => {
    trip.told(true);
    now += 200;
    at(false, 'on');
    expect(trip.since.value).toBe(1_200);
    at(false, 'off');
    at(true, 'off');
    expect([trip.since.value, asks]).toEqual([undefined, 1]);
  });

  it('is not asked again for what they stopped themselves, in another tab', () => {
    leave();
    at(true, 'on');
    at(true, 'off');
    expect([trip.since.value, asks]).toEqual([undefined, 0]);
  });

  it('is not asked when the engagement has ended', () => {
    leave();
    at(false, 'off');
    at(false, 'off', 'wrapUp');
    at(true, 'off');
    expect([trip.since.value, asks]).toEqual([undefined, 0]);
  });
});

describe('an absence', () => {
  it('that nobody announced is none of these', () => {
    trip.follow('visitorAway');
    at(false, 'off');
    at(true, 'off');
    expect([trip.since.value, asks]).toEqual([undefined, 0]);
  });

  it('is another one when the visitor has stayed, or long after', () => {
    trip.told(true);
    trip.told(false);
    trip.follow('visitorAway');
    expect(trip.since.value).toBeUndefined();
    trip.told(true);
    now += 30_001;
    trip.follow('visitorAway');
    expect(trip.since.value).toBeUndefined();
  });
});

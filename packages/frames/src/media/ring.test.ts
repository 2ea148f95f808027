/** A question for a call is heard again and again until it is answered, and in no page that nobody has pressed. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ring } from './ring.js';
import { playTestSound } from './sound-level.js';

let sounds: number;

beforeEach(() => {
  sounds = 0;
  vi.useFakeTimers();
  const param = { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined };
  class Context {
    currentTime = 0;
    resume = async () => undefined;
    close = async () => undefined;
    createGain = () => ({ gain: param, connect: () => undefined });
    createOscillator = () =>
      Object.assign(new EventTarget(), {
        ...{ frequency: param, connect: () => undefined, stop: () => undefined },
        start: () => {
          sounds += 1;
        },
      });
  }
  vi.stubGlobal('AudioContext', Context);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

class Locks {
  #holder: { readonly stolen: (why: Error) => void } | undefined;
  readonly #waiting: (() => void)[] = [];

  request(_name: string, { steal }: { steal?: boolean }, hold: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        const holder = { stolen: reject };
        this.#holder = holder;
        void hold().then(() => {
          resolve();
          if (this.#holder !== holder) return;
          this.#holder = undefined;
          this.#waiting.shift()?.();
        });
      };
      if (steal) this.#holder?.stolen(new DOMException('stolen', 'AbortError'));
      if (steal || this.#holder === undefined) begin();
      else this.#waiting.push(begin);
    });
  }
}

it('rings in one page of several, and in the one in front if there is one', async () => {
  const inPage = (visibilityState: string) => {
    vi.stubGlobal('document', { visibilityState });
    return ring();
  };
  vi.stubGlobal('navigator', { userActivation: { hasBeenActive: true }, locks: new Locks() });
  const heard = async (ms: number) => {
    const before = sounds;
    await vi.advanceTimersByTimeAsync(ms);
    return sounds - before;
  };
  const hidden = inPage('hidden');
  const other = inPage('hidden');
  expect(await heard(6000)).toBe(2);
  const front = inPage('visible');
  expect(await heard(6000)).toBe(2);
  front();
  expect(await heard(100), 'the others may hear of the answer first').toBe(0);
  expect(await heard(500), 'they have heard of none').toBe(1);
  hidden();
  other();
  expect(await heard(60_000)).toBe(0);
});

it('rings in a page that may have no locks', async () => {
  const request = async () => {
    throw new DOMException('no', 'SecurityError');
  };
  vi.stubGlobal('document', { visibilityState: 'visible' });
  vi.stubGlobal('navigator', { userActivation: { hasBeenActive: true }, locks: { request } });
  const stop = ring();
  await vi.advanceTimersByTimeAsync(7000);
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sounds).toBe(2);
});

it.each([
  ['heard', 'resume'],
  ['had by that loudspeaker', 'setSinkId'],
])('leaves no sound open that the browser does not let be %s', async (_, unanswered) => {
  let closed = 0;
  class Silent {
    resume = async () => undefined;
    setSinkId = async () => undefined;
    constructor() {
      Object.assign(this, { [unanswered]: () => new Promise(() => undefined) });
    }
    close = async () => {
      closed += 1;
    };
  }
  vi.stubGlobal('AudioContext', Silent);
  const played = playTestSound('headset').catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(3000);
  expect(await played).toBeInstanceOf(Error);
  expect(closed).toBe(1);
});

it.each([
  [true, [1, 3, 3]],
  [false, [0, 0, 0]],
  [undefined, [0, 0, 0]],
])('in a page that was pressed (%s)', async (hasBeenActive, heard) => {
  vi.stubGlobal('document', { visibilityState: 'visible' });
  vi.stubGlobal('navigator', hasBeenActive === undefined ? {} : { userActivation: { hasBeenActive } });
  const stop = ring();
  const counted: number[] = [];
  for (const ms of [1000, 12_000]) {
    await vi.advanceTimersByTimeAsync(ms);
    counted.push(sounds);
  }
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([...counted, sounds]).toEqual(heard);
});

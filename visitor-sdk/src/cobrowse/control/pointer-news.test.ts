/** One agent's pointer for the others: not to themselves, not too often, and the last place always. */

import { parseIntentAnswer } from '@alongside/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PointerNews } from './pointer-news.js';

let watchers: readonly number[];
let told: { readonly slot: number; readonly body: unknown }[];
let news: PointerNews;

beforeEach(() => {
  vi.useFakeTimers();
  watchers = [1, 2, 3];
  told = [];
  news = new PointerNews({
    window: globalThis as unknown as Window,
    watchers: () => watchers,
    agentName: (slot) => `Agent ${slot}`,
    answer: (slot, body) => told.push({ slot, body }),
  });
});
afterEach(() => vi.useRealTimers());

const point = (fx: number) => ({ kind: 'point', ref: 1, at: { id: 7, fx, fy: 0 } });

it('tells everybody but who points, in words that the console reads', () => {
  news.pointed(2, point(0.5));
  expect(told.map(({ slot }) => slot)).toEqual([1, 3]);
  expect(parseIntentAnswer(told[0]?.body)).toEqual({
    outcome: 'pointed',
    by: { slot: 2, name: 'Agent 2' },
    at: { id: 7, fx: 0.5, fy: 0 },
  });
});

it('tells nobody while one agent sees the page', () => {
  watchers = [2];
  news.pointed(2, point(0.5));
  expect(told).toEqual([]);
});

it('tells the last place of a hand that hurries, and nothing of what was between', () => {
  for (let step = 0; step <= 10; step += 1) news.pointed(2, point(step / 10));
  vi.advanceTimersByTime(1000);
  const places = told.filter(({ slot }) => slot === 1).map(({ body }) => parseIntentAnswer(body));
  expect(places).toMatchObject([{ at: { fx: 0 } }, { at: { fx: 1 } }]);
});

it('takes the pointer away with who is gone', () => {
  watchers = [1, 3];
  news.left(2);
  expect(told.map(({ body }) => parseIntentAnswer(body))).toMatchObject([{ at: null }, { at: null }]);
});

/** News of the visitor's tabs go to whoever watches, once each time they change, and to whoever comes. */

import type { IntentAnswer, VisitorTab } from '@alongside/protocol';
import { parseIntentAnswer } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { PageNews } from './page-news.js';

const one: VisitorTab = { id: 1, inFront: true, path: '/alder' };
const two: VisitorTab = { id: 2, inFront: false };

it('tells what has changed, and those who come what is', () => {
  const told: [number, IntentAnswer][] = [];
  const slots: number[] = [];
  const news = new PageNews({ tell: (slot, body) => void told.push([slot, body]), watchers: () => slots });
  news.greet(1);
  expect(told).toEqual([]);
  news.tabs([one]);
  slots.push(1);
  news.greet(1);
  news.tabs([one, two]);
  news.tabs([one, two]);
  slots.push(2);
  news.trip(true);
  expect(told).toEqual([
    [1, { outcome: 'tabs', tabs: [one] }],
    [1, { outcome: 'tabs', tabs: [one, two] }],
    [1, { outcome: 'trip', away: true }],
    [2, { outcome: 'trip', away: true }],
  ]);
  for (const [, body] of told) expect(parseIntentAnswer(body)).toEqual(body);
});

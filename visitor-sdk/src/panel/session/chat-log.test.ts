/** Committed lines by their numbers. */

import type { ChatLine, LineId } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { ChatLog } from './chat-log.js';

const line = (number: number): ChatLine => ({
  number,
  lineId: `line-${number}` as LineId,
  from: 'agent',
  text: `text ${number}`,
  at: number,
});

it('shows each line once, by its number, in whatever order it came', () => {
  const log = new ChatLog();
  expect(log.add([line(3), line(1)])).toBe(true);
  expect(log.add([line(1)])).toBe(false);
  expect(log.add([line(2), line(3)])).toBe(true);
  expect(log.sorted.map(({ number }) => number)).toEqual([1, 2, 3]);
});

it('knows up to where nothing is missing', () => {
  const log = new ChatLog();
  expect(log.completeTo).toBe(0);
  log.add([line(2)]);
  expect(log.completeTo).toBe(0);
  log.add([line(1), line(4)]);
  expect(log.completeTo).toBe(2);
});

/** The outbox: what is sent once, in order, and what is given back. */

import type { ChatLine, LineId } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import type { ChatLog } from './chat-log.js';
import {
  addLines,
  addPending,
  completeUpTo,
  discard,
  emptyLog,
  hasGap,
  markFailed,
  markSending,
  markSent,
  nextToSend,
} from './chat-log.js';

const id = (name: string): LineId => name as LineId;
const line = (number: number, from: ChatLine['from'] = 'visitor'): ChatLine => ({
  number,
  lineId: id(`line-${number}`),
  from,
  text: `text ${number}`,
  at: number,
});
const withPending = (...names: string[]): ChatLog =>
  names.reduce((log, name) => addPending(log, { lineId: id(name), text: name }), emptyLog);

describe('committed lines', () => {
  it('are kept once each and in order, however they come', () => {
    const log = addLines(addLines(emptyLog, [line(3), line(1)]), [line(2), line(3)]);
    expect(log.lines.map((each) => each.number)).toEqual([1, 2, 3]);
  });

  it('show a gap until what is missing has come', () => {
    const log = addLines(emptyLog, [line(1), line(2), line(5)]);
    expect(completeUpTo(log)).toBe(2);
    expect(hasGap(log, 5)).toBe(true);
    expect(hasGap(addLines(log, [line(3), line(4)]), 5)).toBe(false);
  });

  it('are known to be missing at the end as well', () => {
    expect(hasGap(addLines(emptyLog, [line(1)]), 2)).toBe(true);
    expect(hasGap(emptyLog, 0)).toBe(false);
  });
});

describe('own lines', () => {
  it('leave one after the other, in the order in which they were written', () => {
    const log = withPending('a', 'b');
    expect(nextToSend(log)?.lineId).toBe('a');
    const sending = markSending(log, id('a'));
    expect(nextToSend(sending)).toBeUndefined();
    expect(nextToSend(markSent(sending, id('a'), { number: 1, at: 5 }))?.lineId).toBe('b');
  });

  it('become committed lines with the number of the reply', () => {
    const sent = markSent(markSending(withPending('a'), id('a')), id('a'), { number: 7, at: 70 });
    expect(sent.pending).toEqual([]);
    expect(sent.lines).toEqual([{ number: 7, at: 70, lineId: 'a', from: 'agent', text: 'a' }]);
  });

  it('are not doubled when the fact comes before the reply', () => {
    const said = addLines(markSending(withPending('a'), id('a')), [
      { number: 1, at: 1, lineId: id('a'), from: 'agent', text: 'a' },
    ]);
    expect(said.pending).toEqual([]);
    expect(markSent(said, id('a'), { number: 1, at: 1 }).lines).toHaveLength(1);
  });

  it.each(['unreachable', 'storageUnavailable', 'tooFast'] as const)(
    'wait after %s and keep their id',
    (code) => {
      const log = markFailed(markSending(withPending('a', 'b'), id('a')), id('a'), { code });
      expect(log.pending[0]).toEqual({ lineId: 'a', text: 'a', state: 'waiting' });
      expect(nextToSend(log)?.lineId).toBe('a');
    },
  );

  it('are given back with the reason when they are refused, and hold up nothing', () => {
    const log = markFailed(markSending(withPending('a', 'b'), id('a')), id('a'), { code: 'malformed' });
    expect(log.pending[0]).toMatchObject({ state: 'refused', failure: { code: 'malformed' } });
    expect(nextToSend(log)?.lineId).toBe('b');
    expect(discard(log, id('a')).pending.map((each) => each.lineId)).toEqual(['b']);
  });
});

import type { JournalEntry } from '@alongside/engagement';
import { describe, expect, it } from 'vitest';
import { PendingEntries } from './pending-entries.js';

// Only its type matters here.
const entry = (type: JournalEntry['type']) => ({ type }) as JournalEntry;
const report = { report: true, again: true };
const append = { report: false, again: false };

function filled(...types: readonly [JournalEntry['type'], typeof report][]): PendingEntries {
  const pending = new PendingEntries();
  for (const [type, how] of types) pending.add(entry(type), how, () => undefined);
  return pending;
}

describe('entries that are not known to be committed', () => {
  it('are sent in their order, whatever was given back meanwhile', () => {
    const pending = filled(['consent', report], ['chatLine', append], ['watched', report]);
    for (const { id } of pending.unsent()) pending.sent(id);
    expect(pending.unsent()).toEqual([]);
    pending.giveBack(3);
    pending.giveBack(1);
    pending.giveBack(2);
    expect(pending.unsent().map(({ id }) => id)).toEqual([1, 2, 3]);
    pending.remove(2);
    expect(pending.unsent().map(({ id }) => id)).toEqual([1, 3]);
  });

  it('are all sent again after a loss', () => {
    const pending = filled(['consent', report], ['ended', report]);
    for (const { id } of pending.unsent()) pending.sent(id);
    pending.unsend();
    expect(pending.unsent()).toHaveLength(2);
  });

  it('make room by a fact of the line before a withdrawal, and never by what somebody waits for', () => {
    const pending = filled(['chatLine', append], ['consent', report], ['connected', report]);
    expect(pending.dropReport()?.entry.type).toBe('connected');
    expect(pending.dropReport()?.entry.type).toBe('consent');
    expect(pending.dropReport()).toBeUndefined();
    expect(pending.unsent().map(({ id }) => id)).toEqual([1]);
  });
});

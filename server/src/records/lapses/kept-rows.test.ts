/** Which tables are walked, and the places between pages. */
import { describe, expect, it } from 'vitest';
import { dataDictionary } from '../dictionary/data-dictionary.js';
import { keptTables, parsePlace, writePlace } from './kept-rows.js';

const ENGAGEMENT = '0b0e1b3a-5a0c-4a53-9a51-0c9d1a2b3c4d';

describe('kept tables', () => {
  it('are all that hold rows of visitors, so that none is left behind without a basis', () => {
    const ofVisitors = Object.entries(dataDictionary)
      .filter(([, described]) => ['transcript', 'survey', 'metadata'].includes(described.class))
      .map(([table]) => table);
    // What people do in the console rests on no transfer.
    expect(ofVisitors.filter((table) => table !== 'audit_entry').toSorted()).toEqual(keptTables.toSorted());
    expect(keptTables.at(-1)).toBe('engagement');
  });
});

describe('a place', () => {
  it('comes back as it was written', () => {
    const place = { table: 'chat_line', key: [ENGAGEMENT, 7] } as const;
    expect(parsePlace(writePlace(place))).toEqual(place);
    const call = { table: 'call', key: [ENGAGEMENT, 'call-1'] } as const;
    expect(parsePlace(writePlace(call))).toEqual(call);
  });

  it.each([
    ['no letters of it', '%%%'],
    ['no document', Buffer.from('{').toString('base64url')],
    ['no list', Buffer.from('{"table":"call"}').toString('base64url')],
    ['another table', Buffer.from(JSON.stringify(['person', ENGAGEMENT])).toString('base64url')],
    ['too short a key', Buffer.from(JSON.stringify(['chat_line', ENGAGEMENT])).toString('base64url')],
    ['another kind of key', Buffer.from(JSON.stringify(['chat_line', 7, ENGAGEMENT])).toString('base64url')],
    ['too great a number', Buffer.from(JSON.stringify(['lease', ENGAGEMENT, 2 ** 40])).toString('base64url')],
  ])('is none of %s', (_, text) => {
    expect(parsePlace(text)).toBeUndefined();
  });
});

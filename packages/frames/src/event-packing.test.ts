/** What is packed comes back as it was, tables stay the same on both sides, and nothing that is made up is read. */

import { describe, expect, it } from 'vitest';
import { randomEvents, seededRandom } from '../test/random-events.js';
import { EventPacker, EventUnpacker } from './event-packing.js';

function throughBoth(batches: readonly (readonly unknown[])[]): unknown[] {
  const [packer, unpacker] = [new EventPacker(), new EventUnpacker()];
  return batches.map((batch) => unpacker.unpack(JSON.parse(packer.pack(JSON.stringify(batch)).text)));
}

const move = (x: number, timestamp: number) => ({
  type: 3,
  data: { source: 1, positions: [{ x, y: 2, id: 7, timeOffset: 0 }] },
  timestamp,
});

describe('packed batches', () => {
  it('come back as they were, whatever is in them', () => {
    const random = seededRandom(7);
    const batches = Array.from({ length: 60 }, () => randomEvents(random));
    expect(throughBoth(batches)).toEqual(batches);
  });

  it('come back with empty objects and lists, with names that mean something to JavaScript, and with any time', () => {
    const batches = [
      [{}, [], [[]], { a: {} }, null, 'text', 1.5, true],
      [JSON.parse('{"__proto__":{"a":1},"constructor":2,"":3}')],
      [{ timestamp: 10 }, { timestamp: 1.5 }, { timestamp: null }, { timestamp: 'late' }, { timestamp: 4 }],
      [{ data: { timestamp: 10 } }, { timestamp: 20, data: { timestamp: 10 } }],
    ];
    expect(JSON.stringify(throughBoth(batches))).toBe(JSON.stringify(batches));
  });

  it('come back when shapes are more or longer than are numbered', () => {
    const many = Array.from({ length: 1200 }, (_, at) => [
      { [`name-${at}`]: at, id: { [`x${at % 700}`]: 1 } },
    ]);
    const long = [{ ['n'.repeat(600)]: 1 }, { ['n'.repeat(600)]: 2 }, { short: 3 }];
    const batches = [...many, long, ...many.slice(0, 20)];
    expect(throughBoth(batches)).toEqual(batches);
  });

  it('take a fraction of the words once their shapes are known', () => {
    const packer = new EventPacker();
    packer.pack(JSON.stringify([move(1, 1_700_000_000_000)]));
    expect(packer.pack(JSON.stringify([move(2, 1_700_000_000_016)])).text).toBe(
      '[[2,3,[3,1,[0,[4,2,2,7,0]]],16]]',
    );
  });

  it('leave nothing behind when they are not sent', () => {
    const [packer, unpacker] = [new EventPacker(), new EventUnpacker()];
    packer.pack(JSON.stringify([move(1, 1_000)])).undo();
    const sent = [{ other: 1, timestamp: 5 }, move(2, 1_016)];
    expect(unpacker.unpack(JSON.parse(packer.pack(JSON.stringify(sent)).text))).toEqual(sent);
  });
});

describe('what nobody packed', () => {
  it.each([
    ['no list', '{}'],
    ['an object as it is', '[{"type":3}]'],
    ['a list without a number', '[["a",1]]'],
    ['an empty list', '[[]]'],
    ['a shape that was not told', '[[2,1]]'],
    ['fewer values than names', '[[-2,"a","b",1]]'],
    ['more values than names', '[[-1,"a",1,2]]'],
    ['a name that is no text', '[[-1,3,1]]'],
    ['more names than there are', '[[-9,"a",1]]'],
    ['a shape that is no whole number', '[[1.5]]'],
    ['a time that is none', '[[-1,"timestamp","now"]]'],
    ['a time beyond all', '[[-1,"timestamp",9e15],[2,9e15]]'],
  ])('is not read: %s', (_, json) => {
    expect(new EventUnpacker().unpack(JSON.parse(json))).toBeUndefined();
  });
});

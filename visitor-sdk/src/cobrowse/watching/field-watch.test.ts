import { beforeEach, describe, expect, it } from 'vitest';
import { FieldWatch } from './field-watch.js';

interface Field {
  isConnected: boolean;
  value: string;
  checked?: boolean;
  indeterminate?: boolean;
  options?: { selected: boolean }[];
}

let fields: Map<number, Field>;
let told: unknown[];
let watch: FieldWatch;

beforeEach(() => {
  fields = new Map();
  told = [];
  watch = new FieldWatch({
    nodeOf: (id) => fields.get(id) as unknown as Node | undefined,
    onChanged: (id, now) => told.push([id, now.text, now.isChecked]),
    onStateChanged: (id) => told.push([id, 'state']),
  });
});

function field(id: number, rest: Partial<Field> = {}): Field {
  const made = { isConnected: true, value: 'a', ...rest };
  fields.set(id, made);
  watch.note(id);
  return made;
}

describe('FieldWatch', () => {
  it('tells of a value that changed without an event, once', () => {
    const changed = field(1);
    field(2);
    changed.value = 'b';
    watch.look();
    watch.look();
    expect(told).toEqual([[1, 'b', false]]);
  });

  it('tells of a box that is between its states, and of choices among several', () => {
    const box = field(1, { checked: false, indeterminate: false });
    const list = field(2, { options: [{ selected: true }, { selected: false }] });
    box.indeterminate = true;
    list.options = [{ selected: true }, { selected: true }];
    watch.look();
    expect(told).toEqual([
      [1, 'state'],
      [2, 'state'],
    ]);
  });

  it('tells once more of fields that were not written down in one moment', () => {
    field(1);
    watch.tellAgain();
    watch.look();
    watch.look();
    expect(told).toEqual([
      [1, 'a', false],
      [1, 'state'],
    ]);
  });

  it('tells what the page has made of a value that an event told of', () => {
    field(1, { value: '12' });
    watch.told(1, { text: '12a', isChecked: false });
    watch.look();
    watch.look();
    expect(told).toEqual([[1, '12', false]]);
  });

  it('says nothing of a value that an event told of and that is still there', () => {
    const typed = field(1);
    typed.value = 'b';
    watch.told(1, { text: 'b', isChecked: false });
    watch.look();
    expect(told).toEqual([]);
  });

  it('never looks after a field that only an event told of', () => {
    fields.set(1, { isConnected: true, value: 'a' });
    watch.told(1, { text: 'b', isChecked: false });
    watch.look();
    expect(told).toEqual([]);
  });

  it('looks in turns where there are very many, at those that were told of first', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => field(index + 1));
    watch.told(1_000, { text: 'typed', isChecked: false });
    for (const each of many) each.value = 'b';
    watch.look();
    expect(told[0]).toEqual([1_000, 'b', false]);
    expect(told).toHaveLength(401);
    watch.look();
    watch.look();
    watch.look();
    expect(told).toHaveLength(1_000);
  });

  it('looks no more at fields that are gone, or at any after the end', () => {
    const gone = field(1);
    const other = field(2);
    gone.isConnected = false;
    gone.value = 'b';
    watch.look();
    gone.isConnected = true;
    watch.look();
    watch.clear();
    other.value = 'b';
    watch.look();
    expect(told).toEqual([]);
  });
});

/** What one edition of a register changes of another, row by row, for whoever has to approve it. */

import type { EditionChange, RegisterDocument } from '@alongside/protocol';

type List = 'adequacy' | 'certifications' | 'scopeFacts' | 'establishments';
type Row = Readonly<Record<string, string>>;

/** What makes two rows the same row, in the order in which it is read. */
const keys: Readonly<Record<List, readonly string[]>> = {
  adequacy: ['regime', 'country', 'framework', 'instrument'],
  certifications: ['framework', 'covers', 'holder'],
  scopeFacts: ['regime', 'country', 'covers'],
  establishments: ['country'],
};

export function changesBetween(before: RegisterDocument, after: RegisterDocument): readonly EditionChange[] {
  const lists = (Object.keys(keys) as List[]).flatMap((list) =>
    listChanges(list, rowsOf(before, list), rowsOf(after, list)),
  );
  return [...lists, ...policyChanges(before, after)];
}

function rowsOf(body: RegisterDocument, list: List): ReadonlyMap<string, Row> {
  return new Map(
    body[list].map((row) => {
      const told = Object.fromEntries(
        Object.entries(row).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
      );
      return [keys[list].flatMap((name) => told[name] ?? []).join(' '), told];
    }),
  );
}

function listChanges(
  list: List,
  before: ReadonlyMap<string, Row>,
  after: ReadonlyMap<string, Row>,
): readonly EditionChange[] {
  const removed = [...before].filter(([row]) => !after.has(row));
  return [
    ...removed.map(([row, was]) => change('removed', { list, row, before: told(was), after: undefined })),
    ...[...after].flatMap(([row, is]) => {
      const was = before.get(row);
      if (was === undefined) return [change('added', { list, row, before: undefined, after: told(is) })];
      const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
        (name) => was[name] !== is[name],
      );
      if (names.length === 0) return [];
      return [change('changed', { list, row, before: told(was, names), after: told(is, names) })];
    }),
  ];
}

function policyChanges(before: RegisterDocument, after: RegisterDocument): readonly EditionChange[] {
  const pairs = [
    ['derogations', JSON.stringify(before.derogations), JSON.stringify(after.derogations)],
    ['fallbackWaiver', before.fallbackWaiver, after.fallbackWaiver],
  ] as const;
  return pairs.flatMap(([list, was, is]) =>
    was === is ? [] : [change('changed', { list, row: '', before: was, after: is })],
  );
}

function change(what: EditionChange['what'], rest: Omit<EditionChange, 'what'>): EditionChange {
  return { what, ...rest };
}

function told(row: Row, names: readonly string[] = Object.keys(row)): string {
  return names.flatMap((name) => (row[name] === undefined ? [] : [`${name}: ${row[name]}`])).join('; ');
}

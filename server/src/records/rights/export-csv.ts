/** An export as one table: each row a thing that is held, for spreadsheets, which must not run any of it. */

import type { ChatLine, VisitorExport } from '@alongside/protocol';

type Row = readonly [string, string, string, string, string];

export const csvHeader = csvOf([['class', 'kind', 'at', 'name', 'value']]);

export function csvOfLines(lines: readonly ChatLine[]): string {
  return csvOf(
    lines.map(({ number, from, text, at }): Row => ['transcript', from, time(at), String(number), text]),
  );
}

export function csvOfRest({
  corrections,
  survey,
  metadata,
  cases,
}: Pick<VisitorExport, 'corrections' | 'survey' | 'metadata' | 'cases'>): string {
  return csvOf([
    ...corrections.map(({ text, at }): Row => ['transcript', 'correction', time(at), '', text]),
    ...(survey?.answers ?? []).map(
      ({ questionId, kind, value }): Row => ['survey', kind, '', questionId, String(value)],
    ),
    ...rowsOf('metadata', metadata),
    ...rowsOf('case', cases),
  ]);
}

function rowsOf(of: string, facts: VisitorExport['metadata']): readonly Row[] {
  return facts.flatMap(({ kind, at, fields }) =>
    Object.entries(fields).map(([name, value]): Row => [of, kind, time(at), name, String(value)]),
  );
}

function csvOf(rows: readonly Row[]): string {
  return rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

function time(at: number): string {
  return new Date(at).toISOString();
}

/** What begins as a formula does is text for a spreadsheet only behind an apostrophe, also after white space. */
export function csvField(text: string): string {
  const harmless = /^\s*[=+\-@\t\r|%]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

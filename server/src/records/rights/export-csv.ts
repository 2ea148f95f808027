/** An export as one table: each row a thing that is held, for spreadsheets, which must not run any of it. */

import type { VisitorExport } from '@alongside/protocol';

const columns = ['class', 'kind', 'at', 'name', 'value'] as const;
type Row = readonly [string, string, string, string, string];

export function exportCsv(exported: VisitorExport): string {
  return [columns, ...rowsOf(exported)].map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

function rowsOf({ transcript, corrections, survey, metadata }: VisitorExport): readonly Row[] {
  return [
    ...transcript.map(
      ({ number, from, text, at }): Row => ['transcript', from, time(at), String(number), text],
    ),
    ...corrections.map(({ text, at }): Row => ['transcript', 'correction', time(at), '', text]),
    ...(survey?.answers ?? []).map(
      ({ questionId, kind, value }): Row => ['survey', kind, '', questionId, String(value)],
    ),
    ...metadata.flatMap(({ kind, at, fields }) =>
      Object.entries(fields).map(([name, value]): Row => ['metadata', kind, time(at), name, String(value)]),
    ),
  ];
}

function time(at: number): string {
  return new Date(at).toISOString();
}

/** What begins as a formula does is text for a spreadsheet only behind an apostrophe, also after white space. */
export function csvField(text: string): string {
  const harmless = /^\s*[=+\-@\t\r|%]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

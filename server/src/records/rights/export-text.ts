/**
 * An export as it goes out: text in parts, made as they are taken. However much is held, no more of it is in memory
 * than a page of lines; and no connection to the database waits for whoever reads slowly.
 */

import { type ChatLine, rightsPaths, type VisitorExport } from '@alongside/protocol';
import { csvHeader, csvOfLines, csvOfRest } from './export-csv.js';
import { exportSources } from './export-sources.js';
import { type Lines, type Tally, tallyOf } from './held-lines.js';

const head = {
  format: 'alongside-export/1',
  schema: rightsPaths.schema,
  sources: exportSources,
} as const satisfies Partial<VisitorExport>;

export type ExportRest = Omit<VisitorExport, keyof typeof head | 'transcript'>;

export interface ExportParts {
  readonly pages: AsyncIterable<Lines>;
  /** What is held beside the lines: read after them, when they are counted. */
  rest(tally: Tally): Promise<ExportRest>;
}

export class ExportText implements AsyncIterable<string> {
  readonly #texts: AsyncGenerator<string>;

  private constructor(texts: AsyncGenerator<string>) {
    this.#texts = texts;
  }

  static json(parts: ExportParts): ExportText {
    return new ExportText(jsonTexts(parts));
  }

  /** As a table, for programs that know no JSON. */
  static csv(parts: ExportParts): ExportText {
    return new ExportText(csvTexts(parts));
  }

  [Symbol.asyncIterator](): AsyncGenerator<string> {
    return this.#texts;
  }
}

export async function gather({ pages, rest }: ExportParts): Promise<VisitorExport> {
  const transcript: ChatLine[] = [];
  let counted = tallyOf([]);
  for await (const { lines, tally } of pages) {
    transcript.push(...linesOf(lines));
    counted = tally;
  }
  return { ...head, transcript, ...(await rest(counted)) };
}

async function* jsonTexts({ pages, rest }: ExportParts): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"transcript":[`;
  let counted = tallyOf([]);
  for await (const { lines, tally } of pages) {
    yield counted.rows === 0 ? lines : `,${lines}`;
    counted = tally;
  }
  yield `],${JSON.stringify(await rest(counted)).slice(1)}`;
}

async function* csvTexts({ pages, rest }: ExportParts): AsyncGenerator<string> {
  yield csvHeader;
  let counted = tallyOf([]);
  for await (const { lines, tally } of pages) {
    yield csvOfLines(linesOf(lines));
    counted = tally;
  }
  yield csvOfRest(await rest(counted));
}

/** What our own database wrote. */
function linesOf(lines: string): readonly ChatLine[] {
  return JSON.parse(`[${lines}]`);
}

/**
 * An export as it goes out: text in parts, made as they are taken. However much is held, no more of it is in memory
 * than a page of lines; and no connection to the database waits for whoever reads slowly.
 */

import type { ChatLine, VisitorExport } from '@alongside/protocol';
import { csvHeader, csvOfLines, csvOfRest } from './export-csv.js';

/** All of an export but its lines. */
export type ExportFrame = Omit<VisitorExport, 'transcript'>;
/** Lines as a JSON array without its brackets. */
export type LinePages = AsyncIterable<string>;

export class ExportText implements AsyncIterable<string> {
  readonly #parts: AsyncGenerator<string>;

  private constructor(parts: AsyncGenerator<string>) {
    this.#parts = parts;
  }

  static json(frame: ExportFrame, lines: LinePages): ExportText {
    return new ExportText(jsonParts(frame, lines));
  }

  /** As a table, for programs that know no JSON. */
  static csv(frame: ExportFrame, lines: LinePages): ExportText {
    return new ExportText(csvParts(frame, lines));
  }

  [Symbol.asyncIterator](): AsyncGenerator<string> {
    return this.#parts;
  }
}

export async function gather(frame: ExportFrame, lines: LinePages): Promise<VisitorExport> {
  const transcript: ChatLine[] = [];
  for await (const page of lines) transcript.push(...linesOf(page));
  return { ...frame, transcript };
}

async function* jsonParts(frame: ExportFrame, lines: LinePages): AsyncGenerator<string> {
  const { corrections, survey, metadata, ...head } = frame;
  yield `${JSON.stringify(head).slice(0, -1)},"transcript":[`;
  let between = '';
  for await (const page of lines) {
    yield between + page;
    between = ',';
  }
  yield `],${JSON.stringify({ corrections, survey, metadata }).slice(1)}`;
}

async function* csvParts(frame: ExportFrame, lines: LinePages): AsyncGenerator<string> {
  yield csvHeader;
  for await (const page of lines) yield csvOfLines(linesOf(page));
  yield csvOfRest(frame);
}

/** What our own database wrote. */
function linesOf(page: string): readonly ChatLine[] {
  return JSON.parse(`[${page}]`);
}

/**
 * An export as it goes out: text in parts, made as they are taken. However much is held, no more of it is in memory
 * than three pages of lines; and no connection to the database waits for whoever reads slowly.
 */

import { type ChatLine, rightsPaths, type VisitorExport } from '@alongside/protocol';
import type { CorrectionRow } from '../entities/correction-entity.js';
import type { SiteRow } from '../entities/site-entity.js';
import { csvHeader, csvOfLines, csvOfRest } from './export-csv.js';
import { exportSources } from './export-sources.js';
import { type Lines, type Tally, tallyOf } from './held-lines.js';
import type { Holdings } from './holdings.js';
import type { OwnCase } from './own-cases.js';

const head = {
  format: 'alongside-export/1',
  schema: rightsPaths.schema,
  sources: exportSources,
} as const satisfies Partial<VisitorExport>;

export type ExportRest = Omit<VisitorExport, keyof typeof head | 'transcript'>;

/** What is held beside the lines, and what is said of it: read by itself. */
export interface Around {
  readonly holdings: Holdings;
  readonly site: SiteRow;
  readonly corrections: readonly CorrectionRow[];
  readonly cases: readonly OwnCase[];
}

export interface ExportParts {
  readonly pages: AsyncIterable<Lines>;
  beside(): Promise<Around>;
  /** What is said of it and of the lines, when they are counted. */
  rest(around: Around, tally: Tally): Promise<ExportRest>;
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

  /** Within something that is small: text before, one export after the other, text after. */
  static within(before: string, exports: Iterable<ExportParts>, after: string): ExportText {
    return new ExportText(textsWithin(before, exports, after));
  }

  [Symbol.asyncIterator](): AsyncGenerator<string> {
    return this.#texts;
  }
}

async function* jsonTexts({ pages, beside, rest }: ExportParts): AsyncGenerator<string> {
  const reading = readMeanwhile(beside);
  yield `${JSON.stringify(head).slice(0, -1)},"transcript":[`;
  let counted = tallyOf([]);
  for await (const { lines, tally } of pages) {
    yield counted.rows === 0 ? lines : `,${lines}`;
    counted = tally;
  }
  yield `],${JSON.stringify(await rest(await reading, counted)).slice(1)}`;
}

async function* textsWithin(
  before: string,
  exports: Iterable<ExportParts>,
  after: string,
): AsyncGenerator<string> {
  yield before;
  let separator = '';
  for (const parts of exports) {
    yield separator;
    yield* jsonTexts(parts);
    separator = ',';
  }
  yield after;
}

async function* csvTexts({ pages, beside, rest }: ExportParts): AsyncGenerator<string> {
  const reading = readMeanwhile(beside);
  yield csvHeader;
  let counted = tallyOf([]);
  for await (const { lines, tally } of pages) {
    yield csvOfLines(linesOf(lines));
    counted = tally;
  }
  yield csvOfRest(await rest(await reading, counted));
}

/** A failure is told when the lines are through, which is when it is waited for. */
function readMeanwhile(beside: ExportParts['beside']): Promise<Around> {
  const reading = beside();
  reading.catch(() => undefined);
  return reading;
}

/** What our own database wrote. */
function linesOf(lines: string): readonly ChatLine[] {
  return JSON.parse(`[${lines}]`);
}

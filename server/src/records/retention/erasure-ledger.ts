/**
 * What was erased, restricted or held, and who was shut out, kept beside the database and not in it: a database that is
 * restored from before knows nothing of it, and this says what has to go again, to be out of sight, or to stay, and who
 * has to stay outside, before anybody is served. It holds hashes of random ids, of holds the id itself and their end,
 * each for as long as a backup may live after it or its hold.
 */

import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';

const DAY_MS = 24 * 3_600_000;
/** The oldest backup there may be. */
export const BACKUP_DAYS = 35;
/** To write what is kept takes less. */
const STALE_MS = 60_000;

const Line = v.object({
  kind: v.picklist([
    ...(['engagement', 'answers', 'account', 'person', 'lapse', 'restricted', 'freed'] as const),
    ...(['held', 'lifted', 'shutOut', 'letIn'] as const),
  ]),
  subject: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  at: v.number(),
  /** Of what is held. */
  hold: v.optional(v.object({ holdId: v.pipe(v.string(), v.uuid()), until: v.number() })),
  /** Of an account that rests and waits to be erased. */
  eraseAfter: v.optional(v.number()),
});
export type LedgerLine = v.InferOutput<typeof Line>;

export class ErasureLedger {
  readonly #file: string | undefined;

  /** Without a file nothing is kept, as in tests that restore nothing. */
  constructor(file: string | undefined) {
    this.#file = file;
  }

  get isMissing(): boolean {
    return this.#file !== undefined && !existsSync(this.#file);
  }

  /**
   * Written down and on the disk before the rows go: what is here and was not erased after all was asked for, and goes
   * with the next start.
   */
  note(kind: Exclude<LedgerLine['kind'], 'held'>, id: string, at: number, eraseAfter?: number): void {
    this.#add({ kind, subject: hashId(id), at, ...(eraseAfter === undefined ? {} : { eraseAfter }) });
  }

  /** What a hold keeps, or answers that are to go once it is over. */
  noteHeld(
    kind: 'held' | 'answers',
    { engagementId, holdId, heldUntil }: { engagementId: string; holdId: string; heldUntil: Date },
    at: number,
  ): void {
    this.#add({ kind, subject: hashId(engagementId), at, hold: { holdId, until: heldUntil.getTime() } });
  }

  #add(line: LedgerLine): void {
    if (this.#file === undefined) return;
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    // On a line of its own also after one that broke off.
    append(this.#file, `\n${JSON.stringify(line)}\n`);
  }

  /** Every line that a backup can be older than; a line that broke off with a crash was of nothing that had gone yet. */
  read(): readonly LedgerLine[] {
    if (this.#file === undefined || !existsSync(this.#file)) return [];
    return linesOf(readFileSync(this.#file, 'utf8'));
  }

  /**
   * Leaves out what no backup is older than any more; makes the file where there is none. Others may note something
   * meanwhile: whoever wrote to the file that was replaced finds it replaced, or is found by what is read last.
   */
  tidy(now: number): void {
    if (this.#file === undefined) return;
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    append(this.#file, '');
    const fresh = `${this.#file}.new`;
    if (!claim(fresh)) return;
    const before = openSync(this.#file, 'r');
    try {
      const read = readFileSync(before, 'utf8');
      const whole = wholeLines(read);
      const kept = linesOf(whole).filter(
        ({ at, hold }) => Math.max(at, hold?.until ?? 0) > now - BACKUP_DAYS * DAY_MS,
      );
      writeFileSync(fresh, kept.map((line) => `${JSON.stringify(line)}\n`).join(''), { flush: true });
      renameSync(fresh, this.#file);
      // The half of a line that another was writing by then, and what came after it.
      append(this.#file, wholeLines(read.slice(whole.length) + readFileSync(before, 'utf8')));
    } finally {
      closeSync(before);
    }
  }
}

/** A reader can be between the two halves of a line that crosses a page of the file. */
function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

/** On the disk when it returns, and in the file that has the name by then. */
function append(name: string, text: string): void {
  const file = openSync(name, 'a', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
    if (fstatSync(file).ino === statSync(name).ino) return;
  } finally {
    closeSync(file);
  }
  append(name, text);
}

/** One at a time rewrites; what one left that broke off is in nobody's way at the next start. */
function claim(fresh: string): boolean {
  try {
    closeSync(openSync(fresh, 'wx', 0o600));
    return true;
  } catch {
    if ((statSync(fresh, { throwIfNoEntry: false })?.mtimeMs ?? 0) < Date.now() - STALE_MS)
      rmSync(fresh, { force: true });
    return false;
  }
}

/** Ids are random, so that a hash of one cannot be guessed back. */
export function hashId(id: string): string {
  return createHash('sha256').update(id, 'utf8').digest('hex');
}

/** The same, of a column. */
export const hashOf = (column: string): string =>
  `encode(sha256(convert_to(${column}::text, 'UTF8')), 'hex')`;

function linesOf(text: string): readonly LedgerLine[] {
  return text.split('\n').flatMap(parseLine);
}

function parseLine(text: string): readonly LedgerLine[] {
  if (text === '') return [];
  try {
    const parsed = v.safeParse(Line, JSON.parse(text));
    return parsed.success ? [parsed.output] : [];
  } catch {
    // Broken off in the middle of a write.
    return [];
  }
}

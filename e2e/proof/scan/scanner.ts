/** Looks for everything that a run planted, in whatever form, in bytes, files and streams of any length. */

import type { Control } from '../control.js';
import type { Whereabouts } from '../detection.js';
import type { DetectorName, Finding, Trace } from '../finding.js';
import type { MediaBody, Wanted } from '../wanted.js';
import { asBuffer } from './as-buffer.js';
import { Examination, type Layer, type Seen, surface } from './examination.js';
import { defaultLimits, type ScanLimits } from './scan-limits.js';
import { SlidingWindow } from './sliding-window.js';
import { type Match, type Stretch, StretchIndex } from './stretch-index.js';

export interface ScanNote extends Whereabouts {
  /** What was not looked at to its end, for a person. */
  readonly note: string;
}

type Sought =
  | { readonly kind: 'canary'; readonly channel: string; readonly form: string; readonly length: number }
  | { readonly kind: 'control'; readonly name: string; readonly length: number }
  | { readonly kind: 'sealed'; readonly body: number }
  | { readonly kind: 'key'; readonly key: number }
  | { readonly kind: 'media'; readonly of: MediaBody['kind']; readonly body: number };

export class Scanner {
  readonly #limits: ScanLimits;
  readonly #sought: Sought[] = [];
  readonly #examination: Examination;
  readonly #findings: Finding[] = [];
  readonly #notes: ScanNote[] = [];
  readonly #controlsFound = new Map<string, Set<DetectorName>>();
  readonly #bytesScanned = new Map<DetectorName, number>();
  readonly #reported = new Set<string>();
  /** Bodies and keys too short to be told from chance. */
  readonly unsearchable: number;
  /** So many repeat so much that a leak of one as a whole could be missed. */
  readonly leftOut: number;
  #matches = 0;
  #at: Whereabouts = { detector: 'files', place: '' };

  constructor(wanted: Wanted, controls: readonly Control[], limits = defaultLimits) {
    this.#limits = limits;
    const index = new StretchIndex(this.#stretches(wanted, controls));
    this.unsearchable = index.unsearchable.length;
    this.leftOut = index.leftOut;
    const seen: Seen = {
      found: (match, layer) => this.#found(match, layer),
      noted: (note) => this.#noted(note),
    };
    this.#examination = new Examination(index, seen, limits);
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  get notes(): readonly ScanNote[] {
    return this.#notes;
  }

  get controlsFound(): ReadonlyMap<string, ReadonlySet<DetectorName>> {
    return this.#controlsFound;
  }

  get bytesScanned(): ReadonlyMap<DetectorName, number> {
    return this.#bytesScanned;
  }

  /** A value, a line, a name: whatever is whole in itself. Tells whether anything sought is in it. */
  scanBytes(bytes: Uint8Array, at: Whereabouts): boolean {
    this.#at = at;
    this.#matches = 0;
    this.#count(at, bytes.length);
    this.#examination.whole(asBuffer(bytes), surface);
    return this.#matches > 0;
  }

  /** A file or a block device of any size; throws when it cannot be read. */
  async scanFile(path: string | Buffer, at: Whereabouts): Promise<void> {
    await this.#slide(at, (window) => window.readFile(path));
  }

  async scanStream(stream: AsyncIterable<Uint8Array>, at: Whereabouts): Promise<void> {
    await this.#slide(at, (window) => window.readStream(stream));
  }

  /** For what walks a tree: something there could not be looked at. */
  note(note: ScanNote): void {
    this.#at = note;
    this.#noted(note.note);
  }

  async #slide(at: Whereabouts, read: (window: SlidingWindow) => Promise<void>): Promise<void> {
    // Nothing awaits between setting the place and using it, so scans of several media may interleave.
    const examines = (bytes: number) => {
      this.#at = at;
      this.#count(at, bytes);
    };
    const window = new SlidingWindow(this.#examination, { examines, limits: this.#limits });
    await read(window);
  }

  *#stretches(wanted: Wanted, controls: readonly Control[]): Generator<Stretch> {
    for (const { channel, token } of wanted.canaries) {
      yield* this.#token(token, (form) => ({ kind: 'canary', channel, form, length: token.length }));
    }
    for (const { name, token } of controls) {
      this.#controlsFound.set(name, new Set());
      yield* this.#token(token, () => ({ kind: 'control', name, length: token.length }));
    }
    // A resend is the same bytes again, and so is what is sent and received: the first of them stands for all.
    const known = new Set<string>();
    const isNew = (bytes: Uint8Array) => known.size < known.add(asBuffer(bytes).toString('latin1')).size;
    for (const [body, { bytes }] of wanted.bodies.entries()) {
      if (!isNew(bytes)) continue;
      this.#sought.push({ kind: 'sealed', body });
      yield { bytes, nature: 'sealed' };
    }
    for (const [body, { bytes, kind }] of (wanted.media ?? []).entries()) {
      if (!isNew(bytes)) continue;
      this.#sought.push({ kind: 'media', of: kind, body });
      yield { bytes, nature: 'sealed' };
    }
    for (const [key, bytes] of wanted.keys.entries()) {
      this.#sought.push({ kind: 'key', key });
      yield { bytes, nature: 'sealed' };
    }
  }

  *#token(token: string, soughtAs: (form: string) => Sought): Generator<Stretch> {
    this.#sought.push(soughtAs('utf-8'));
    yield { bytes: Buffer.from(token, 'utf8'), nature: 'token' };
    const upper = token.toUpperCase();
    if (upper === token) return;
    this.#sought.push(soughtAs('upper case'));
    yield { bytes: Buffer.from(upper, 'utf8'), nature: 'token' };
  }

  #found(match: Match, layer: Layer): void {
    this.#matches += 1;
    const sought = this.#sought[match.stretch];
    if (!sought) throw new RangeError('A stretch was matched that nothing is sought by.');
    if (sought.kind === 'control') {
      this.#controlsFound.get(sought.name)?.add(this.#at.detector);
      return;
    }
    const trace = traceOf(sought, match.length, layer);
    if (!this.#isNew([this.#at.detector, this.#at.place, JSON.stringify(trace)])) return;
    this.#findings.push({ detector: this.#at.detector, place: this.#at.place, trace });
  }

  #noted(note: string): void {
    const { detector, place } = this.#at;
    if (this.#isNew([detector, place, note])) this.#notes.push({ detector, place, note });
  }

  #isNew(words: readonly string[]): boolean {
    const key = words.join('\n');
    if (this.#reported.has(key)) return false;
    this.#reported.add(key);
    return true;
  }

  #count({ detector }: Whereabouts, bytes: number): void {
    this.#bytesScanned.set(detector, (this.#bytesScanned.get(detector) ?? 0) + bytes);
  }
}

function traceOf(sought: Exclude<Sought, { kind: 'control' }>, length: number, layer: Layer): Trace {
  if (sought.kind === 'sealed') return { kind: 'sealed', body: sought.body };
  if (sought.kind === 'key') return { kind: 'key', key: sought.key };
  if (sought.kind === 'media') return { kind: 'media', of: sought.of, body: sought.body };
  const written = [...layer.forms, sought.form].join(' > ');
  return {
    kind: 'canary',
    channel: sought.channel,
    form: length < sought.length ? `${written}, in part` : written,
  };
}

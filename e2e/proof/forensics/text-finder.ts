/** For tests of the detectors: looks for texts as they are, so that a detector's test depends on no scanner. */

import { readFile } from 'node:fs/promises';
import type { MediumScanner, Whereabouts } from '../detection.js';
import type { Finding } from '../finding.js';

export class TextFinder implements MediumScanner {
  readonly findings: Finding[] = [];
  readonly #texts: readonly string[];

  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  scanBytes(bytes: Uint8Array, at: Whereabouts): void {
    for (const text of this.#texts) {
      if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(text)) {
        this.findings.push({ ...at, trace: { kind: 'canary', channel: text, form: 'utf-8' } });
      }
    }
  }

  async scanFile(path: string, at: Whereabouts): Promise<void> {
    this.scanBytes(await readFile(path), at);
  }

  /** Which detectors have seen the text. */
  seenBy(text: string): ReadonlySet<string> {
    const seen = this.findings.filter(({ trace }) => trace.kind === 'canary' && trace.channel === text);
    return new Set(seen.map(({ detector }) => detector));
  }
}

/** What one detector hands back after it has looked: what it found, how much it read, and what it could not look at. */

import { stat } from 'node:fs/promises';
import type { DetectorName, Finding } from './finding.js';

/** Named in the report; a run with one of these is partial and not clean. */
export interface PartNotRun {
  readonly part: string;
  /** For a person: what is missing, and what would make it run. */
  readonly reason: string;
}

export interface Detection {
  readonly detector: DetectorName;
  /** False where the look could not begin: then no control is asked of it, and `partsNotRun` says why. */
  readonly looked?: false;
  /** Of this look alone: what the scanner met, and the rules that were broken. */
  readonly findings: readonly Finding[];
  readonly bytesScanned: number;
  readonly partsNotRun: readonly PartNotRun[];
}

/** Where the scanner shall say that it has found something. */
export interface Whereabouts {
  readonly detector: DetectorName;
  readonly place: string;
}

/** What a look needs of the scanner. */
export interface MediumScanner {
  /** Everything that it has found so far, of whatever look. */
  readonly findings: readonly Finding[];
  scanBytes(bytes: Uint8Array, at: Whereabouts): unknown;
  scanFile(path: string, at: Whereabouts): unknown;
}

/** One look of one detector; two looks of the same detector must not run at the same time. */
export class Look {
  readonly #scanner: MediumScanner;
  readonly #detector: DetectorName;
  readonly #foundBefore: number;
  readonly #broken: Finding[] = [];
  readonly #partsNotRun: PartNotRun[] = [];
  #bytes = 0;

  constructor(scanner: MediumScanner, detector: DetectorName) {
    this.#scanner = scanner;
    this.#detector = detector;
    this.#foundBefore = scanner.findings.length;
  }

  async bytes(bytes: Uint8Array, place: string): Promise<void> {
    this.#bytes += bytes.length;
    await this.#scanner.scanBytes(bytes, { detector: this.#detector, place });
  }

  /** One that cannot be read, or is gone meanwhile, is told: a search that skips in silence proves nothing. */
  async file(path: string, place: string): Promise<void> {
    try {
      const { size } = await stat(path);
      await this.#scanner.scanFile(path, { detector: this.#detector, place });
      this.#bytes += size;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
      if (code === undefined) throw error;
      const why = code === 'ENOENT' ? 'it was gone before it could be read' : `it cannot be read (${code})`;
      this.notRun(`${this.#detector}: ${place}`, why);
    }
  }

  /** A rule of the system is broken, whatever the bytes are. */
  broken(rule: string, place: string): void {
    this.#broken.push({ detector: this.#detector, place, trace: { kind: 'rule', rule } });
  }

  notRun(part: string, reason: string): void {
    this.#partsNotRun.push({ part, reason });
  }

  end(): Detection {
    const met = this.#scanner.findings
      .slice(this.#foundBefore)
      .filter(({ detector }) => detector === this.#detector);
    return {
      detector: this.#detector,
      findings: [...met, ...this.#broken],
      bytesScanned: this.#bytes,
      partsNotRun: this.#partsNotRun,
    };
  }
}

/** How much the scanner holds and takes apart at a time; what it leaves out for these it notes. */

export interface ScanLimits {
  readonly windowBytes: number;
  /** So much of a compressed stream is at hand at least, wherever it begins. */
  readonly aheadBytes: number;
  /** Of what comes out of one stream. */
  readonly streamBytes: number;
  readonly streamMs: number;
  /** Of what comes out of all streams of one window, so that a stream of a thousand bombs ends as well. */
  readonly totalBytes: number;
}

const MIB = 1024 * 1024;

export const defaultLimits: ScanLimits = {
  windowBytes: 16 * MIB,
  aheadBytes: 4 * MIB,
  streamBytes: 32 * MIB,
  streamMs: 10_000,
  totalBytes: 512 * MIB,
};

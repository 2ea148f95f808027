/** What the relay tells of itself: numbers since the start, and nothing about whom or what. */

import type { RefusalCode } from '@alongside/protocol';

export interface RelayCounts {
  frames: number;
  bytes: number;
  forwarded: number;
  cuts: number;
  silentReaders: number;
  intents: number;
  /** By refusal code: connections that were ended for what they sent, and intents that were not passed on. */
  refused: Partial<Record<RefusalCode, number>>;
}

export function noCounts(): RelayCounts {
  return { frames: 0, bytes: 0, forwarded: 0, cuts: 0, silentReaders: 0, intents: 0, refused: {} };
}

export function countRefusal(counts: RelayCounts, code: RefusalCode): void {
  counts.refused[code] = (counts.refused[code] ?? 0) + 1;
}

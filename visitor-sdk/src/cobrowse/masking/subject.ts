/** The element that is being masked. */

import type { Verdict } from './privacy-rules.js';

export interface Subject {
  readonly id: number;
  /** As the page has it, in lower case. */
  readonly tag: string;
  readonly isSvg: boolean;
  readonly verdict: Verdict;
}

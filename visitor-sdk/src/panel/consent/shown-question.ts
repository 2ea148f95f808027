/** What a question is made of, whoever asks it. */

import type { CallMedia } from '@alongside/protocol';
import type { Failure } from '../session/visitor-http.js';
import type { LaterIconName } from '../views/later-icon-paths.js';

/** `rulesChanged`: what was agreed to is no longer what would be shown, so that it has to be asked anew. */
export type WhyNot = Failure | 'rulesChanged';

export interface Answer {
  readonly label: string;
  /** Undefined when it was done; otherwise why not. */
  readonly give: () => Promise<WhyNot | undefined>;
}

export interface Question {
  readonly id: string;
  readonly icon: LaterIconName;
  readonly heading: string;
  readonly texts: readonly string[];
  /** What exactly is asked for, each alone, above the texts. */
  readonly points?: readonly string[];
  /** When it goes without an answer, by this machine's clock. */
  readonly endsAt?: number;
  /** What would be given with a yes and may be tried before. */
  readonly tries?: CallMedia;
  readonly no: Answer;
  readonly yes: readonly Answer[];
  /** Where going away is no answer. */
  readonly away?: () => void;
}

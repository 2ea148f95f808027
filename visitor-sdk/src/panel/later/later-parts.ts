/** What the panel brings of its own when it is needed. */

import type { ClosingPart } from '../closing/closing.js';
import type { TogetherPart } from '../together/together.js';

export interface LaterParts {
  /** Needed once an agent is there. */
  together(): Promise<TogetherPart>;
  /** Needed to end a conversation, when it has ended, and for the receipt. */
  closing(): Promise<ClosingPart>;
}

/** What the panel brings of its own when it is needed. */

import type { ClosingPart } from '../closing/closing.js';
import type { TogetherPart } from '../together/together.js';

export interface LaterParts {
  /** Needed once an agent is there. */
  together(): Promise<TogetherPart>;
  /** Needed with the end of a conversation, and with the receipt. */
  closing(): Promise<ClosingPart>;
}

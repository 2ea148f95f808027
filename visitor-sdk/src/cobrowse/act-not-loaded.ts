/** What an agent is told when the code that acts did not load: of which act, as far as that is read without it. */

import type { IntentAnswer } from '@alongside/protocol';
import { asId, asRecord } from './masking/raw-record.js';

export function actNotLoaded(body: unknown): IntentAnswer {
  const ref = asId(asRecord(body)?.ref);
  return { outcome: 'refused', refusal: 'failed', ...(ref !== undefined && { ref }) };
}

/** What became of an act on the page, in words. */

import type { Messages } from '../../messages/catalogue.js';
import type { IntentOutcome } from '../player/intent-answers.js';

export function outcomeText(outcome: IntentOutcome, { t }: Pick<Messages, 't'>): string {
  if (outcome.outcome === 'refused') return t(`intent.${outcome.refusal}`);
  return t(`intent.${outcome.outcome}`);
}

/** A failure in a person's words: what happened, and what to do about it. */

import type { Failure } from '../app/failure.js';
import type { Messages } from './catalogue.js';

export function failureText(failure: Failure, { t, named }: Pick<Messages, 't' | 'named'>): string {
  const text = t(`failure.${failure.code}`);
  const reason = failure.detail === undefined ? '' : named(`failure.reason.${failure.detail}`, '');
  return `${text} ${reason}`.trimEnd();
}

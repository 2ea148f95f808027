/** A failure in a person's words: what happened, and what to do about it. */

import type { Failure } from '../app/failure.js';
import type { Messages } from './catalogue.js';

export function failureText(failure: Failure, { t, has }: Pick<Messages, 't' | 'has'>): string {
  const text = t(`failure.${failure.code}`);
  const reason = failure.detail === undefined ? undefined : `failure.reason.${failure.detail}`;
  return reason !== undefined && has(reason) ? `${text} ${(t as (key: string) => string)(reason)}` : text;
}

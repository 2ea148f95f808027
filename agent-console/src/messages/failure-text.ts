/** A failure in a person's words: what happened, and what to do about it. */

import type { Failure } from '../app/failure.js';
import type { Messages } from './catalogue.js';

/** Nobody has stated yet from where the reader looks at data. */
export const WORK_COUNTRY_MISSING = 'WORK_COUNTRY_MISSING';

export function failureText(failure: Failure, { t, named }: Pick<Messages, 't' | 'named'>): string {
  // Nothing was decided against it: a fact is missing, and the sentence says which.
  if (failure.detail === WORK_COUNTRY_MISSING) return t('failure.workCountry');
  // Of a long list it matters which row.
  const [, list, row, field] = /^(\w+)\.(\d+)\.(\w+)$/.exec(failure.detail ?? '') ?? [];
  if (failure.code === 'invalid' && list !== undefined)
    return t('failure.invalidAt', { place: [list, Number(row) + 1, field].join(' › ') });
  const text = t(`failure.${failure.code}`);
  const reason = failure.detail === undefined ? '' : named(`failure.reason.${failure.detail}`, '');
  return `${text} ${reason}`.trimEnd();
}

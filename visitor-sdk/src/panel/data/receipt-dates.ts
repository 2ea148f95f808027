/** Dates as a receipt says them: no part that comes before it has any use for them. */

import type { Speech } from '../messages/speech.js';

/** What is over with a day: the same one wherever it is read. */
export function dayIn({ locale }: Speech, at: number): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}

export function dateTimeIn({ locale }: Speech, at: number): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

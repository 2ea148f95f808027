/** Times, dates, durations and countries in a language's own form. */

import type { Language } from '@alongside/protocol';

export interface Formats {
  readonly time: (at: number) => string;
  readonly date: (at: number) => string;
  /** What is a day, or is over with one, and no moment: the same one wherever it is read. */
  readonly day: (day: number | string) => string;
  readonly dateTime: (at: number) => string;
  readonly country: (code: string) => string;
  /** Of one as `2026-07`. */
  readonly month: (code: string) => string;
}

/** People read a 24-hour clock and the day before the month, in English too. */
const locales: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

export function formatsIn(language: Language): Formats {
  const locale = locales[language];
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const countries = new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' });
  return {
    time: (at) => time.format(at),
    date: (at) => date.format(at),
    day: (at) => day.format(new Date(at)),
    dateTime: (at) => dateTime.format(at),
    month: (code) => months.format(Date.parse(`${code}-01T00:00:00Z`)),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
  };
}

/** A span as a clock shows it: `0:07`, `4:31`, `1:02:09`. Never negative, whatever the clocks say. */
export function clockSpan(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const seconds = String(all % 60).padStart(2, '0');
  const minutes = Math.floor(all / 60) % 60;
  const hours = Math.floor(all / 3600);
  return hours === 0 ? `${minutes}:${seconds}` : `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`;
}

/** Speaks the visitor's language: sentences, plurals, lists, dates, times and countries. */

import type { BasisShown, Language } from '@alongside/protocol';
import type { Failure } from '../session/visitor-http.js';
import type { Catalogue, MessageKey } from './catalogue.js';

type Counted = 'notice.months' | 'receipt.rows' | 'time.minutes' | 'time.seconds';

export class Speech {
  readonly language: Language;
  #catalogue: Catalogue;
  /** The visitor's own way to write times, where it is of this language: 13:14 or 1:14 PM. */
  readonly locale: string;

  constructor(language: Language, catalogue: Catalogue, preferred: readonly string[] = []) {
    this.language = language;
    this.locale = preferred.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
    this.#catalogue = catalogue;
  }

  /** Sentences of a part of the panel that was loaded later. */
  learn(words: Partial<Catalogue> = {}): void {
    this.#catalogue = { ...this.#catalogue, ...words };
  }

  say(key: MessageKey, fill: { readonly [name: string]: string | number } = {}): string {
    // One pass over the template: what is filled in may hold braces of its own.
    return this.#catalogue[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole));
  }

  count(key: Counted, n: number): string {
    const one = new Intl.PluralRules(this.language).select(n) === 'one';
    return this.say(`${key}.${one ? 'one' : 'other'}`, { n });
  }

  /** "scroll, click and type". */
  list(items: readonly string[]): string {
    const last = items.at(-1) ?? '';
    if (items.length < 2) return last;
    return this.say('list.and', { rest: items.slice(0, -1).join(', '), last });
  }

  date(at: number): string {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: 'medium' }).format(at);
  }

  time(at: number): string {
    return new Intl.DateTimeFormat(this.locale, { timeStyle: 'short' }).format(at);
  }

  country(code: string): string {
    try {
      return new Intl.DisplayNames([this.language], { type: 'region' }).of(code) ?? code;
    } catch {
      // Not a code that the browser knows; the code itself is still the truth.
      return code;
    }
  }

  basis(basis: BasisShown): string {
    const fill = { from: this.country(basis.fromCountry), to: this.country(basis.toCountry) };
    const sentence = this.say(`basis.${basis.basis}`, fill);
    if (basis.reference === undefined) return sentence;
    return this.say('basis.reference', { sentence, reference: basis.reference });
  }

  failure(failure: Failure): string {
    const key = `failure.${failure}`;
    return this.say(Object.hasOwn(this.#catalogue, key) ? (key as MessageKey) : 'failure.other');
  }
}

/** Minutes and seconds of a countdown or a waiting time, as `1:42`. */
export function clockFace(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const two = (n: number) => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

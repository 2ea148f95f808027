/** The console's words. English names every message and its values; the compiler holds other languages to it. */

import type { Language } from '@alongside/protocol';
import { de } from './de.js';
import { en } from './en.js';

export type MessageKey = keyof typeof en;
/** Messages that come in two numbers, as `queue.waiting.one` and `queue.waiting.other`. */
export type PluralKey = MessageKey extends infer K ? (K extends `${infer Base}.other` ? Base : never) : never;

type NamesIn<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
type Values<K extends MessageKey> = [NamesIn<(typeof en)[K]>] extends [never]
  ? []
  : [values: { readonly [N in NamesIn<(typeof en)[K]>]: string | number }];

export type Translate = <K extends MessageKey>(key: K, ...values: Values<K>) => string;

export interface Messages {
  readonly language: Language;
  readonly t: Translate;
  readonly plural: (key: PluralKey, count: number) => string;
  /** Whether there is such a message: for codes that come from outside. */
  readonly has: (key: string) => key is MessageKey;
  /** The message for a code from outside, or, where this version has none, what is given instead. */
  readonly named: (key: string, otherwise: string) => string;
}

const catalogues: Record<Language, Record<MessageKey, string>> = { en, de };

export function messagesIn(language: Language): Messages {
  const catalogue = catalogues[language];
  const rules = new Intl.PluralRules(language);
  const fill = (key: MessageKey, values: Readonly<Record<string, string | number>>): string =>
    catalogue[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  const has = (key: string): key is MessageKey => Object.hasOwn(en, key);
  return {
    language,
    t: (key, ...values) => fill(key, values[0] ?? {}),
    plural: (key, count) => {
      const number = rules.select(count) === 'one' ? 'one' : 'other';
      return fill(`${key}.${number}` as MessageKey, { count });
    },
    has,
    named: (key, otherwise) => (has(key) ? catalogue[key] : otherwise),
  };
}

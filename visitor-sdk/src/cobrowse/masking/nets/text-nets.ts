/**
 * The second net: what text looks like. It is asked where a rule would show text, and finds card and account
 * numbers, mail addresses, telephone numbers and national numbers in it. It errs on the side of secrecy.
 */

import type { TextNet, TextSpan } from '@alongside/protocol';
import { findNationalIds, textNets } from '@alongside/protocol';
import { findCardNumbers } from './card-number.js';
import { findEmailAddresses } from './email-address.js';
import { findIbans } from './iban.js';
import { findPhoneNumbers } from './phone-number.js';
import { plainText } from './plain-text.js';

export type { TextSpan };

const finders: { readonly [K in TextNet]: (text: string) => readonly TextSpan[] } = {
  card: findCardNumbers,
  iban: findIbans,
  email: findEmailAddresses,
  phone: findPhoneNumbers,
  nationalId: findNationalIds,
};

/** Fewer digits than these make no number that is looked for, and without a sign there is no mail address. */
const worthReading = /@|(?:\p{Nd}[^\p{Nd}]*){6}/u;
/** A value grows sign by sign, and all but the last digit of a number tell the whole. */
const GROWING_DIGITS = 8;
const growing = new RegExp(`(?:\\d[ .()/-]{0,3}){${GROWING_DIGITS}}`);
const growingAccount = /(?<![a-z])[a-z]{2}[ .-]?\d\d(?:[ .-]?[a-z\d]){4}/i;
const calendar = /^\d{4}-(?:\d\d|W\d\d)(?:-\d\d)?(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/;

export class TextNets {
  readonly #nets: readonly TextNet[];
  /** A text is mostly asked about twice, for itself and for the line that it is all of. */
  #last: { readonly text: string; readonly found: readonly TextSpan[] } | undefined;

  /** Without a list, all of them. */
  constructor(nets: readonly TextNet[] = textNets) {
    this.#nets = textNets.filter((net) => nets.includes(net));
  }

  /** Where in this text something is that may not be shown; the text is in the spelling of `plainText`. */
  findIn(text: string): readonly TextSpan[] {
    if (this.#nets.length === 0 || !worthReading.test(text)) return [];
    if (this.#last?.text !== text) {
      this.#last = { text, found: this.#nets.flatMap((net) => finders[net](text)) };
    }
    return this.#last.found;
  }

  /** Whether a text that stands alone holds something that may not be shown. */
  catches(text: string): boolean {
    return this.findIn(plainText(text)).length > 0;
  }

  /** The same for what somebody types, which is shown while it is not whole yet. */
  catchesValue(text: string): boolean {
    if (this.#nets.length === 0) return false;
    const plain = plainText(text).trim();
    if (this.findIn(plain).length > 0) return true;
    if (this.#nets.includes('email') && plain.includes('@')) return true;
    if (this.#nets.every((net) => net === 'email') || calendar.test(plain)) return false;
    return growing.test(plain) || (this.#nets.includes('iban') && growingAccount.test(plain));
  }
}

/** Every net there is: for what no site can allow. */
export const allNets = new TextNets();

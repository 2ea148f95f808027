/**
 * Tells the fields that may never be shown and never be typed into by an agent, whatever a site's rules allow:
 * passwords, card data, one-time codes, hidden inputs and files. It errs on the side of secrecy.
 */

export interface FieldDescription {
  readonly type: string;
  readonly autocomplete: string;
  readonly inputMode: string;
  readonly maxLength: string;
  /** Name, id, placeholder and label-like attributes, in any order. */
  readonly names: readonly string[];
}

const secretTypes = new Set(['password', 'hidden', 'file']);
const secretAutocomplete = /^(?:cc-.+|one-time-code|current-password|new-password|webauthn)$/;

/** Matched against names cut into words: `cardNumber`, `card_number` and `card-number` read the same. */
const secretNames = [
  /\b(?:passwor[dt]|passwd|passphrase|passcode|pwd|kennwort|passwort|salasana|losenord)\b/,
  /\b(?:secret|credential|security (?:code|answer|question))\b/,
  /\b(?:cc|card|credit|debit|kort|karten?)\b.*\b(?:num(?:ber|mer)?|no|nr|pan|code|cvc|cvv|exp\w*|month|year|verification)\b/,
  /\b(?:cardnum(?:ber)?|cardno|ccnum(?:ber)?|ccno|ccname|cccvc|cccvv|ccexp\w*|creditcard|debitcard|kortnummer|kartennummer)\b/,
  /\b(?:cvv2?|cvc2?|csc|cvn|cid)\b/,
  /\bexp(?:iry|iration|ires|iredate)?\b.*\b(?:date|month|year|mm|yy|mmyy)\b|\bexpir(?:y|ation)\b/,
  /\b(?:otp|totp|hotp|mfa|2fa|tan|pin)\b/,
  /\b(?:one time|onetime|sms|verification|verify|auth(?:entication|enticator)?|confirm(?:ation)?|security|login) (?:code|pass|password|pin|token)\b/,
  /\b(?:two factor|twofactor)\b/,
];

/** Whether nothing of this field may ever leave the page. */
export function isSecretField(field: FieldDescription): boolean {
  if (secretTypes.has(field.type.trim().toLowerCase())) return true;
  const purposes = field.autocomplete.toLowerCase().split(/\s+/);
  if (purposes.some((purpose) => secretAutocomplete.test(purpose))) return true;
  const names = field.names.map(inWords);
  if (names.some((name) => secretNames.some((pattern) => pattern.test(name)))) return true;
  return looksLikeCodeBox(field, names);
}

/** The short boxes that codes are typed into, one digit each or all in one. */
function looksLikeCodeBox(field: FieldDescription, names: readonly string[]): boolean {
  const length = Number.parseInt(field.maxLength, 10);
  const digits = field.inputMode === 'numeric' || field.type === 'tel' || field.type === 'number';
  if (length === 1 && (digits || field.type === 'text' || field.type === '')) return true;
  return digits && length >= 4 && length <= 8 && names.some((name) => /\b(?:code|token|digit)\b/.test(name));
}

/** `cardNumber`, `card_number[0]` and `CARD-NUMBER` as `card number`. */
function inWords(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, ' ')
    .trim();
}

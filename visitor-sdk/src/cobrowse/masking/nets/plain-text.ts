/** Brings text into the one spelling that the nets read: plain digits, plain dashes, single spaces. */

/** Takes no room on the screen, and would part a number that a person sees whole. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
const onlyPlain = /^[\x21-\x7e]*(?: [\x21-\x7e]+)* ?$/;
const beyondAscii = /[\u0080-\uffff]/;

export function plainText(text: string): string {
  if (onlyPlain.test(text)) return text;
  // Most of what is read is the white space between elements, and only that is spelled in several ways in ASCII.
  if (!beyondAscii.test(text)) return text.replace(/\s+/g, ' ');
  return text
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/\p{Pd}|\u2212/gu, '-')
    .replace(/\s+/g, ' ')
    .replace(/[^\P{Nd}0-9]/gu, asciiDigit);
}

/** The digits of a script stand in a row from zero to nine, after something that is no digit. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

/** The check digits of cards, accounts and national numbers, each over a text of digits. */

/** The remainder of a number of any length. */
export function remainder(digits: string, divisor: number): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % divisor;
  return rest;
}

export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index] ?? 0), 0);
}

/** ISO 7064, MOD 11,10: the last digit checks the others. */
export function passesMod1110(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

/** ISO 7064, MOD 97-10, as an account number has it: its first four signs count last, a letter as two digits. */
export function passesMod97(account: string): boolean {
  const turned = account.slice(4) + account.slice(0, 4);
  return remainder(turned.replace(/[A-Z]/g, letterValue), 97) === 1;
}

/** `A` as 10 up to `Z` as 35. */
export function letterValue(letter: string): string {
  return String(letter.charCodeAt(0) - 55);
}

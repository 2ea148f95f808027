/** Texts of a report have a longest form, in which whoever serves it takes them. */

const LONGEST = 600;

export function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

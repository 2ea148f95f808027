/** The colours of those who draw on a page: the same on both sides, so that people can speak of them. */

/** The first is the visitor's own. */
export const markColours = [
  '#c2410c',
  '#3b5bdb',
  '#0f766e',
  '#9333ea',
  '#be123c',
  '#4d7c0f',
  '#0369a1',
  '#a16207',
] as const;

/** By the place at the relay; 0 is the visitor. The first seven agents are apart. */
export function colourOf(slot: number): string {
  const place = slot === 0 ? 0 : 1 + ((slot - 1) % (markColours.length - 1));
  return markColours[place] ?? markColours[0];
}

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
  '#0e7490',
  '#7c2d12',
  '#4338ca',
  '#a21caf',
  '#15803d',
  '#475569',
  '#831843',
  '#1e3a8a',
  '#713f12',
] as const;

/** By an agent's place in the engagement, which is their slot at the relay as well; 0 is the visitor. The first
 * sixteen agents are apart. */
export function colourOf(place: number): string {
  const index = place === 0 ? 0 : 1 + ((place - 1) % (markColours.length - 1));
  return markColours[index] ?? markColours[0];
}

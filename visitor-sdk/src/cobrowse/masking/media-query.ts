/** Tells a media query from any other text by its words. */

import { words } from './word-set.js';

const known = words(`
  all print screen speech only not and or width height min-width max-width min-height max-height aspect-ratio
  min-aspect-ratio max-aspect-ratio orientation landscape portrait resolution min-resolution max-resolution
  prefers-color-scheme dark light prefers-reduced-motion prefers-contrast more less forced-colors active none
  reduce no-preference hover any-hover pointer any-pointer coarse fine display-mode standalone browser color
  monochrome px em rem dppx dpi`);

/** The query, or one that matches nothing when it is not understood: a sheet for print must not show on screen. */
export function maskMediaQuery(value: string): string {
  const understood =
    value.length <= 300 &&
    /^[\w\s():.,<>=/-]*$/.test(value) &&
    [...value.toLowerCase().matchAll(/[a-z_][a-z_-]*/g)].every(([word]) => known.has(word)) &&
    [...value.matchAll(/\d+/g)].every(([digits]) => digits.length <= 5);
  return understood ? value : 'not all';
}

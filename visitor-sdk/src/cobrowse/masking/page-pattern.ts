/**
 * Tells whether an address is one of those that a site names by pattern: a path such as `/account/*`, where `*`
 * is any part of one step and `**` anything, with an origin before it, or a route behind `#`, if it says so.
 */

import { parseAddress } from '../page-address.js';

export type PagePattern = (address: string) => boolean;

/**
 * `strict` patterns open something, and match as written. The others hide something, and match however an
 * address can be spelled: in capitals, escaped, with a slash more or less. Undefined for what is no pattern.
 */
export function pagePattern(text: string, { strict }: { readonly strict: boolean }): PagePattern | undefined {
  const parts = /^(https?:\/\/[^/?#*]+)?(\/[^?#]*)?(#.*)?$/i.exec(text.trim());
  const [, origin, path, route] = parts ?? [];
  if (path === undefined && route === undefined) return undefined;
  const spell = strict ? (part: string) => part : loosely;
  const onPath = path === undefined ? undefined : matcher(spell(path));
  const onRoute = route === undefined ? undefined : matcher(spell(route));
  return (address) => {
    const url = parseAddress(address);
    if (url === undefined || (origin !== undefined && url.origin !== origin.toLowerCase())) return false;
    const fits = (matches: ((text: string) => boolean) | undefined, part: string): boolean =>
      matches === undefined || matches(part) || (!strict && matches(`${part}/`));
    return fits(onPath, spell(url.pathname)) && fits(onRoute, spell(url.hash));
  };
}

/**
 * Matches sign by sign and keeps every place of the pattern it may be at, so that no pattern takes longer than
 * its length times that of the address.
 */
function matcher(pattern: string): (text: string) => boolean {
  const steps = pattern.match(/\*+|[^*]/gs) ?? [];
  return (text) => {
    let places = beyondStars(steps, new Set([0]));
    for (const sign of text) {
      const next = new Set<number>();
      for (const place of places) {
        const step = steps[place];
        if (step === sign) next.add(place + 1);
        else if (step !== undefined && (step === '*' ? sign !== '/' : step.startsWith('**'))) next.add(place);
      }
      places = beyondStars(steps, next);
      if (places.size === 0) return false;
    }
    return places.has(steps.length);
  };
}

/** A star may stand for nothing. */
function beyondStars(steps: readonly string[], places: Set<number>): Set<number> {
  for (const place of places) if (steps[place]?.startsWith('*') === true) places.add(place + 1);
  return places;
}

function loosely(part: string): string {
  let read = part;
  try {
    read = decodeURIComponent(part);
  } catch {
    // Not every sign after a percent sign is an escape; it is then compared as it stands.
  }
  return read
    .toLowerCase()
    .replace(/\/+/g, '/')
    .replace(/;[^/]*/g, '')
    .replace(/(.)\/$/, '$1');
}

/** The text of style sheets as the browser has them, with the addresses in them made whole. */

import { parseAddress } from '../page-address.js';

const ADDRESS = /url\((?:'([^']*)'|"([^"]*)"|([^'")]*))\)/g;

/** Undefined for a sheet that may not be read, or has nothing in it. */
export function sheetText(sheet: CSSStyleSheet | null): string | undefined {
  try {
    if (sheet === null) return undefined;
    const base = baseOf(sheet);
    const text = Array.from(sheet.cssRules, (rule) => ruleText(rule, base)).join('');
    return text === '' ? undefined : text;
  } catch {
    // The sheet is of another origin.
    return undefined;
  }
}

/** What addresses in the sheet are relative to. */
export function baseOf(sheet: CSSStyleSheet): string {
  return sheet.href ?? sheet.ownerNode?.baseURI ?? '';
}

export function ruleText(rule: CSSRule, base: string): string {
  if ('styleSheet' in rule) {
    const { styleSheet } = rule as CSSImportRule;
    const imported = sheetText(styleSheet);
    if (imported !== undefined) return asImported(rule as CSSImportRule, imported);
  }
  // Safari does not escape colons in the names of attributes, which makes them something else.
  const text = rule.cssText.replace(/(\[[\w-]+[^\\\]])(:[\w-]+\])/g, '$1\\$2');
  return withWholeAddresses(text, base);
}

/**
 * What an imported sheet brings, under the conditions that it is imported with. Of a feature that the visitor's browser
 * lacks no sheet is loaded at all: that condition has been met, and the view is to look as the visitor sees it.
 */
export function asImported({ media, layerName }: CSSImportRule, imported: string): string {
  // An older browser knows of no layers; one without a name is none of the others.
  const layered =
    typeof layerName === 'string'
      ? `@layer${layerName === '' ? '' : ` ${layerName}`}{${imported}}`
      : imported;
  return media.mediaText === '' ? layered : `@media ${media.mediaText}{${layered}}`;
}

export function withWholeAddresses(css: string, base: string): string {
  if (base === '' || !css.includes('url(')) return css;
  return css.replace(ADDRESS, (whole, single?: string, double?: string, bare?: string) => {
    const address = single ?? double ?? bare?.trim() ?? '';
    // What points into the page itself stays as it is.
    if (address === '' || /^(?:#|data:|blob:)/i.test(address)) return whole;
    const { href } = parseAddress(address, base) ?? {};
    return href === undefined ? whole : `url("${href}")`;
  });
}

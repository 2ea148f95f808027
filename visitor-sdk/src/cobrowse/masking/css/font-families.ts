/** Which font names are no secret: those the page's style sheets declare, and those that systems come with. */

import { names } from '../word-set.js';
import type { CssVocabulary } from './css-vocabulary.js';

const commonFamilies = names(`
  arial, helvetica, helvetica neue, times, times new roman, georgia, verdana, tahoma, trebuchet ms,
  courier, courier new, segoe ui, roboto, inter, open sans, lato, noto sans, ubuntu, cantarell, oxygen,
  oxygen-sans, fira sans, droid sans, sf pro text, sf pro display, apple color emoji, segoe ui emoji,
  segoe ui symbol, noto color emoji, menlo, monaco, consolas, sfmono-regular, sf mono, liberation mono,
  liberation sans, dejavu sans, dejavu sans mono, blinkmacsystemfont, -apple-system, palatino, garamond,
  cambria, calibri, candara, optima, avenir, avenir next, futura, gill sans, century gothic, lucida
  grande, lucida sans unicode, impact, comic sans ms, ui-sans-serif, roboto mono, source sans pro,
  montserrat, poppins, seravek, gill sans
  nova, source-sans-pro, iowan old style, palatino linotype, urw palladio l, p052, charter, bitstream charter,
  sitka text, rockwell, rockwell nova, roboto slab, dejavu serif, sitka small, nimbus mono ps, cascadia code,
  didot, bodoni mt, noto serif display, superclarendon, bookman old style, urw bookman, segoe print,
  bradley hand, chilanka, hiragino maru gothic pronto, quicksand, arial rounded mt, urw gothic, sans serif
  collection, noto serif, noto sans mono, source serif pro, merriweather, playfair display, raleway, nunito,
  work sans, ibm plex sans, ibm plex mono, jetbrains mono, fira code, arial narrow, arial black`);

/** The words of the names above, for families written without quotes. */
const commonWords = new Set([...commonFamilies].flatMap((family) => family.split(' ')));

/** Whether a quoted family, or one word of an unquoted family, may be shown. */
export function isKnownFamily(name: string, vocabulary: CssVocabulary): boolean {
  const lower = name.trim().toLowerCase();
  return commonFamilies.has(lower) || commonWords.has(lower) || vocabulary.knows(`family:${lower}`);
}

/** Which elements keep their name, which become something harmless, and which lose all that is in them. */

import { words } from './word-set.js';

const htmlTags = words(`
  html head body title style main section nav article aside header footer hgroup address search h1 h2 h3 h4 h5 h6
  p hr pre blockquote ol ul menu li dl dt dd figure figcaption div a em strong small s cite q dfn abbr ruby rt rp
  data time code var samp kbd sub sup i b u mark bdi bdo span br wbr ins del picture img video audio map area
  table caption colgroup col tbody thead tfoot tr td th form label input button select datalist optgroup option
  textarea output progress meter fieldset legend details summary dialog slot canvas iframe center font big tt
  strike nobr marquee acronym dir rb rtc`);

const svgTags = words(`
  svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textpath image lineargradient
  radialgradient stop clippath mask pattern marker filter feblend fecolormatrix fecomponenttransfer fecomposite
  feconvolvematrix fediffuselighting fedisplacementmap fedistantlight fedropshadow feflood fefunca fefuncb
  fefuncg fefuncr fegaussianblur femergenode femerge femorphology feoffset fepointlight fespecularlighting
  fespotlight fetile feturbulence foreignobject switch view a style title desc`);

/** Nothing of these is drawn, and their content is code, data or an address. */
const inertTags = words(`
  script noscript template base meta param source track object embed applet noembed noframes portal
  fencedframe frame frameset math animate animatetransform animatemotion set discard metadata`);

/** Drawn by somebody else, or by rules that no replay has: where they are drawn, a box stands for them. */
const embeddedTags = words('object embed applet portal fencedframe frame frameset math');

/** In a drawing: what is in them is text. */
const drawnTextTags = words('text tspan textpath');

/** Texts of these are about the page or a choice, and shown like values. */
const valueTextTags = words('title desc option optgroup textarea');

/** Drawn from a source that is never shown: they keep their box. */
const mediaTags = words('img video audio canvas image');

/** An element that is drawn as nothing in the head and in the body alike. */
const INERT_STAND_IN = 'meta';
const UNKNOWN_STAND_IN = 'x-element';
/** Drawn in a line and of any size, like what it stands for. */
const BOX_STAND_IN = 'iframe';

export type TagTreatment =
  | { readonly as: string; readonly content: 'kept' }
  /** Children are dropped, now and later. */
  | { readonly as: string; readonly content: 'dropped' };

export interface TagFacts {
  readonly tag: string;
  readonly isSvg: boolean;
  /** Whether a style sheet names it, or the page has defined it as an element of its own. */
  readonly isKnownCustom: boolean;
  /** Whether a box stands for it. */
  readonly isBoxed?: boolean;
}

/** What an element is shown as. A name that is in no list could be anything and is replaced. */
export function treatTag({ tag, isSvg, isKnownCustom, isBoxed }: TagFacts): TagTreatment {
  const name = tag.toLowerCase();
  if (isBoxed) return { as: BOX_STAND_IN, content: 'kept' };
  // A style sheet may arrive later; until then this one is empty.
  if (name === 'link') return { as: 'style', content: 'dropped' };
  if (inertTags.has(name)) return { as: isSvg ? 'g' : INERT_STAND_IN, content: 'dropped' };
  if (isSvg) return { as: svgTags.has(name) ? name : 'g', content: 'kept' };
  if (htmlTags.has(name)) return { as: name, content: 'kept' };
  const isCustom = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(name) && isKnownCustom;
  return { as: isCustom ? name : UNKNOWN_STAND_IN, content: 'kept' };
}

/** Whether what is added inside such an element is dropped. */
export function isInertTag(tag: string): boolean {
  return inertTags.has(tag) || tag === 'link';
}

export function isEmbeddedTag(tag: string): boolean {
  return embeddedTags.has(tag);
}

/** Whether what is in such an element may be drawn by somebody whom nobody has asked, or who keeps it closed. */
export function mayBeClosed(tag: string): boolean {
  return tag === 'iframe' || tag.includes('-') || isEmbeddedTag(tag);
}

export function holdsValueText(tag: string): boolean {
  return valueTextTags.has(tag);
}

export function isDrawnText(tag: string): boolean {
  return drawnTextTags.has(tag);
}

export function isMediaTag(tag: string): boolean {
  return mediaTags.has(tag);
}

/**
 * The list of attributes that may leave the page, each with the grammar its value must have. What is not in
 * the list is dropped; what is in it can only hold structure and looks.
 */

import { words } from './word-set.js';

export type AttributeValue = string | number | boolean | null;
type Grammar = (value: string) => string | undefined;

const matching =
  (pattern: RegExp): Grammar =>
  (value) =>
    pattern.test(value) ? value : undefined;
const oneOf = (text: string): Grammar => {
  const allowed = words(text);
  return (value) => (allowed.has(value.trim().toLowerCase()) ? value.trim().toLowerCase() : undefined);
};

/** Whatever is written in it, a boolean attribute says only that it is there. */
const present: Grammar = () => '';
const length = matching(/^\s*-?\d{1,5}(?:\.\d{1,4})?(?:px|%|em|rem|\*)?\s*$/);
const count = matching(/^\s*\d{1,5}\s*$/);
/** A colour by its name is asked of the browser: any other word could stand there as well. */
const colour = matching(/^\s*#?[\da-f]{3,8}\s*$/i);
/** Coordinates with no more digits than a drawing needs; an account number has more. */
const drawn =
  (pattern: RegExp): Grammar =>
  (value) => {
    if (
      value.length > LONGEST_ATTRIBUTE * 4 ||
      !pattern.test(value) ||
      /\d{7}/.test(value.replace(/\.\d+/g, ''))
    )
      return undefined;
    const short = value.replace(/(\.\d\d)\d+/g, '$1').replace(/\s+/g, ' ');
    return short.length <= LONGEST_ATTRIBUTE ? short : undefined;
  };
/** Longer attributes are refused by the console, and with them everything around them. */
export const LONGEST_ATTRIBUTE = 4096;
const numbers = drawn(/^[\d\s,.eE+%-]*(?:px)?$/);
const path = drawn(/^[MmLlHhVvCcSsQqTtAaZz\d\s,.eE+-]*$/);
const transform = drawn(
  /^(?:\s*(?:matrix|translate|scale|rotate|skewX|skewY)\([\d\s,.eE+-]{0,200}\)[\s,]*){0,50}$/,
);

const everywhere = new Map<string, Grammar>();
const declare = (names: string, grammar: Grammar): void => {
  for (const name of words(names)) everywhere.set(name, grammar);
};

declare('hidden', (value) => (value.trim().toLowerCase() === 'until-found' ? 'until-found' : ''));
declare('inert open disabled readonly required multiple reversed nowrap noshade controls', present);
declare(
  'width height border cellpadding cellspacing hspace vspace frameborder marginwidth marginheight',
  length,
);
declare('colspan rowspan span cols rows size start', count);
const colours = words('bgcolor color text link vlink alink');
for (const name of colours) everywhere.set(name, colour);
declare('dir', oneOf('ltr rtl auto'));
declare('lang xml:lang', matching(/^[a-z]{2,3}(?:-[A-Z]{2})?$/));
declare('align', oneOf('left right center justify char top middle bottom'));
declare('valign', oneOf('top middle bottom baseline'));
declare('wrap', oneOf('soft hard off'));
declare('clear', oneOf('left right all none'));
declare('aria-hidden aria-expanded aria-disabled aria-busy aria-modal', oneOf('true false'));
declare(
  'role',
  oneOf(`alert alertdialog application article banner button cell checkbox columnheader combobox complementary
    contentinfo definition dialog directory document feed figure form grid gridcell group heading img link list
    listbox listitem log main marquee math menu menubar menuitem menuitemcheckbox menuitemradio navigation none
    note option presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox
    separator slider spinbutton status switch tab table tablist tabpanel term textbox timer toolbar tooltip tree
    treegrid treeitem`),
);
declare(
  'type',
  oneOf(`text search tel url email password number range date time datetime-local month week color checkbox radio
    file hidden submit reset button image menu 1 a i disc circle square`),
);
const typeOf = everywhere.get('type');
// Lists are counted in small letters or in capitals.
declare('type', (value) => (/^[AI]$/.test(value) ? value : typeOf?.(value)));

/** Geometry of SVG; its paint is CSS and goes through the style grammar. */
const svg = new Map<string, Grammar>();
for (const name of words(`x y x1 y1 x2 y2 cx cy r rx ry dx dy fx fy fr points viewbox width height offset pathlength
  refx refy markerwidth markerheight stddeviation in_k1 k1 k2 k3 k4 basefrequency numoctaves seed radius order
  specularexponent specularconstant diffuseconstant surfacescale limitingconeangle azimuth elevation z rotate
  textlength startoffset tablevalues slope intercept amplitude exponent scale`)) {
  svg.set(name, numbers);
}
svg.set('d', path);
for (const name of ['transform', 'gradienttransform', 'patterntransform']) svg.set(name, transform);
svg.set(
  'preserveaspectratio',
  matching(/^\s*(?:none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max))(?:\s+(?:meet|slice))?\s*$/),
);
const unitsOf = oneOf('userspaceonuse objectboundingbox strokewidth');
for (const name of words(`gradientunits clippathunits maskunits maskcontentunits patternunits
  patterncontentunits filterunits primitiveunits markerunits`)) {
  svg.set(name, (value) => (unitsOf(value) === undefined ? undefined : value));
}
svg.set('spreadmethod', oneOf('pad reflect repeat'));
svg.set('orient', matching(/^(?:auto|auto-start-reverse|-?[\d.]{1,8}(?:deg)?)$/));
svg.set('version', matching(/^[\d.]{1,4}$/));

/** SVG attributes that are CSS properties by another name. */
const svgPaint =
  words(`fill stroke opacity fill-opacity stroke-opacity stroke-width stroke-linecap stroke-linejoin
  stroke-dasharray stroke-dashoffset stroke-miterlimit fill-rule clip-rule color stop-color stop-opacity
  flood-color flood-opacity lighting-color vector-effect paint-order font-size font-weight font-style font-family
  text-anchor dominant-baseline alignment-baseline letter-spacing word-spacing display visibility overflow
  clip-path mask filter marker-start marker-mid marker-end shape-rendering text-rendering color-interpolation
  color-interpolation-filters mix-blend-mode transform-origin pointer-events`);

/** Texts about an element: shown only where a rule allows values. */
const describing = words(
  'placeholder title alt label aria-label aria-description aria-valuetext summary abbr',
);
/** States that are values: shown only where a rule allows values. */
const states = new Map<string, Grammar>([
  ['checked', present],
  ['selected', present],
  ['aria-checked', oneOf('true false mixed')],
  ['aria-selected', oneOf('true false')],
  ['aria-pressed', oneOf('true false mixed')],
  ['min', matching(/^[\d.:TW-]{1,20}$/)],
  ['max', matching(/^[\d.:TW-]{1,20}$/)],
]);
const LONGEST_DESCRIPTION = 2000;

const starts = words('x y startoffset');
const places = words('dx dy rotate textlength lengthadjust');

/** Whether it says more of a text in a drawing than where it begins. */
export function isLetterPlace(name: string, value: string): boolean {
  const known = name.toLowerCase();
  return places.has(known) || (starts.has(known) && !/^\s*-?[\d.]+\s*$/.test(value));
}

/** The value of an attribute that shows structure only, or undefined when it is not in the list. */
export function plainAttribute(name: string, value: string, isSvg: boolean): string | undefined {
  const grammar = (isSvg ? svg.get(name.toLowerCase()) : undefined) ?? everywhere.get(name);
  return grammar?.(value);
}

export function isPlainAttribute(name: string, isSvg: boolean): boolean {
  return everywhere.has(name) || (isSvg && (svg.has(name.toLowerCase()) || svgPaint.has(name)));
}

export function isColour(name: string): boolean {
  return colours.has(name);
}

export function isSvgPaint(name: string): boolean {
  return svgPaint.has(name);
}

/** The value of an attribute that says something about this visitor's page, where values may be shown. */
export function allowedAttribute(name: string, value: string): string | undefined {
  if (describing.has(name)) return value.length <= LONGEST_DESCRIPTION ? value : undefined;
  return states.get(name)?.(value);
}

export function isAllowableAttribute(name: string): boolean {
  return describing.has(name) || states.has(name);
}

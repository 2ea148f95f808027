/** How the kinds of form fields are drawn, and so what keeps their box when the value is masked. */

import { words } from './word-set.js';

const fieldTags = words('input textarea select');
const textTypes = words('text search tel url email password');
/** Drawn by the browser as a whole, so that they have no size once they are drawn as grey boxes. */
const drawnTypes = words('image file checkbox radio color range');
/** Drawn around their label: their size would tell how long it is, so it comes from the stand-in. */
const labelTypes = words('submit reset button');

export interface FieldKind {
  /** The stand-in for the value shows as text. */
  readonly showsText: boolean;
  /** The box depends on a picture or a choice that is not shown, and has to be told. */
  readonly sizedByContent: boolean;
}

/** Undefined when the element is no form field. */
export function fieldKindOf(tag: string, type: string): FieldKind | undefined {
  if (!fieldTags.has(tag)) return undefined;
  const kind = type.trim().toLowerCase();
  if (tag === 'select') return { showsText: false, sizedByContent: false };
  if (tag === 'textarea') return { showsText: true, sizedByContent: false };
  if (labelTypes.has(kind)) return { showsText: true, sizedByContent: false };
  const isText = kind === '' || textTypes.has(kind) || !knownTypes.has(kind);
  return { showsText: isText, sizedByContent: drawnTypes.has(kind) };
}

/** Types that are drawn as something other than a line of text; unknown types are text fields. */
const knownTypes = words(`
  number range date time datetime-local month week color checkbox radio file hidden image submit reset button
  text search tel url email password`);

/**
 * Keeps a masked field as large as it was when it was first shown: pages make fields as large as what is typed in them,
 * and then their size tells how long that is.
 */

import type { MaskedAttributes } from './masked-event.js';

const SIZES = /(?<=^|;)(?:(?:min-|max-)?(?:width|height|inline-size|block-size)|flex-basis):[^;]*;/g;
/** As many letters of the field's font: what nobody gives to a field but to fit what is in it. */
const LETTERS = /[\d.]ch\b/;

interface Sizes {
  readonly style: string;
  readonly attributes: MaskedAttributes;
}

export class FieldSizes {
  readonly #first = new Map<number, Sizes>();
  readonly #told = new Map<number, string>();

  /** All attributes of a field that is shown; `grows` when its height may be that of what is in it already. */
  shown(id: number, attributes: MaskedAttributes, grows: boolean): MaskedAttributes {
    const first = this.#first.get(id) ?? sizesIn(attributes, grows);
    this.#first.set(id, first);
    const others = Object.entries(attributes).filter(([name]) => !isSize(name));
    const kept = withSizes({ ...Object.fromEntries(others), ...first.attributes }, first);
    this.#told.set(id, String(kept.style));
    return kept;
  }

  /** Changed attributes, without those that are the same as before. */
  changed(id: number, attributes: MaskedAttributes): MaskedAttributes {
    const first = this.#first.get(id) ?? sizesIn(attributes, false);
    // One that is masked only now was not shown here before.
    if ('style' in attributes) this.#first.set(id, first);
    const kept = withSizes(attributes, first);
    for (const name of Object.keys(kept).filter(isSize)) delete kept[name];
    if (!('style' in kept)) return kept;
    if (this.#told.get(id) === kept.style) delete kept.style;
    else this.#told.set(id, String(kept.style));
    return kept;
  }
}

function sizesIn(attributes: MaskedAttributes, grows: boolean): Sizes {
  const found = String(attributes.style ?? '').match(SIZES) ?? [];
  const told = found.filter((each) => !LETTERS.test(each) && !(grows && /^(?:height|block-size)/.test(each)));
  return { style: told.join(''), attributes: pick(attributes) };
}

function withSizes(attributes: MaskedAttributes, { style }: Sizes): MaskedAttributes {
  if (!('style' in attributes)) return { ...attributes };
  return { ...attributes, style: String(attributes.style ?? '').replace(SIZES, '') + style };
}

function pick(attributes: MaskedAttributes): MaskedAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isSize(name)));
}

function isSize(name: string): boolean {
  return name === 'size' || name === 'cols' || name === 'rows';
}

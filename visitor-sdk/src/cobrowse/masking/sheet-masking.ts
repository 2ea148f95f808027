/**
 * Masks style sheets where they sit in the page: in an element, in a text, adopted by script or changed rule by
 * rule. A sheet whose images were not there yet is shown again once they are.
 */

import type { StyleMasking } from './css/style-masking.js';
import type { MaskedIncrement, MaskedMutation } from './masked-event.js';
import { source } from './masked-event.js';
import type { PageView } from './page-view.js';
import type { RawRecord } from './raw-record.js';
import { asId, asNumber, asRecord, asRecords, asText } from './raw-record.js';

/** Where a sheet that waits for its images is, so that it can be replaced. */
type SheetPlace =
  | { readonly kind: 'element' | 'text'; readonly id: number }
  | { readonly kind: 'adopted'; readonly styleId: number };

interface WaitingSheet {
  readonly place: SheetPlace;
  readonly text: string;
  readonly base: string | undefined;
}

const MAX_WAITING = 256;

export class SheetMasking {
  readonly #page: PageView;
  readonly #styles: StyleMasking;
  readonly #waiting = new Map<string, WaitingSheet>();

  constructor(page: PageView, styles: StyleMasking) {
    this.#page = page;
    this.#styles = styles;
  }

  /** The `_cssText` of a `style` or `link` element. */
  inElement(id: number, text: string, base?: string): string {
    return this.#masked({ kind: 'element', id }, text, base);
  }

  /** A text node of a `style` element. */
  inText(id: number, text: string): string {
    return text === '' ? '' : this.#masked({ kind: 'text', id }, text);
  }

  /** Learns the names of sheets before the elements that use them are met. */
  learn(texts: readonly string[]): void {
    for (const text of texts) this.#styles.sheet(text);
  }

  /** Sheets that waited, with what has arrived since. */
  refreshed(): readonly MaskedIncrement[] {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#styles.forgetWaiting();
    return waiting
      .map(({ place, text, base }) => this.#replacement(place, this.#masked(place, text, base)))
      .filter((event) => event !== undefined);
  }

  forget(): void {
    this.#waiting.clear();
  }

  ruleChange(data: RawRecord): MaskedIncrement | undefined {
    const place = this.#placeOf(data);
    if (place === undefined) return undefined;
    const adds = asRecords(data.adds).map((add) => this.#ruleAdded(add));
    const removes = asRecords(data.removes)
      .map((removed) => indexField(removed.index))
      .filter(({ index }) => index !== undefined);
    const replaced: Record<string, string> = {};
    for (const field of ['replace', 'replaceSync']) {
      const text = asText(data[field]);
      if (text !== undefined) replaced[field] = this.#replacedText(place, text);
    }
    return { source: source.styleSheetRule, ...place, adds, removes, ...replaced };
  }

  declarationChange(data: RawRecord): MaskedIncrement | undefined {
    const place = this.#placeOf(data);
    const index = indexOf(data.index);
    if (place === undefined || index === undefined) return undefined;
    const at = { source: source.styleDeclaration, ...place, index };
    const removed = asText(asRecord(data.remove)?.property);
    if (removed !== undefined) {
      return /^-{0,2}[a-z][a-z-]{0,60}$/.test(removed) ? { ...at, remove: { property: removed } } : undefined;
    }
    const set = asRecord(data.set);
    const property = asText(set?.property);
    if (set === undefined || property === undefined) return undefined;
    const value = this.#styles.property(property, asText(set.value) ?? '', false);
    if (value === undefined) return undefined;
    const priority = set.priority === 'important' ? 'important' : '';
    return { ...at, set: { property, value, priority } };
  }

  adopted(data: RawRecord): MaskedIncrement | undefined {
    const id = asId(data.id);
    if (id === undefined || isHidden(this.#page, id)) return undefined;
    const styleIds = Array.isArray(data.styleIds)
      ? data.styleIds.filter((item) => asId(item) !== undefined)
      : [];
    const styles = asRecords(data.styles).map((style) => ({
      styleId: asId(style.styleId) ?? 0,
      rules: this.#adoptedRules(style),
    }));
    return { source: source.adoptedStyleSheet, id, styleIds, ...(styles.length > 0 && { styles }) };
  }

  #adoptedRules(style: RawRecord): readonly unknown[] {
    const rules = asRecords(style.rules);
    const styleId = asId(style.styleId);
    const text = rules.map((rule) => asText(rule.rule) ?? '').join('\n');
    // Noted as one sheet, so that it can be replaced as one when its images have come.
    if (styleId !== undefined) this.#masked({ kind: 'adopted', styleId }, text);
    return rules.map((rule) => this.#ruleAdded(rule));
  }

  #ruleAdded(add: RawRecord): Record<string, unknown> {
    return { rule: this.#styles.rule(asText(add.rule) ?? ''), ...indexField(add.index) };
  }

  #replacedText(place: { id?: number; styleId?: number }, text: string): string {
    return place.styleId === undefined
      ? this.#styles.sheet(text).text
      : this.#masked({ kind: 'adopted', styleId: place.styleId }, text);
  }

  #masked(place: SheetPlace, text: string, base?: string): string {
    const masked = this.#styles.sheet(text, base);
    const key = place.kind === 'adopted' ? `adopted ${place.styleId}` : `${place.kind} ${place.id}`;
    if (masked.waits && this.#waiting.size < MAX_WAITING) this.#waiting.set(key, { place, text, base });
    else this.#waiting.delete(key);
    return masked.text;
  }

  #replacement(place: SheetPlace, css: string): MaskedIncrement | undefined {
    if (place.kind === 'adopted') {
      return {
        source: source.styleSheetRule,
        styleId: place.styleId,
        adds: [],
        removes: [],
        replaceSync: css,
      };
    }
    if (place.kind === 'text') return mutation({ texts: [{ id: place.id, value: css }] });
    // The replayer rebuilds a `style` from `_cssText` without its texts, so these are set instead where there are any.
    const texts = this.#page.tagOf(place.id) === 'style' ? this.#page.textsIn(place.id) : [];
    if (texts.length === 0)
      return mutation({ attributes: [{ id: place.id, attributes: { _cssText: css } }] });
    return mutation({ texts: texts.map((id, index) => ({ id, value: index === 0 ? css : '' })) });
  }

  #placeOf(data: RawRecord): { id?: number; styleId?: number } | undefined {
    const id = asId(data.id);
    const styleId = asId(data.styleId);
    if (id !== undefined) return isHidden(this.#page, id) ? undefined : { id };
    return styleId === undefined ? undefined : { styleId };
  }
}

export function mutation(part: Partial<Omit<MaskedMutation, 'source'>>): MaskedMutation {
  return { source: source.mutation, texts: [], attributes: [], removes: [], adds: [], ...part };
}

function isHidden(page: PageView, id: number): boolean {
  const { exposure } = page.verdictOf(id);
  return exposure === 'excluded' || exposure === 'blocked';
}

function indexOf(value: unknown): number | readonly number[] | undefined {
  if (!Array.isArray(value)) return asNumber(value);
  const path: readonly unknown[] = value;
  const numbers = path.map(asNumber).filter((index) => index !== undefined);
  return numbers.length === path.length ? numbers : undefined;
}

function indexField(value: unknown): { index?: number | readonly number[] } {
  const index = indexOf(value);
  return index === undefined ? {} : { index };
}

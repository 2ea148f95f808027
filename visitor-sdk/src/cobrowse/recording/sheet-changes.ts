/** Tells of style sheets that scripts change rule by rule, and of those that documents and shadow roots adopt. */

import { source } from '../masking/masked-event.js';
import { baseOf, ruleText, sheetText } from './css-text.js';
import type { Told } from './patched-method.js';

type Realm = Window & typeof globalThis;
type Root = Document | ShadowRoot;
type RulePath = number | readonly number[] | undefined;

export interface SheetChangesDeps {
  /** The number of a node that is shown. */
  shownNumber(node: Node): number | undefined;
  /** The same of what shows a root: the document itself, or the host. */
  ownerOf(root: Root): Node;
  /** When the node was told of last. */
  turnOf(node: Node): number | undefined;
  /** Tells of what has changed in the tree. */
  settle(): void;
  /** What is not run by a call that is heard. */
  run(act: () => void): void;
  /** Hears of calls; answers how to end it. */
  after(owner: object, name: string, told: Told): () => void;
  onChange(data: Readonly<Record<string, unknown>>): void;
}

export class SheetChanges {
  readonly #deps: SheetChangesDeps;
  #numbers = new WeakMap<CSSStyleSheet, number>();
  #lastNumber = 0;

  constructor(deps: SheetChangesDeps) {
    this.#deps = deps;
  }

  /** Whoever joins knows no sheet: from now on each is told of with its rules. */
  again(): void {
    this.#numbers = new WeakMap();
  }

  /** Answers how to end it. */
  watch({ CSSStyleSheet, CSSGroupingRule, Document, ShadowRoot }: Realm): () => void {
    const { after } = this.#deps;
    const sheet = CSSStyleSheet.prototype;
    const group = CSSGroupingRule.prototype;
    const inserted = (at: unknown, [rule, index]: readonly unknown[]) =>
      this.#changed(at, (path) => ({ adds: [{ rule, index: path(index) }] }));
    const deleted = (at: unknown, [index]: readonly unknown[]) =>
      this.#changed(at, (path) => ({ removes: [{ index: path(index) }] }));
    const replaced = (at: unknown, [text]: readonly unknown[]) =>
      this.#changed(at, () => ({ replaceSync: String(text) }));
    const added = (at: unknown, [selector, block, index]: readonly unknown[]) =>
      inserted(at, [
        `${String(selector)} { ${String(block)} }`,
        index ?? (at as CSSStyleSheet).cssRules.length - 1,
      ]);
    const adopted = (root: unknown) => this.adopted(root as Root);
    const undo = [
      after(sheet, 'insertRule', inserted),
      after(sheet, 'deleteRule', deleted),
      after(sheet, 'addRule', added),
      after(sheet, 'removeRule', deleted),
      after(sheet, 'replace', (at, _, answer) => void this.#replacedLater(at as CSSStyleSheet, answer)),
      after(sheet, 'replaceSync', replaced),
      after(group, 'insertRule', inserted),
      after(group, 'deleteRule', deleted),
      after(Document.prototype, 'adoptedStyleSheets', adopted),
      after(ShadowRoot.prototype, 'adoptedStyleSheets', adopted),
    ];
    return () => {
      for (const end of undo) end();
    };
  }

  /** Tells of the sheets that a root adopts; of none where it adopts none. */
  adopted(root: Root): void {
    const id = this.#deps.shownNumber(this.#deps.ownerOf(root));
    const sheets = root.adoptedStyleSheets;
    if (id === undefined || sheets.length === 0) return;
    const styles: unknown[] = [];
    const styleIds = sheets.map((sheet) => {
      const known = this.#numbers.get(sheet);
      if (known !== undefined) return known;
      this.#lastNumber += 1;
      this.#numbers.set(sheet, this.#lastNumber);
      const base = baseOf(sheet);
      const rules = Array.from(sheet.cssRules, (rule, index) => ({ rule: ruleText(rule, base), index }));
      styles.push({ styleId: this.#lastNumber, rules });
      return this.#lastNumber;
    });
    this.#deps.onChange({
      source: source.adoptedStyleSheet,
      id,
      styleIds,
      ...(styles.length > 0 && { styles }),
    });
  }

  /** Until then the sheet is as it was, and may be adopted so: what is told is what has come of it. */
  async #replacedLater(sheet: CSSStyleSheet, answer: unknown): Promise<void> {
    try {
      await answer;
    } catch {
      // The sheet may not be replaced, and has not been.
      return;
    }
    this.#deps.run(() => this.#changed(sheet, () => ({ replaceSync: sheetText(sheet) ?? '' })));
  }

  #changed(
    at: unknown,
    describe: (path: (index: unknown) => RulePath) => Readonly<Record<string, unknown>>,
  ): void {
    const group = 'ownerNode' in (at as object) ? undefined : (at as CSSGroupingRule);
    const sheet = group === undefined ? (at as CSSStyleSheet) : group.parentStyleSheet;
    const named = sheet === null ? undefined : this.#nameOf(sheet);
    if (sheet === null || named === undefined || this.#isReadAnew(sheet)) return;
    const around = group === undefined ? [] : placeOf(group);
    const path = (index: unknown): RulePath => {
      const own = typeof index === 'number' ? index : undefined;
      return group === undefined ? own : [...around, own ?? 0];
    };
    this.#deps.onChange({ source: source.styleSheetRule, ...named, ...describe(path) });
  }

  /** An element that is told of for another reason brings all its rules along, this change among them. */
  #isReadAnew({ ownerNode }: CSSStyleSheet): boolean {
    const { turnOf, settle } = this.#deps;
    const before = ownerNode === null ? undefined : turnOf(ownerNode);
    settle();
    return ownerNode !== null && turnOf(ownerNode) !== before;
  }

  #nameOf(sheet: CSSStyleSheet): { readonly id: number } | { readonly styleId: number } | undefined {
    const styleId = this.#numbers.get(sheet);
    if (sheet.ownerNode === null) return styleId === undefined ? undefined : { styleId };
    const id = this.#deps.shownNumber(sheet.ownerNode);
    return id === undefined ? undefined : { id };
  }
}

/** The places of the rules around a rule's own place, and that, from the sheet down. */
function placeOf(rule: CSSRule): readonly number[] {
  const siblings = ((rule.parentRule as CSSGroupingRule | null) ?? rule.parentStyleSheet)?.cssRules ?? [];
  const own = Array.from(siblings).indexOf(rule);
  return rule.parentRule === null ? [own] : [...placeOf(rule.parentRule), own];
}

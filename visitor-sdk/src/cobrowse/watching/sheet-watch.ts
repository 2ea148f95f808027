/**
 * Looks after style sheets that change without the recorder's notice: lists of adopted sheets that are emptied or pushed
 * to, sheets that are switched off, and declarations set through a rule's `style`.
 */

import { RuleWatch } from './rule-watch.js';

export interface SheetWatchDeps {
  readonly window: Window & typeof globalThis;
  nodeOf(id: number): Node | undefined;
  numberOf(node: Node): number | undefined;
  /** The root adopts no sheet any more. */
  onNoneAdopted(id: number): void;
  onSwitched(id: number, isDisabled: boolean): void;
  onRule(change: RuleChange): void;
  /** A rule may be about to change. */
  onTouched(): void;
}

export interface RuleChange {
  readonly sheet: { readonly id: number } | { readonly styleId: number };
  readonly path: readonly number[];
  readonly text: string;
}

type Root = Document | ShadowRoot;

const MOST_ROOTS = 2_000;

export class SheetWatch {
  readonly #deps: SheetWatchDeps;
  /** By the number of the document or of the shadow root's host. */
  readonly #adopted = new Map<number, readonly CSSStyleSheet[]>();
  /** By the element, since a text written anew makes a new sheet of it. */
  readonly #switched = new WeakMap<Node, boolean>();
  readonly #styleIds = new WeakMap<CSSStyleSheet, number>();
  readonly #rules: RuleWatch;

  constructor(deps: SheetWatchDeps) {
    this.#deps = deps;
    this.#rules = new RuleWatch({
      window: deps.window,
      isShown: (document) => deps.numberOf(document) !== undefined,
      onTouched: () => deps.onTouched(),
      onChanged: (rule) => this.#tellRule(rule),
    });
  }

  start(): void {
    this.#rules.start();
  }

  stop(): void {
    this.#rules.stop();
    this.#adopted.clear();
  }

  noteRoot(id: number): void {
    const root = this.#rootOf(id);
    if (root !== undefined && this.#adopted.size < MOST_ROOTS)
      this.#adopted.set(id, [...root.adoptedStyleSheets]);
  }

  /** The recorder has numbered the sheets that a root adopts. */
  adopted(id: number, styleIds: readonly number[]): void {
    const sheets = [...(this.#rootOf(id)?.adoptedStyleSheets ?? [])];
    this.#adopted.set(id, sheets);
    if (sheets.length !== styleIds.length) return;
    for (const [index, sheet] of sheets.entries()) this.#styleIds.set(sheet, styleIds[index] ?? 0);
  }

  look(): void {
    this.#rules.look();
    for (const [id, before] of this.#adopted) {
      const root = this.#rootOf(id);
      if (root === undefined) this.#adopted.delete(id);
      else this.#lookAtRoot(id, { root, before });
    }
  }

  #lookAtRoot(
    id: number,
    { root, before }: { readonly root: Root; readonly before: readonly CSSStyleSheet[] },
  ): void {
    const now = [...root.adoptedStyleSheets];
    if (now.length !== before.length || now.some((sheet, index) => sheet !== before[index])) {
      this.#adopted.set(id, now);
      // Said once more through the setter, which the recorder watches: it numbers the sheets that are new.
      if (now.length > 0) root.adoptedStyleSheets = now;
      else this.#deps.onNoneAdopted(id);
    }
    for (const sheet of root.styleSheets) this.#lookAtSheet(sheet);
  }

  #lookAtSheet(sheet: CSSStyleSheet): void {
    const owner = sheet.ownerNode;
    if (owner === null || sheet.disabled === (this.#switched.get(owner) ?? false)) return;
    this.#switched.set(owner, sheet.disabled);
    const id = this.#deps.numberOf(owner);
    if (id !== undefined) this.#deps.onSwitched(id, sheet.disabled);
  }

  #tellRule(rule: CSSStyleRule): void {
    const path = pathOf(rule);
    const sheet = rule.parentStyleSheet;
    const named = sheet === null ? undefined : this.#nameOf(sheet);
    if (path !== undefined && named !== undefined)
      this.#deps.onRule({ sheet: named, path, text: rule.cssText });
  }

  #nameOf(sheet: CSSStyleSheet): RuleChange['sheet'] | undefined {
    const styleId = this.#styleIds.get(sheet);
    if (styleId !== undefined) return { styleId };
    const id = sheet.ownerNode === null ? undefined : this.#deps.numberOf(sheet.ownerNode);
    return id === undefined ? undefined : { id };
  }

  #rootOf(id: number): Root | undefined {
    const node = this.#deps.nodeOf(id);
    if (node === undefined) return undefined;
    if ('adoptedStyleSheets' in node) return node as Document;
    return (node as Element).shadowRoot ?? undefined;
  }
}

function pathOf(rule: CSSRule): readonly number[] | undefined {
  const path: number[] = [];
  let at: CSSRule | null = rule;
  while (at !== null) {
    const siblings: CSSRuleList | undefined = (
      (at.parentRule as { readonly cssRules?: CSSRuleList } | null) ?? at.parentStyleSheet
    )?.cssRules;
    const index = siblings === undefined ? -1 : [...siblings].indexOf(at);
    if (index === -1) return undefined;
    path.unshift(index);
    at = at.parentRule;
  }
  return path;
}

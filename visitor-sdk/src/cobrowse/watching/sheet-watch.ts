/**
 * Looks after style sheets that change without the recorder's notice: lists of adopted sheets that are emptied or pushed
 * to, sheets that are switched off, and declarations set through a rule's `style`.
 */

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
const MOST_RULES = 500;

export class SheetWatch {
  readonly #deps: SheetWatchDeps;
  /** By the number of the document or of the shadow root's host. */
  readonly #adopted = new Map<number, readonly CSSStyleSheet[]>();
  /** By the element, since a text written anew makes a new sheet of it. */
  readonly #switched = new WeakMap<Node, boolean>();
  readonly #styleIds = new WeakMap<CSSStyleSheet, number>();
  /** Rules whose declarations were asked for, as they were then. */
  readonly #touched = new Map<CSSStyleRule, string>();
  #restore: (() => void) | undefined;

  constructor(deps: SheetWatchDeps) {
    this.#deps = deps;
  }

  /** A declaration can only be set by whoever asks its rule for them: that is noticed, and looked into later. */
  start(): void {
    const { prototype } = this.#deps.window.CSSStyleRule;
    const own = Object.getOwnPropertyDescriptor(prototype, 'style');
    const read = own?.get;
    if (own === undefined || read === undefined || own.configurable !== true) return;
    const note = (rule: CSSStyleRule) => this.#touch(rule);
    const get = function styleOf(this: CSSStyleRule): unknown {
      note(this);
      return read.call(this);
    };
    Object.defineProperty(prototype, 'style', { ...own, get });
    this.#restore = () => {
      // Somebody else may have put theirs over ours; then ours stays below it and notes nothing.
      if (Object.getOwnPropertyDescriptor(prototype, 'style')?.get === get) {
        Object.defineProperty(prototype, 'style', own);
      }
    };
  }

  stop(): void {
    this.#restore?.();
    this.#restore = undefined;
    this.#adopted.clear();
    this.#touched.clear();
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
    this.#lookAtRules();
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

  #touch(rule: CSSStyleRule): void {
    if (this.#touched.size >= MOST_RULES || this.#touched.has(rule)) return;
    this.#touched.set(rule, rule.cssText);
    this.#deps.onTouched();
  }

  #lookAtRules(): void {
    const touched = [...this.#touched];
    this.#touched.clear();
    for (const [rule, before] of touched) {
      const text = rule.cssText;
      const path = pathOf(rule);
      const sheet = rule.parentStyleSheet;
      const named = sheet === null ? undefined : this.#nameOf(sheet);
      if (text !== before && path !== undefined && named !== undefined) {
        this.#deps.onRule({ sheet: named, path, text });
      }
    }
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

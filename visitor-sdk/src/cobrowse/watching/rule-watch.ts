/**
 * Looks after declarations that scripts change through a rule's `style`, of which nobody tells, in the page and in its
 * frames of the same origin.
 */

import { beforeCalls } from '../recording/patched-method.js';

export interface RuleWatchDeps {
  readonly window: Window;
  /** Whether the document is part of what is shown. */
  isShown(document: Document): boolean;
  /** A rule may be about to change. */
  onTouched(): void;
  onChanged(rule: CSSStyleRule): void;
}

type Realm = Window & typeof globalThis;

const MOST_RULES = 500;
/** A script may keep the declarations of a rule and set them at any time: the latest few are looked at for ever. */
const MOST_KEPT = 60;
const MOST_FRAMES = 100;

export class RuleWatch {
  readonly #deps: RuleWatchDeps;
  /** Rules whose declarations were asked for, as they were then; those that came or changed last are at the end. */
  readonly #touched = new Map<CSSStyleRule, string>();
  /** By what is another one in each document, other than a frame's window. */
  readonly #realms = new Map<object, () => void>();

  constructor(deps: RuleWatchDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#findRealms();
  }

  stop(): void {
    for (const end of this.#realms.values()) end();
    this.#realms.clear();
    this.#touched.clear();
  }

  look(): void {
    this.#findRealms();
    for (const [rule, before] of [...this.#touched]) {
      const text = rule.cssText;
      // A rule that is gone has no sheet.
      if (rule.parentStyleSheet === null) this.#touched.delete(rule);
      else if (text !== before) {
        this.#touched.delete(rule);
        this.#touched.set(rule, text);
        this.#deps.onChanged(rule);
      }
    }
    for (const rule of this.#touched.keys()) {
      if (this.#touched.size <= MOST_KEPT) break;
      this.#touched.delete(rule);
    }
  }

  #findRealms(): void {
    const { window } = this.#deps;
    const gone = new Set(this.#realms.keys());
    for (const realm of [window as Realm, ...this.#framesIn(window)]) {
      if (!isWhole(realm)) continue;
      const key = realm.CSSStyleRule.prototype;
      if (!this.#realms.has(key)) this.#realms.set(key, this.#watch(realm));
      gone.delete(key);
    }
    for (const key of gone) {
      this.#realms.get(key)?.();
      this.#realms.delete(key);
      // A rule holds on to the whole document that it is of.
      for (const rule of this.#touched.keys())
        if (Object.getPrototypeOf(rule) === key) this.#touched.delete(rule);
    }
  }

  #framesIn(window: Window): readonly Realm[] {
    const found: Realm[] = [];
    const open = [window];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      // The page may have put anything into the place of their number.
      for (let index = 0; found.length < MOST_FRAMES; index += 1) {
        const frame = at[index];
        if (frame === undefined) break;
        if (!this.#isOurs(frame)) continue;
        found.push(frame as Realm);
        open.push(frame);
      }
    }
    return found;
  }

  #isOurs(frame: Window): boolean {
    try {
      return this.#deps.isShown(frame.document);
    } catch {
      // It is of another origin.
      return false;
    }
  }

  /** Whoever sets a declaration asks the rule for them first, but may keep them after that. */
  #watch({
    CSSStyleRule: { prototype: rules },
    CSSStyleDeclaration: { prototype: declared },
  }: Realm): () => void {
    const set = (self: unknown) => this.#touch((self as CSSStyleDeclaration).parentRule);
    const undo = [
      beforeCalls(rules, { name: 'style', of: 'get' }, (self) => this.#touch(self as CSSRule)),
      beforeCalls(declared, { name: 'setProperty', of: 'value' }, set),
      beforeCalls(declared, { name: 'removeProperty', of: 'value' }, set),
      beforeCalls(declared, { name: 'cssText', of: 'set' }, set),
    ];
    return () => {
      for (const end of undo) end();
    };
  }

  #touch(rule: CSSRule | null): void {
    if (rule === null || !('selectorText' in rule)) return;
    const style = rule as CSSStyleRule;
    if (!this.#touched.has(style)) {
      if (this.#touched.size >= MOST_RULES) return;
      this.#touched.set(style, style.cssText);
    }
    this.#deps.onTouched();
  }
}

/** A page may have taken these away, or put something of its own there. */
function isWhole({ CSSStyleRule, CSSStyleDeclaration }: Realm): boolean {
  return typeof CSSStyleRule === 'function' && typeof CSSStyleDeclaration === 'function';
}

import { beforeEach, describe, expect, it } from 'vitest';
import { RuleWatch } from './rule-watch.js';

/** The classes of one document, with a rule in each sheet as far as this needs one. */
function realm() {
  class CSSStyleDeclaration {
    parentRule: object | null = null;
    text = '';
    setProperty(name: string, value: string): void {
      this.text = `${name}:${value}`;
    }
    removeProperty(): void {
      this.text = '';
    }
    get cssText(): string {
      return this.text;
    }
    set cssText(text: string) {
      this.text = text;
    }
  }
  class CSSStyleRule {
    selectorText = 'p';
    parentStyleSheet: object | null = {};
    readonly #declared = new CSSStyleDeclaration();
    constructor() {
      this.#declared.parentRule = this;
    }
    get style(): CSSStyleDeclaration {
      return this.#declared;
    }
    get cssText(): string {
      return `p{${this.#declared.text}}`;
    }
  }
  return { CSSStyleDeclaration, CSSStyleRule, document: {} };
}

type Page = ReturnType<typeof realm> & { 0?: object; 1?: object };

let page: Page;
let shown: Set<object>;
let touched: number;
let told: string[];
let watch: RuleWatch;

beforeEach(() => {
  page = realm();
  shown = new Set();
  touched = 0;
  told = [];
  watch = new RuleWatch({
    window: page as unknown as Window,
    isShown: (document) => shown.has(document),
    onTouched: () => {
      touched += 1;
    },
    onChanged: (rule) => told.push(rule.cssText),
  });
});

describe('RuleWatch', () => {
  it('tells of declarations that are set later by whoever kept them', () => {
    watch.start();
    const { style } = new page.CSSStyleRule();
    watch.look();
    style.text = 'color:red';
    watch.look();
    watch.look();
    expect(told).toEqual(['p{color:red}']);
  });

  it('hears of what is set in declarations that were asked for before it began', () => {
    const { style } = new page.CSSStyleRule();
    watch.start();
    style.setProperty('color', 'red');
    expect(touched).toBe(1);
    watch.look();
    style.cssText = 'color:blue';
    watch.look();
    style.removeProperty();
    watch.look();
    expect(told).toEqual(['p{color:red}', 'p{color:blue}', 'p{}']);
  });

  it('says nothing of what is set as it was, of an element’s own style, or of a rule that is gone', () => {
    const rule = new page.CSSStyleRule();
    const { style } = rule;
    style.setProperty('color', 'red');
    watch.start();
    style.setProperty('color', 'red');
    new page.CSSStyleDeclaration().setProperty('color', 'red');
    watch.look();
    rule.parentStyleSheet = null;
    style.setProperty('color', 'blue');
    watch.look();
    expect(told).toEqual([]);
  });

  it('looks into frames that are shown, whatever document comes into them, and into no others', () => {
    const frame = realm();
    const hidden = realm();
    const foreign = Object.defineProperty({}, 'document', {
      get() {
        throw new Error('of another origin');
      },
    });
    Object.assign(page, { 0: foreign, 1: hidden, 2: frame, length: 1e9 });
    shown.add(frame.document);
    watch.start();
    new hidden.CSSStyleRule().style.setProperty('color', 'blue');
    new frame.CSSStyleRule().style.setProperty('color', 'red');
    watch.look();
    const next = realm();
    shown.add(next.document);
    Object.assign(page, { 2: next });
    watch.look();
    new next.CSSStyleRule().style.setProperty('color', 'green');
    const before = touched;
    new frame.CSSStyleRule().style.setProperty('color', 'black');
    expect(touched).toBe(before);
    watch.look();
    expect(told).toEqual(['p{color:red}', 'p{color:green}']);
  });

  it('leaves nothing behind, and is silent where somebody has put theirs over it', () => {
    const { prototype } = page.CSSStyleDeclaration;
    const own = prototype.setProperty;
    watch.start();
    const ours = prototype.setProperty;
    expect(ours).not.toBe(own);
    const { style } = new page.CSSStyleRule();
    const before = touched;
    watch.stop();
    expect(prototype.setProperty).toBe(own);
    watch.start();
    const again = prototype.setProperty;
    prototype.setProperty = function theirs(name, value) {
      again.call(this, name, value);
    };
    watch.stop();
    style.setProperty('color', 'red');
    expect(touched).toBe(before);
  });

  it('never throws into the page for want of what it asks', () => {
    watch.start();
    expect(() =>
      page.CSSStyleDeclaration.prototype.setProperty.call(Object.create(null), 'a', 'b'),
    ).not.toThrow();
    watch.stop();
    Reflect.deleteProperty(page, 'CSSStyleRule');
    expect(() => watch.look()).not.toThrow();
  });
});

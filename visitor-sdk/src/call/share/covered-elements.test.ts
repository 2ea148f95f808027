/** What of a page is covered in a picture of it, and when none of it can be: by what its style sheets and roots draw. */

import { describe, expect, it } from 'vitest';
import type { PristineDom } from '../../cobrowse/masking/pristine-dom.js';
import type { PrivacyRules } from '../../cobrowse/masking/privacy-rules.js';
import { CoveredElements } from './covered-elements.js';

type Style = Readonly<Record<string, string>>;

interface Fake {
  readonly tag?: string;
  readonly size?: number;
  readonly exposure?: 'masked' | 'allowed' | 'blocked';
  readonly attributes?: Style;
  readonly style?: Style;
  readonly before?: Style;
  readonly marker?: Style;
  readonly isUndrawn?: boolean;
  readonly isUndefined?: boolean;
  readonly hasOpenRoot?: boolean;
}

const plain: Style = { display: 'block', content: 'normal', backgroundImage: 'none', borderStyle: 'none' };
const own: Style = { ...plain, maskImage: 'none', backgroundColor: 'transparent' };
const empty: Style = { ...plain, content: 'none' };

/** As much of a page as is asked for; there is no DOM in Node. One element in its document. */
function find(fake: Fake): number | 'grey' {
  const { tag = 'div', size = 20, exposure = 'masked', attributes = {}, isUndrawn = false } = fake;
  const element = {
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
    getClientRects: () => (isUndrawn ? [] : [{}]),
  };
  const page = { getClientRects: () => [{}] };
  const styles: Readonly<Record<string, Style | undefined>> = {
    '': { ...own, ...fake.style },
    '::before': fake.before && { ...plain, ...fake.before },
    '::marker': fake.marker && { ...plain, ...fake.marker },
  };
  const window = {
    ...{ innerWidth: 800, innerHeight: 600, document: { documentElement: page } },
    getComputedStyle: (of: object, part = '') => (of === element ? (styles[part] ?? empty) : own),
  } as unknown as Window & typeof globalThis;
  const box = { left: 10, top: 10, right: 10 + size, bottom: 10 + size, width: size, height: size };
  const dom = {
    nodeType: () => 1,
    localName: (of: object) => (of === page ? 'html' : tag),
    firstChild: (of: object) => (of === page ? element : null),
    nextSibling: () => null,
    parentNode: (of: object) => (of === element ? page : null),
    assignedSlot: () => null,
    textContent: () => '',
    attribute: () => null,
    box: () => box,
    shadowRoot: (of: object) => (of === element && fake.hasOpenRoot ? {} : null),
    matches: () => !fake.isUndefined,
  } as unknown as PristineDom;
  const rules = {
    forget: () => undefined,
    verdictOf: (of: object) => ({
      exposure: of === page ? 'allowed' : exposure,
      typed: false,
      secret: false,
    }),
    isTextShown: (verdict: { exposure: string }) => verdict.exposure === 'allowed',
    isCaught: () => false,
  } as unknown as PrivacyRules;
  const found = new CoveredElements({ window, dom, rules, ownBoxes: () => [] }).find();
  return found === undefined ? 'grey' : found.length;
}

describe('what a box stands for in a view', () => {
  it('is covered where somebody else draws it, and shown where the page does', () => {
    expect(find({ tag: 'object', exposure: 'allowed' })).toBe(1);
    expect(find({ tag: 'math', exposure: 'allowed' })).toBe(0);
  });
});

describe('what a style sheet draws', () => {
  const words: Style = { content: '"Name"' };

  it('is covered with its element while it stands in its line', () => {
    expect(find({})).toBe(0);
    expect(find({ before: words })).toBe(1);
    expect(find({ before: { content: '""', backgroundImage: 'url("a.png")' } })).toBe(1);
    expect(find({ before: { content: '""', maskImage: 'url("a.svg")' } })).toBe(1);
    expect(find({ style: { maskImage: 'url("a.svg")' } })).toBe(1);
    expect(find({ exposure: 'allowed', before: words })).toBe(0);
    expect(find({ exposure: 'allowed', before: words, attributes: { title: 'Name' } })).toBe(1);
  });

  it.each<Style>([
    { position: 'absolute' },
    { position: 'fixed' },
    { position: 'relative' },
    { transform: 'matrix(1, 0, 0, 1, 0, -40)' },
    { translate: '0px -40px' },
    { cssFloat: 'left' },
    { marginTop: '-40px' },
  ])('makes the page grey where it may lie elsewhere: %o', (away) => {
    expect(find({ before: { ...words, ...away } })).toBe('grey');
    expect(find({ exposure: 'blocked', before: { ...words, ...away } })).toBe('grey');
    const picture = { content: '""', backgroundImage: 'url("a.png")' };
    expect(find({ before: { ...picture, ...away } })).toBe('grey');
    // What only decorates, what is not private, and what waits for the pointer does not.
    expect(find({ before: { content: '""', ...away } })).toBe(0);
    expect(find({ exposure: 'allowed', before: { ...words, ...away } })).toBe(0);
    expect(find({ before: { ...words, ...away, visibility: 'hidden' } })).toBe(1);
    expect(find({ isUndrawn: true, before: { ...words, ...away } })).toBe(1);
  });

  it('is found without a box of its element, and as the mark of a list', () => {
    expect(find({ style: { display: 'contents' }, before: words })).toBe('grey');
    const listed = { display: 'list-item', listStylePosition: 'outside', listStyleImage: 'none' };
    expect(find({ style: listed })).toBe(0);
    expect(find({ style: listed, marker: words })).toBe('grey');
    expect(find({ style: { ...listed, listStylePosition: 'inside' }, marker: words })).toBe(1);
    expect(find({ style: { ...listed, listStyleImage: 'url("a.png")' } })).toBe('grey');
    expect(find({ marker: words })).toBe(0);
  });
});

describe('a custom element whose root nobody can look into', () => {
  const tag = 'my-card';

  it('is covered whole where text is hidden and its content stays in its box', () => {
    const style = { contain: 'content' };
    expect(find({ tag, style })).toBe(1);
    expect(find({ tag, style: { ...style, backgroundImage: 'linear-gradient(red, red)' } })).toBe(1);
    expect(find({ tag, style, hasOpenRoot: true })).toBe(0);
    expect(find({ tag, style, isUndefined: true })).toBe(0);
  });

  it.each<Fake>([
    {},
    { size: 0, style: { contain: 'strict' } },
    { size: 0, style: { display: 'contents' } },
    { style: { display: 'inline', contain: 'paint' } },
    { exposure: 'blocked' },
  ])('makes the page grey where it may draw anywhere: %o', (fake) => {
    expect(find({ tag, ...fake })).toBe('grey');
  });

  it('does not where it is not drawn at all', () => {
    expect(find({ tag, size: 0, isUndrawn: true })).toBe(0);
    expect(find({ tag, size: 0, style: { display: 'none' } })).toBe(0);
  });
});

import type { MaskingPolicy } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import type { PristineDom } from './pristine-dom.js';
import { PrivacyRules } from './privacy-rules.js';

const SVG = 'http://www.w3.org/2000/svg';

interface FakeElement {
  readonly localName: string;
  readonly namespaceURI: string | undefined;
  readonly mark: string | null;
  readonly parent: FakeElement | null;
}

const fake = (node: Node) => node as unknown as FakeElement;
const dom = {
  nodeType: (node: Node) => (fake(node).parent === null ? 9 : 1),
  localName: (node: Node) => fake(node).localName,
  parentNode: (node: Node) => fake(node).parent,
  attribute: (node: Node, name: string) => (name === 'data-alongside' ? fake(node).mark : null),
  assignedSlot: () => null,
  matches: () => false,
  view: () => null,
} as unknown as PristineDom;

const page = { localName: '', namespaceURI: undefined, mark: null, parent: null };
const policy: MaskingPolicy = {
  text: 'shown',
  maskSelectors: [],
  blockSelectors: [],
  allowSelectors: [],
  noControlSelectors: [],
};
const rules = new PrivacyRules(policy, {
  dom,
  document: page as unknown as Document,
  isSelector: () => true,
});
const inside = (parent: FakeElement, localName: string, mark: string | null = null): FakeElement => ({
  localName,
  namespaceURI: localName === 'div' ? undefined : SVG,
  mark,
  parent,
});
const isUndrawn = (element: FakeElement) => rules.verdictOf(element as unknown as Node).undrawn === true;

describe('what is undrawn', () => {
  it('is in a part of a drawing that is masked, at any depth and whatever is said in there', () => {
    const svg = inside(page, 'svg');
    const part = inside(svg, 'g', 'mask');
    const foreign = inside(part, 'foreignObject');
    const deep = inside(inside(foreign, 'div'), 'div', 'allow');
    const text = inside(svg, 'text', 'mask');
    expect([svg, part, text].map(isUndrawn)).toEqual([false, false, false]);
    expect([inside(part, 'path', 'allow'), foreign, deep, inside(text, 'tspan')].every(isUndrawn)).toBe(true);
  });

  it('is not what stands in a page of its own, or in nothing that is drawn', () => {
    const foreign = inside(inside(page, 'svg'), 'foreignObject', 'mask');
    const section = inside(page, 'div', 'mask');
    expect([inside(foreign, 'div'), inside(section, 'div')].some(isUndrawn)).toBe(false);
    expect(isUndrawn(inside(inside(section, 'svg'), 'path'))).toBe(true);
  });
});

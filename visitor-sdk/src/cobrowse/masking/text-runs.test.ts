import { describe, expect, it } from 'vitest';
import { TextNets } from './nets/text-nets.js';
import type { PristineDom } from './pristine-dom.js';
import { TextRuns } from './text-runs.js';

/** An element by its name and what is in it, or a text. */
type Spec = string | readonly [string, ...Spec[]];

class FakeNode {
  parent: FakeNode | null = null;
  children: FakeNode[] = [];
  shadow: FakeNode | null = null;

  readonly name: string;
  text: string;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
  }

  get content(): string {
    return this.text + this.children.map((child) => child.content).join('');
  }

  beside(by: number): FakeNode | null {
    const siblings = this.parent?.children ?? [];
    return siblings[siblings.indexOf(this) + by] ?? null;
  }

  remove(): void {
    const { parent } = this;
    if (parent !== null) parent.children = parent.children.filter((child) => child !== this);
    this.parent = null;
  }
}

function build(spec: Spec): FakeNode {
  if (typeof spec === 'string') return new FakeNode('', spec);
  const [name, ...inside] = spec;
  const node = new FakeNode(name, '');
  node.children = inside.map(build);
  for (const child of node.children) child.parent = node;
  return node;
}

/** How often all that is in an element was put together. */
let wholes = 0;

const dom = {
  nodeType: ({ name }: FakeNode) => (name === '' ? 3 : name === '#' ? 8 : 1),
  localName: ({ name }: FakeNode) => name,
  parentNode: ({ parent }: FakeNode) => parent,
  firstChild: ({ children }: FakeNode) => children[0] ?? null,
  lastChild: ({ children }: FakeNode) => children.at(-1) ?? null,
  nextSibling: (node: FakeNode) => node.beside(1),
  previousSibling: (node: FakeNode) => (node.parent?.children[0] === node ? null : node.beside(-1)),
  textContent: ({ name, content }: FakeNode) => {
    if (name !== '') wholes += 1;
    return content;
  },
  shadowRoot: ({ shadow }: FakeNode) => shadow,
};

const asNode = (node: FakeNode | undefined) => node as unknown as Node;
const runs = () => new TextRuns(dom as unknown as PristineDom, new TextNets());
const besides = (node: FakeNode) =>
  runs()
    .neighboursOf(asNode(node))
    .map((text) => (text as unknown as FakeNode).text);

describe('texts beside a change', () => {
  it('are those in elements inside a line whose number was parted by what went', () => {
    const line = build(['p', ['i', '4111 1111'], ['b', 'x'], ['i', '1111 1111']]);
    const [first, parting, last] = line.children;
    expect(runs().isCaught(asNode(first?.children[0]))).toBe(false);
    parting?.remove();
    expect(besides(line)).toEqual(['4111 1111', '1111 1111']);
    for (const part of [first, last]) expect(runs().isCaught(asNode(part?.children[0]))).toBe(true);
  });

  it('are those of each line inside, and of the line around', () => {
    const line = build(['p', 'before', ['b', 'a', ['u', ['i', 'b']], ['div', 'own'], 'c'], 'after']);
    expect(besides(line.children[1] ?? line)).toEqual(['a', 'b', 'c', 'before', 'after']);
  });

  it('are those in a shadow root as well', () => {
    const host = build(['x-card', 'slotted']);
    host.shadow = build(['root', ['i', '4111']]);
    expect(besides(host)).toEqual(['slotted', '4111']);
  });

  it('are those of the boxes beside a box that came, changed or went', () => {
    const boxes = build([
      'section',
      ...['4111', '1111', 'and', '1111', '1111'].map((text): Spec => ['div', text]),
    ]);
    const [first, , parting] = boxes.children;
    expect(besides(first?.children[0] ?? boxes), 'up to what is no box of a number').toEqual(['1111']);
    expect(runs().isCaught(asNode(first?.children[0]))).toBe(false);
    parting?.remove();
    expect(besides(boxes)).toEqual(['4111', '1111', '1111', '1111']);
    expect(runs().isCaught(asNode(first?.children[0]))).toBe(true);
    const last = boxes.children.at(-1);
    expect(besides(last ?? boxes), 'itself and those before it').toEqual(['1111', '1111', '1111', '4111']);
  });

  it('are those of the boxes on both sides of a text that parts them no longer, a comment or not', () => {
    const specs = ['4111', '1111', '1111', '1111'].map((text): Spec => ['div', text]);
    const boxes = build(['section', ...specs.slice(0, 2), '–', ...specs.slice(2)]);
    const text = boxes.children[2] ?? boxes;
    const first = () => runs().isCaught(asNode(boxes.children[0]?.children[0]));
    expect(first()).toBe(false);
    text.text = ' ';
    expect(besides(text)).toEqual(['1111', '4111', '1111', '1111']);
    expect(first()).toBe(true);
    boxes.children[2] = build(['#', 'a remark']);
    boxes.children[2].parent = boxes;
    expect(first()).toBe(true);
  });

  it('are found without all of a page being put together for the boxes around it', () => {
    let page: Spec = ['main', ...Array.from({ length: 9000 }, (): Spec => ['p', 'x'])];
    for (let depth = 0; depth < 20; depth += 1) page = ['div', page];
    const top = build(['body', page, ['div', '1']]);
    wholes = 0;
    expect(besides(top.children[1] ?? top)).toEqual(['1']);
    expect(wholes).toBe(0);
  });

  it('are not without end', () => {
    const line = build(['p', ...Array.from({ length: 900 }, (): Spec => ['i', '1'])]);
    expect(besides(line)).toHaveLength(400);
  });
});

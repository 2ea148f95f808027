import { describe, expect, it } from 'vitest';
import type { Outline } from '../../../test/told-page.js';
import { ToldPage } from '../../../test/told-page.js';
import type { RawNode } from './node-reader.js';
import type { ChangesDom, ChangesReader, RawMutation } from './page-changes.js';
import { PageChanges } from './page-changes.js';
import { PageNodes } from './page-nodes.js';

/** As much of a browser's node as is asked for. */
class FakeNode {
  readonly type: number;
  readonly name: string;
  parent: FakeNode | undefined;
  children: FakeNode[] = [];
  text = '';
  readonly attributes = new Map<string, string>();
  root: FakeNode | undefined;
  host: FakeNode | undefined;

  constructor(type: number, name = '') {
    this.type = type;
    this.name = name;
  }
}

const fake = (node: Node) => node as unknown as FakeNode;
const real = (node: FakeNode | undefined) => (node ?? null) as unknown as Node | null;
const beside = (node: Node, by: number): Node | null => {
  const siblings = fake(node).parent?.children ?? [];
  const at = siblings.indexOf(fake(node));
  return at === -1 ? null : real(siblings[at + by]);
};
const dom: ChangesDom = {
  nodeType: (node) => fake(node).type,
  localName: (element) => fake(element).name,
  parentNode: (node) => real(fake(node).parent),
  firstChild: (node) => real(fake(node).children[0]),
  lastChild: (node) => real(fake(node).children.at(-1)),
  nextSibling: (node) => beside(node, 1),
  previousSibling: (node) => beside(node, -1),
  shadowRoot: (element) => real(fake(element).root) as ShadowRoot | null,
  host: (root) => real(fake(root).host) as Element,
  attribute: (element, name) => fake(element).attributes.get(name) ?? null,
};
const isLeftOut = (node: FakeNode) => node.type === 8 || node.name === 'script';
const isClosed = (node: FakeNode) => node.name === 'textarea' || node.attributes.get('block') !== undefined;
const attributesOf = (node: FakeNode) => Object.fromEntries([...node.attributes].sort());
const read = (node: FakeNode): RawNode =>
  node.type === 3
    ? { type: 3, textContent: node.text }
    : {
        type: 2,
        tagName: node.name,
        attributes: attributesOf(node),
        ...(node.root !== undefined && { isShadowHost: true }),
        ...(isClosed(node) && { isClosed: true }),
      };
const reader: ChangesReader = {
  isLeftOut: (node) => isLeftOut(fake(node)),
  isClosed: (node) => isClosed(fake(node)),
  read: (node) => read(fake(node)),
  textOf: (node) => fake(node).text,
  attribute: (element, name) => ({ [name]: fake(element).attributes.get(name) ?? null }),
  rootId: () => ({}),
};

/** A page that changes by chance, with an observer as a browser has it. */
class ChancePage {
  readonly document = new FakeNode(9);
  readonly html = new FakeNode(1, 'html');
  readonly nodes = new PageNodes();
  readonly uncovered: Element[] = [];
  readonly changes = new PageChanges({
    dom,
    nodes: this.nodes,
    reader,
    onUncovered: (field) => this.uncovered.push(field),
    onRead: (element) => this.#observe(fake(element).root),
  });
  readonly told = new ToldPage();
  #observed = new Set<FakeNode>([this.document]);
  /** What was taken out goes on being observed until the records are delivered. */
  #taken = new Set<FakeNode>();
  #records: MutationRecord[] = [];
  #pool: FakeNode[] = [];
  #random: number;

  constructor(seed: number) {
    this.#random = seed;
    this.nodes.beginWith(real(this.document) as Node);
    const id = this.nodes.numberOf(real(this.document) as Node);
    this.told.snapshot({ type: 0, id, childNodes: [] });
    this.insert(this.html, this.document, undefined);
  }

  below(count: number): number {
    this.#random = (this.#random * 1103515245 + 12345) % 2147483648;
    return Math.floor((this.#random / 2147483648) * count);
  }

  insert(node: FakeNode, parent: FakeNode, before: FakeNode | undefined): void {
    this.remove(node);
    const at = before === undefined ? parent.children.length : parent.children.indexOf(before);
    parent.children.splice(at, 0, node);
    node.parent = parent;
    this.#record({ type: 'childList', target: parent, added: [node] });
  }

  remove(node: FakeNode): void {
    const { parent } = node;
    if (parent === undefined) return;
    if (this.#isObserved(parent)) this.#taken.add(node);
    const [previousSibling, nextSibling] = [-1, 1].map((by) => beside(real(node) as Node, by));
    parent.children = parent.children.filter((child) => child !== node);
    node.parent = undefined;
    this.#record({ type: 'childList', target: parent, removed: [node], previousSibling, nextSibling });
  }

  setAttribute(node: FakeNode, name: string, value: string | undefined): void {
    const oldValue = node.attributes.get(name) ?? null;
    if (value === undefined) node.attributes.delete(name);
    else node.attributes.set(name, value);
    this.#record({ type: 'attributes', target: node, attributeName: name, oldValue });
  }

  setText(node: FakeNode, text: string): void {
    const oldValue = node.text;
    node.text = text;
    this.#record({ type: 'characterData', target: node, oldValue });
  }

  /** One change, of anything that is or was on the page. */
  change(): void {
    const known = this.#all();
    const some = () => known[this.below(known.length)] ?? this.html;
    const elements = known.filter(({ type }) => type === 1 || type === 11);
    const parent = elements[this.below(elements.length)] ?? this.html;
    const before = parent.children[this.below(parent.children.length + 1)];
    const kind = this.below(10);
    if (kind < 3) this.insert(this.#grown(2), parent, before);
    else if (kind < 5) this.#move(some(), parent, before);
    else if (kind < 6) this.#takeOut(some());
    else if (kind < 7) this.#move(this.#pool[this.below(this.#pool.length)] ?? some(), parent, before);
    else if (kind < 8) this.setAttribute(parent, 'a', this.below(3) === 0 ? undefined : `${this.below(3)}`);
    else if (kind < 9) this.#attach(parent);
    else
      for (const text of known.filter(({ type }) => type === 3).slice(0, 2))
        this.setText(text, `${this.below(4)}`);
  }

  /** Delivers the records and tells of what has come of them. */
  deliver(): RawMutation | undefined {
    this.changes.note(this.#records);
    this.#records = [];
    this.#taken = new Set();
    const change = this.changes.settle();
    if (change !== undefined) this.told.mutation({ ...change });
    return change;
  }

  outline(node: FakeNode = this.document): Outline {
    const kept = (of: readonly FakeNode[] = []) =>
      of.filter((each) => !isLeftOut(each)).map((each) => this.outline(each));
    const what =
      node.type === 9
        ? { type: 0 }
        : node.type === 3
          ? { type: 3, textContent: node.text }
          : { type: 2, tagName: node.name };
    const inside = isClosed(node) ? [] : kept(node.children);
    return [what, attributesOf(node), isClosed(node) ? [] : kept(node.root?.children), inside];
  }

  #move(node: FakeNode, parent: FakeNode, before: FakeNode | undefined): void {
    for (let at: FakeNode | undefined = parent; at !== undefined; at = at.parent ?? at.host)
      if (at === node) return;
    if (node.type === 9 || node.type === 11 || node === this.html || node === before) return;
    this.insert(node, parent, before);
  }

  #takeOut(node: FakeNode): void {
    if (node.parent === undefined || node === this.html) return;
    this.remove(node);
    if (this.#pool.length < 20) this.#pool.push(node);
  }

  #attach(host: FakeNode): void {
    if (host.type !== 1 || host.root !== undefined || host === this.html || isClosed(host)) return;
    host.root = new FakeNode(11);
    host.root.host = host;
    if (this.nodes.isShown(real(host) as Node)) this.#observe(host.root);
  }

  #grown(depth: number): FakeNode {
    const kind = this.below(10);
    if (kind < 2) return Object.assign(new FakeNode(3), { text: `${this.below(4)}` });
    if (kind < 3) return new FakeNode(8);
    const node = new FakeNode(1, kind < 4 ? 'script' : kind < 5 ? 'textarea' : 'div');
    if (kind === 9 && this.below(3) === 0) node.attributes.set('block', '');
    for (let count = this.below(4); depth > 0 && count > 0; count -= 1) {
      const child = this.#grown(depth - 1);
      child.parent = node;
      node.children.push(child);
    }
    return node;
  }

  #all(): FakeNode[] {
    const found: FakeNode[] = [];
    const open = [this.html, ...this.#pool];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      found.push(at);
      open.push(...at.children, ...(at.root === undefined ? [] : [at.root]));
    }
    return found;
  }

  #observe(root: FakeNode | undefined): void {
    if (root !== undefined) this.#observed.add(root);
  }

  #isObserved(node: FakeNode): boolean {
    for (let at: FakeNode | undefined = node; at !== undefined; at = at.parent)
      if (this.#observed.has(at) || this.#taken.has(at)) return true;
    return false;
  }

  #record(record: {
    readonly type: string;
    readonly target: FakeNode;
    readonly added?: readonly FakeNode[];
    readonly removed?: readonly FakeNode[];
    readonly previousSibling?: Node | null | undefined;
    readonly nextSibling?: Node | null | undefined;
    readonly attributeName?: string;
    readonly oldValue?: string | null;
  }): void {
    if (!this.#isObserved(record.target)) return;
    const { added = [], removed = [], ...rest } = record;
    this.#records.push({ ...rest, addedNodes: added, removedNodes: removed } as unknown as MutationRecord);
  }
}

describe('what is told of a page that changes', () => {
  it('makes the same page of it, whatever happens in whatever order', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const page = new ChancePage(seed);
      page.deliver();
      for (let batch = 0; batch < 12; batch += 1) {
        for (let count = page.below(12); count >= 0; count -= 1) page.change();
        page.deliver();
        expect(page.told.outline(), `seed ${seed}, batch ${batch}`).toEqual(page.outline());
      }
    }
  });

  it('says nothing of what was put back before anybody was told', () => {
    const page = new ChancePage(1);
    const text = Object.assign(new FakeNode(3), { text: 'one' });
    page.insert(text, page.html, undefined);
    page.setAttribute(page.html, 'a', '1');
    page.deliver();
    page.setText(text, 'two');
    page.setAttribute(page.html, 'a', '2');
    page.setText(text, 'one');
    page.setAttribute(page.html, 'a', '1');
    page.insert(new FakeNode(1, 'div'), page.html, undefined);
    page.remove(page.html.children.at(-1) ?? page.html);
    const before = page.told.outline();
    page.deliver();
    expect(page.changes.settle()).toBeUndefined();
    expect(page.told.outline()).toEqual(before);
  });

  it('holds on to no node that is gone, though it was taken out of something that went before', () => {
    const page = new ChancePage(1);
    const row = new FakeNode(1, 'div');
    const text = Object.assign(new FakeNode(3), { text: 'one' });
    page.insert(row, page.html, undefined);
    page.insert(text, row, undefined);
    page.deliver();
    const id = page.nodes.numberOf(real(text) as Node) ?? 0;
    expect(page.nodes.nodeOf(id)).toBe(text);
    page.remove(row);
    page.remove(text);
    page.deliver();
    expect(page.nodes.nodeOf(id)).toBeUndefined();
    page.insert(text, page.html, undefined);
    page.deliver();
    expect(page.nodes.nodeOf(id)).toBe(text);
  });

  it('finds nodes that went without a word, and has those again that come back', () => {
    const page = new ChancePage(1);
    const row = new FakeNode(1, 'div');
    const text = Object.assign(new FakeNode(3), { text: 'one' });
    page.insert(row, page.html, undefined);
    page.insert(text, row, undefined);
    page.deliver();
    const id = page.nodes.numberOf(real(text) as Node) ?? 0;
    // What was changed in it while it was gone is told by nobody.
    page.remove(row);
    row.children = [];
    text.parent = undefined;
    page.deliver();
    expect(page.nodes.nodeOf(id)).toBe(text);
    page.nodes.tidy(0);
    expect(page.nodes.nodeOf(id)).toBeUndefined();
    page.insert(row, page.html, undefined);
    page.insert(text, row, undefined);
    page.deliver();
    expect(page.nodes.nodeOf(id)).toBe(text);
    page.nodes.forget();
    expect(page.nodes.nodeOf(id)).toBeUndefined();
    expect(page.nodes.numberOf(real(text) as Node)).toBe(id);
  });

  it('tells what stands where something went, be there a comment or several that went', () => {
    const page = new ChancePage(1);
    const node = (type: number, name = '') => new FakeNode(type, name);
    const [before, comment, one, other, after] = [node(3), node(8), node(1, 'b'), node(1, 'b'), node(3)];
    for (const each of [before, comment, one, other, after]) page.insert(each, page.html, undefined);
    page.deliver();
    page.remove(other);
    page.remove(one);
    const numbers = [before, after].map((each) => page.nodes.numberOf(real(each) as Node));
    expect(new Set(page.deliver()?.besides)).toEqual(new Set(numbers));
    page.setText(after, 'new');
    expect(page.deliver()?.besides, 'of what went').toBeUndefined();
  });

  it('tells of a field that was one for passwords', () => {
    const page = new ChancePage(1);
    page.setAttribute(page.html, 'type', 'PassWord');
    page.setAttribute(page.html, 'type', 'text');
    page.deliver();
    expect(page.uncovered).toEqual([page.html]);
  });
});

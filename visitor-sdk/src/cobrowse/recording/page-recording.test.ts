import { describe, expect, it } from 'vitest';
import type { PristineDom } from '../masking/pristine-dom.js';
import { PageNodes } from './page-nodes.js';
import { PageRecording } from './page-recording.js';

/** As much of a browser's node as is asked for. */
class FakeNode {
  readonly nodeType: number;
  readonly localName: string;
  parent: FakeNode | undefined;
  children: FakeNode[] = [];
  readonly scrollLeft = 0;
  readonly scrollTop = 0;
  readonly adoptedStyleSheets: unknown[] = [];
  readonly heard = new Map<string, (event: unknown) => void>();
  readonly defaultView = null;

  constructor(nodeType: number, localName = '') {
    this.nodeType = nodeType;
    this.localName = localName;
  }

  addEventListener(name: string, heard: (event: unknown) => void): void {
    this.heard.set(name, heard);
  }
}

interface Change {
  readonly source?: number;
  readonly adds?: readonly { readonly node: { readonly id: number } }[];
  readonly id?: number;
}

const fake = (node: Node) => node as unknown as FakeNode;
const real = (node: FakeNode | undefined) => (node ?? null) as unknown as Node;
const realmOf = (document: FakeNode, missing: object) => ({
  document,
  ...{ innerWidth: 1, innerHeight: 1, location: { href: 'https://shop.example/' } },
  ...{
    Element: class {},
    CustomElementRegistry: class {},
    CSSStyleSheet: class {},
    CSSGroupingRule: class {},
  },
  ...{ Document: class {}, ShadowRoot: class {} },
  customElements: { get: () => undefined },
  ...missing,
});

function recorded(missing: object = {}) {
  const document = new FakeNode(9);
  const body = new FakeNode(1, 'body');
  body.parent = document;
  document.children = [body];
  const nodes = new PageNodes();
  const told: { readonly type: number; readonly data: Change }[] = [];
  const state = { failed: 0, isFailing: false };
  let pending: unknown[] = [];
  let deliver: (records: unknown[]) => void = () => undefined;
  class Observer {
    constructor(heard: (records: unknown[]) => void) {
      deliver = heard;
    }
    observe(): void {}
    takeRecords(): unknown[] {
      const records = pending;
      pending = [];
      return records;
    }
  }
  const beside = (node: Node, by: number) => {
    const siblings = fake(node).parent?.children ?? [];
    return real(siblings[siblings.indexOf(fake(node)) + by]);
  };
  const dom = {
    nodeType: (node: Node) => fake(node).nodeType,
    localName: (node: Node) => fake(node).localName,
    parentNode: (node: Node) => real(fake(node).parent),
    firstChild: (node: Node) => real(fake(node).children[0]),
    lastChild: (node: Node) => real(fake(node).children.at(-1)),
    nextSibling: (node: Node) => beside(node, 1),
    previousSibling: (node: Node) => beside(node, -1),
    shadowRoot: () => null,
    ownerDocument: () => document,
    attribute: () => null,
    attributeNames: () => [],
    matches: () => false,
    observer: Observer,
  } as unknown as PristineDom;
  const recording = new PageRecording({
    window: realmOf(document, missing) as unknown as Window & typeof globalThis,
    dom,
    nodes,
    blockSelector: () => '',
    isHidden: () => false,
    onUncovered: () => undefined,
    onChanging: () => undefined,
    onEvent: (type, data) => {
      if (state.isFailing) throw new Error('of a test');
      told.push({ type, data: data as Change });
    },
    onFailed: () => {
      state.failed += 1;
    },
  });
  const mount = () => {
    const node = new FakeNode(1, 'p');
    node.parent = body;
    body.children.push(node);
    pending.push({ type: 'childList', target: body, addedNodes: [node], removedNodes: [] });
    return node;
  };
  const flow = () => {
    const records = pending;
    pending = [];
    deliver(records);
  };
  return { recording, document, nodes, told, state, mount, flow };
}

describe('the recording of a page', () => {
  it('tells of what was just mounted before what is done with it, though changes are held', () => {
    const { recording, document, told, mount } = recorded();
    recording.start();
    recording.snapshot();
    recording.hold();
    const node = mount();
    document.heard.get('focus')?.({ type: 'focus', target: node, composedPath: () => [node] });
    recording.settle();
    const [change, act] = told.slice(-2).map(({ data }) => data);
    expect(change?.adds?.[0]?.node.id).toBeGreaterThan(0);
    expect(act).toMatchObject({ source: 2, type: 5, id: change?.adds?.[0]?.node.id });
  });

  it('reads nothing for a press while changes are held, and tells of it with them', () => {
    const { recording, document, nodes, told, mount, flow } = recorded();
    recording.start();
    recording.snapshot();
    const shown = mount();
    flow();
    const before = told.length;
    recording.hold();
    mount();
    document.heard.get('click')?.({ type: 'click', target: shown, composedPath: () => [shown] });
    expect(told).toHaveLength(before);
    recording.settle();
    const id = nodes.numberOf(shown as unknown as Node);
    expect(told.slice(before).map(({ data }) => data)).toMatchObject([{ source: 2, id }, { source: 0 }]);
  });

  it('goes on holding changes back where nothing was told', () => {
    const { recording, document, told, mount, flow } = recorded();
    recording.start();
    recording.snapshot();
    recording.hold();
    const unknown = { nodeName: 'INPUT', value: '', type: 'text' };
    const field = Object.assign(new FakeNode(1, 'input'), unknown);
    document.heard.get('input')?.({ type: 'input', target: field, composedPath: () => [field] });
    const before = told.length;
    mount();
    flow();
    expect(told.length).toBe(before);
    recording.settle();
    expect(told.length).toBe(before + 1);
  });

  it('counts nothing as told after a failure, until the page has been read anew', () => {
    const { recording, nodes, told, state, mount, flow } = recorded();
    recording.start();
    recording.snapshot();
    const before = told.length;
    state.isFailing = true;
    const lost = mount();
    flow();
    state.isFailing = false;
    expect(state.failed).toBe(1);
    expect(nodes.isShown(real(lost))).toBe(false);
    mount();
    flow();
    expect(told.length).toBe(before);
    recording.snapshot();
    expect(nodes.isShown(real(lost))).toBe(true);
    mount();
    flow();
    expect(told.at(-1)?.data.adds).toHaveLength(1);
  });

  it('throws nothing where it cannot listen, and shows the page all the same', () => {
    const { recording, told, state } = recorded({ Element: undefined });
    recording.start();
    expect(state.failed).toBe(1);
    recording.snapshot();
    expect(told.map(({ type }) => type)).toEqual([4, 2]);
  });

  it('throws nothing when the page cannot be read', () => {
    const { recording, state } = recorded();
    recording.start();
    state.isFailing = true;
    recording.snapshot();
    expect(state.failed).toBe(1);
  });
});

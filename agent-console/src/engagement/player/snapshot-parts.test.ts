import { EventType, NodeType } from '@rrweb/types';
import { expect, test } from 'vitest';
import type { SafeEvent } from './event-grammar.js';
import type { SafeNode } from './safe-nodes.js';
import type { Branch } from './snapshot-parts.js';
import { partsOf } from './snapshot-parts.js';

let lastId = 0;

function element(tagName: string, childNodes: SafeNode[] = [], more: SafeNode = {}): SafeNode {
  lastId += 1;
  return { type: NodeType.Element, id: lastId, tagName, attributes: {}, childNodes, ...more };
}

function page(...inBody: SafeNode[]): SafeEvent[] {
  const html = element('html', [
    element('head', [element('style')]),
    element('body', inBody),
    element('div'),
  ]);
  lastId += 1;
  const node = { type: NodeType.Document, id: lastId, childNodes: [html] };
  const data = { node, initialOffset: { left: 0, top: 0 } };
  return [
    { type: EventType.Meta, timestamp: 1, data: { href: '', width: 800, height: 600 } },
    { type: EventType.FullSnapshot, timestamp: 2, data },
  ];
}

const many = (count: number, make: () => SafeNode) => Array.from({ length: count }, make);
const childrenOf = (node: SafeNode) => node.childNodes as SafeNode[];
const treeOf = (events: readonly SafeEvent[]) => events.at(-1)?.data.node as SafeNode;

function sizeOf(node: SafeNode): number {
  return childrenOf(node).reduce((sum, child) => sum + sizeOf(child), 1);
}

function copyOf(node: SafeNode): SafeNode {
  return { ...node, childNodes: childrenOf(node).map(copyOf) };
}

function indexOf(node: SafeNode, index = new Map<unknown, SafeNode>()): Map<unknown, SafeNode> {
  index.set(node.id, node);
  for (const child of childrenOf(node)) indexOf(child, index);
  return index;
}

/** Builds as the replay does: every node into its parent, before a sibling that is there. */
function grown(events: readonly SafeEvent[], parts: readonly (readonly Branch[])[]): SafeNode {
  const root = copyOf(treeOf(events));
  const index = indexOf(root);
  for (const { parentId, before, nodes } of parts.flat()) {
    const children = childrenOf(index.get(parentId) ?? {});
    const at = before === undefined ? children.length : children.findIndex((each) => each.id === before);
    const copies = nodes.map(copyOf);
    children.splice(at, 0, ...copies);
    for (const copy of copies) indexOf(copy, index);
  }
  return root;
}

/** As text: what is compared is long. */
const textOf = (node: SafeNode) => JSON.stringify(node);

test('a small page stays whole', () => {
  const events = page(...many(50, () => element('p')));
  expect(partsOf(events)).toEqual({ events, parts: [] });
});

test('the parts of a large page come to the same page, and none of them is large', () => {
  const card = () =>
    element('div', [
      element('h3'),
      element('p'),
      element(
        'svg',
        many(4, () => element('g')),
      ),
    ]);
  const wide = element('main', many(300, card));
  const deep = element(
    'section',
    many(3, () =>
      element(
        'article',
        many(500, () => element('p')),
      ),
    ),
  );
  const events = page(element('h1'), wide, element('iframe'), deep, element('video'), element('footer'));
  const { events: first, parts } = partsOf(events);
  expect(parts.length).toBeGreaterThan(5);
  for (const part of parts) {
    const nodes = part.flatMap((branch) => branch.nodes);
    expect(nodes.reduce((sum, node) => sum + sizeOf(node), 0)).toBeLessThanOrEqual(250);
  }
  expect(sizeOf(treeOf(first))).toBeLessThan(20);
  expect(textOf(grown(first, parts))).toBe(textOf(copyOf(treeOf(events))));
});

test('what the replayer keeps accounts of is built with the page, with all that it is in', () => {
  const framed = element('iframe');
  const list = element(
    'select',
    many(3, () => element('option')),
  );
  const holder = element('div', [...many(600, () => element('p')), framed, ...many(600, () => element('p'))]);
  const events = page(element('div', [holder, list]), ...many(600, () => element('p')));
  const { events: first, parts } = partsOf(events);
  const trunk = indexOf(treeOf(first));
  for (const { id } of [framed, list, holder]) expect(trunk.has(id)).toBe(true);
  const later = parts.flat().flatMap((branch) => branch.nodes.map((node) => node.tagName));
  expect(new Set(later)).toEqual(new Set(['p']));
  expect(textOf(grown(first, parts))).toBe(textOf(copyOf(treeOf(events))));
});

test('what is in a shadow root comes before what is in it, and nothing else', () => {
  const inside = () => element('p', [], { isShadow: true });
  const host = element(
    'x-host',
    [...many(500, inside), element('iframe', [], { isShadow: true }), ...many(300, () => element('p'))],
    { isShadowHost: true },
  );
  const { parts } = partsOf(page(host));
  for (const { before, nodes } of parts.flat()) {
    expect(before !== undefined).toBe(nodes[0]?.isShadow === true);
    expect(new Set(nodes.map((node) => node.isShadow)).size).toBe(1);
  }
});

test('a page that is played on in the same batch stays whole', () => {
  const events = page(...many(2000, () => element('p')));
  const more: SafeEvent = { type: EventType.IncrementalSnapshot, timestamp: 3, data: { source: 0 } };
  expect(partsOf([...events, more]).parts).toEqual([]);
});

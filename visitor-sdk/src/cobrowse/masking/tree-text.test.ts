/** A masked tree as JSON, written in parts. */

import { describe, expect, it } from 'vitest';
import type { MaskedNode } from './masked-event.js';
import { TreeText } from './tree-text.js';

let ids = 0;
const nextId = () => {
  ids += 1;
  return ids;
};
const text = (textContent: string): MaskedNode => ({ type: 3, id: nextId(), textContent });
const element = (tagName: string, childNodes: readonly MaskedNode[]): MaskedNode => ({
  type: 2,
  id: nextId(),
  tagName,
  attributes: { class: 'a "quoted" name' },
  childNodes,
});
const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => element('li', [text(`row ${at} ▇\u2028`), element('i', [])]));

function written(root: MaskedNode): { readonly parts: number; readonly json: string } {
  const tree = new TreeText(root);
  let parts = 1;
  while (!tree.goOn(() => false)) parts += 1;
  return { parts, json: String(tree) };
}

describe('the text of a tree', () => {
  it.each([
    ['one node', text('alone'), 1],
    ['a small branch', element('ul', rows(20)), 1],
    ['a wide one', element('ul', rows(400)), 400],
    [
      'wide ones in deep ones',
      element('main', [element('div', [text('a'), element('ul', rows(400)), text('b')])]),
      400,
    ],
    ['an empty one beside a large one', element('main', [element('p', []), element('ul', rows(400))]), 400],
  ])('of %s is its JSON', (_, root, least) => {
    const { parts, json } = written(root);
    expect(JSON.parse(json)).toEqual(root);
    expect(parts).toBeGreaterThanOrEqual(least);
  });
});

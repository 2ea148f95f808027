/** What leaves of a drawing, be all of it masked or a part. */

import { beforeEach, describe, expect, it } from 'vitest';
import { SECRET } from '../../../test/fake-page.js';
import { ALLOWED, MASKED, MaskedPage, SHOWN } from '../../../test/masked-page.js';
import type { Verdict } from './privacy-rules.js';

let masked = new MaskedPage();
let { put, change, show } = masked;
beforeEach(() => {
  masked = new MaskedPage();
  ({ put, change, show } = masked);
});

describe('the shapes of a drawing', () => {
  const path = (id: number) => ({
    id,
    type: 2,
    isSVG: true,
    tagName: 'path',
    attributes: { d: 'M0 0L9 9' },
    childNodes: [],
  });

  it('come as they are drawn where nothing masks it', () => {
    put(2, 'svg', SHOWN);
    put(3, 'path', SHOWN);
    expect(JSON.stringify(change({ adds: [{ parentId: 2, nextId: null, node: path(3) }] }))).toContain(
      'M0 0',
    );
    expect(JSON.stringify(change({ attributes: [{ id: 3, attributes: { d: 'M1 1L2 2' } }] }))).toContain(
      'M1 1',
    );
  });

  it('stay away from one that is masked, whenever they come and whatever becomes of them', () => {
    put(2, 'svg', MASKED);
    put(3, 'path', MASKED);
    put(4, 'g', { ...SHOWN, exposure: 'forced' });
    expect(change({ adds: [{ parentId: 2, nextId: null, node: path(3) }] })).toEqual([]);
    expect(change({ adds: [{ parentId: 4, nextId: null, node: path(3) }] })).toEqual([]);
    expect(change({ attributes: [{ id: 3, attributes: { d: 'M1 1L2 2' } }] })).toEqual([]);
  });

  it('stay away where only a part of it is masked, and so does where its texts stand', () => {
    put(2, 'svg', SHOWN);
    for (const [id, tag] of [
      [3, 'path'],
      [4, 'g'],
      [5, 'text'],
    ] as const)
      put(id, tag, MASKED);
    put(6, 'div', SHOWN);
    show(7, SECRET);
    const text = { id: 7, type: 3, textContent: SECRET };
    const children = (id: number, tagName: string, childNodes: readonly unknown[]) => ({
      ...{ id, type: 2, isSVG: true, tagName, attributes: { x: '7', transform: 'scale(3)' }, childNodes },
    });
    const node = children(2, 'svg', [children(4, 'g', [path(3)]), path(3), children(5, 'text', [text])]);
    const shown = JSON.stringify(change({ adds: [{ parentId: 6, nextId: null, node }] }));
    expect(shown).not.toContain('M0 0');
    expect(shown).toContain('"tagName":"g","isSVG":true,"childNodes":[],"attributes":{}');
    expect(shown).toContain('"tagName":"text","isSVG":true,"childNodes":[],"attributes":{}');
    expect(shown.match(/"x":"7"/g), 'of the drawing itself').toHaveLength(1);
  });

  it('come at no depth of a part that is masked, be they drawn or not', () => {
    const undrawn = { undrawn: true };
    put(2, 'foreignobject', { ...MASKED, ...undrawn });
    put(3, 'div', { ...MASKED, ...undrawn });
    put(4, 'path', { ...ALLOWED, ...undrawn });
    put(5, 'svg', { ...MASKED, ...undrawn });
    put(6, 'svg', MASKED);
    put(7, 'text', MASKED);
    for (const parentId of [2, 3, 7])
      expect(change({ adds: [{ parentId, nextId: null, node: path(8) }] })).toEqual([]);
    expect(change({ attributes: [{ id: 4, attributes: { d: 'M1 1L2 2' } }] })).toEqual([]);
    expect(change({ attributes: [{ id: 5, attributes: { width: '7' } }] })).toEqual([]);
    expect(change({ attributes: [{ id: 6, attributes: { width: '7' } }] }), 'of its box').toHaveLength(1);
  });

  it('of a text that is not shown say no more than where it begins', () => {
    const attributes = {
      ...{ x: '0 8 16', y: '20', dx: '1', dy: '1 2', rotate: '5 5', startOffset: '3', fill: 'red' },
      ...{ textLength: '58', lengthAdjust: 'spacing' },
    };
    const drawn = (tagName: string) => {
      const node = { id: 3, type: 2, isSVG: true, tagName, attributes, childNodes: [] };
      const [event] = change({ adds: [{ parentId: 1, nextId: null, node }] });
      return (event as unknown as { data: { adds: { node: { attributes: object } }[] } }).data.adds[0]?.node
        .attributes;
    };
    const HIDDEN: Verdict = { ...SHOWN, exposure: 'default' };
    for (const tag of ['text', 'tspan', 'textpath']) {
      put(3, tag, HIDDEN);
      expect(drawn(tag)).toEqual({ y: '20', startOffset: '3' });
      put(3, tag, SHOWN);
      expect(drawn(tag)).toMatchObject({ x: '0 8 16', dx: '1', rotate: '5 5', textLength: '58' });
    }
    put(3, 'text', HIDDEN);
    expect(change({ attributes: [{ id: 3, attributes: { textLength: '9' } }] })).toEqual([]);
  });
});

describe('a drawing that takes a part from another file', () => {
  const use = (id: number, href: string) => ({
    ...{ id, type: 2, isSVG: true, tagName: 'use', attributes: { href }, childNodes: [] },
  });
  const drawing = (id: number, ...childNodes: readonly unknown[]) => ({
    ...{ id, type: 2, isSVG: true, tagName: 'svg', attributes: { width: '9' }, childNodes },
  });
  const isBox = (events: readonly unknown[]) => JSON.stringify(events).includes('data-alongside-masked');

  beforeEach(() => {
    put(2, 'svg', SHOWN);
    put(3, 'g', SHOWN);
    put(4, 'use', SHOWN);
    for (const part of [2, 3, 4]) masked.page.drawings.set(part, 2);
  });

  it.each([
    ['is added', { adds: [{ parentId: 3, nextId: null, node: use(4, 'icons.svg#cart') }] }],
    ['comes to an address', { attributes: [{ id: 4, attributes: { href: 'icons.svg#cart' } }] }],
  ])('is asked for as a whole once its use %s', (_, part) => {
    change({ adds: [{ parentId: 1, nextId: null, node: drawing(2) }] });
    change({ adds: [{ parentId: 3, nextId: null, node: use(4, '#own') }] });
    expect(masked.asked).toBe(0);
    change(part);
    expect(masked.asked).toBe(1);
  });

  it('is a box by then, and what comes into it nobody’s concern', () => {
    expect(
      isBox(change({ adds: [{ parentId: 1, nextId: null, node: drawing(2, use(4, 'icons.svg#cart')) }] })),
    ).toBe(true);
    expect(
      change({ adds: [{ parentId: 2, nextId: null, node: use(5, 'icons.svg#cart') }] }),
      'into the box',
    ).toEqual([]);
    expect(masked.asked).toBe(0);
  });

  it.each([
    ['comes with it', []],
    ['is put elsewhere', [{ parentId: 1, nextId: null, node: drawing(2, use(4, 'icons.svg#cart')) }]],
  ])('is a box at once where it %s, node by node', (_, before) => {
    change({ adds: before });
    const removes = before.map(() => ({ parentId: 1, id: 2 }));
    const adds = [
      { parentId: 1, nextId: null, node: drawing(2) },
      { parentId: 2, nextId: null, node: use(4, 'icons.svg#cart') },
    ];
    const told = change({ removes, adds });
    expect(isBox(told)).toBe(true);
    expect(JSON.stringify(told)).not.toContain('"tagName":"use"');
    expect(masked.asked).toBe(0);
  });

  it('is a box as it was where it is masked anyway', () => {
    put(2, 'svg', MASKED);
    change({ adds: [{ parentId: 3, nextId: null, node: use(4, 'icons.svg#cart') }] });
    expect(masked.asked).toBe(0);
  });
});

it('nothing is left of the signs of a formula that is not drawn', () => {
  put(2, 'math', SHOWN);
  const sign = { id: 3, type: 3, textContent: 'x' };
  const formula = { id: 2, type: 2, tagName: 'math', attributes: {}, childNodes: [sign] };
  const told = JSON.stringify(change({ adds: [{ parentId: 1, nextId: null, node: formula }] }));
  expect(told).toContain('"tagName":"meta"');
  expect(told).not.toContain('textContent');
});

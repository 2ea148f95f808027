/** Events of a joined frame as events of the page around it. */

import { beforeEach, describe, expect, it } from 'vitest';
import { FrameEvents, FrameFault } from './frame-events.js';
import { FIRST_FRAME_NUMBER, FrameNumbers, isFrameNumber, NumberRange } from './frame-numbers.js';

const FRAME = 12;
const range = () => new NumberRange();
let events: FrameEvents;

const text = { type: 3, id: 4, textContent: 'shown' };
const page = {
  type: 0,
  id: 1,
  childNodes: [
    { type: 1, id: 2, name: 'html', publicId: '', systemId: '' },
    {
      type: 2,
      id: 3,
      tagName: 'html',
      attributes: { id: 'of the page', class: 'a' },
      childNodes: [text],
    },
  ],
};
const whole = (node: unknown = page, offset = { left: 0, top: 0 }) => [
  { type: 4, timestamp: 1, data: { href: '', width: 10, height: 10 } },
  { type: 2, timestamp: 1, data: { node, initialOffset: offset } },
];
const change = (data: object) => ({ type: 3, timestamp: 5, data });
const mapped = (id: number) => FIRST_FRAME_NUMBER + id;

beforeEach(() => {
  const nodes = range();
  events = new FrameEvents({
    nodes: new FrameNumbers(nodes),
    sheets: new FrameNumbers(range()),
    frameId: FRAME,
    now: () => 99,
  });
});

describe('a snapshot', () => {
  it('becomes the document of the frame’s element, every node of it under numbers of its own', () => {
    const [attach] = events.snapshot(whole());
    const data = attach?.data as unknown as { adds: { parentId: number; node: Record<string, unknown> }[] };
    expect(attach).toMatchObject({ type: 3, timestamp: 99, data: { source: 0, isAttachIframe: true } });
    const { parentId, node } = data.adds[0] ?? { parentId: 0, node: {} };
    expect(parentId).toBe(FRAME);
    expect(node.rootId).toBeUndefined();
    const ids = [...JSON.stringify(node).matchAll(/"(?:id|rootId)":(\d+)/g)].map(([, id]) => Number(id));
    expect(ids.length).toBeGreaterThan(5);
    expect(ids.every(isFrameNumber)).toBe(true);
    // What the page has called `id` is a word and no number.
    expect(JSON.stringify(node)).toContain('"attributes":{"id":"of the page","class":"a"}');
  });

  it('says how far the frame is scrolled', () => {
    const [, scroll] = events.snapshot(whole(page, { left: 3, top: 150 }));
    expect(scroll?.data).toMatchObject({ source: 3, x: 3, y: 150 });
  });

  it('keeps the numbers when it comes again', () => {
    expect(events.snapshot(whole())).toEqual(events.snapshot(whole()));
  });

  it.each([
    ['no document', whole({ ...page, type: 2 })],
    ['nothing', []],
    [
      'an element without a name',
      whole({ ...page, childNodes: [{ type: 2, id: 9, tagName: '', attributes: {}, childNodes: [] }] }),
    ],
    ['a node that is none', whole({ ...page, childNodes: ['x'] })],
    ['a number that is none', whole({ ...page, childNodes: [{ ...text, id: -4 }] })],
  ])('refuses %s', (_, said) => {
    expect(() => events.snapshot(said)).toThrow(FrameFault);
  });

  it('refuses more than the console would show', () => {
    const many = Array.from({ length: 110_000 }, (_, index) => ({ ...text, id: index + 10 }));
    expect(() => events.snapshot(whole({ ...page, childNodes: many }))).toThrow(FrameFault);
    let deep: object = text;
    for (let depth = 0; depth < 600; depth += 1)
      deep = { type: 2, id: depth + 10, tagName: 'b', attributes: {}, childNodes: [deep] };
    expect(() => events.snapshot(whole({ ...page, childNodes: [deep] }))).toThrow(FrameFault);
  });
});

describe('changes', () => {
  it('mean nothing before there is a document', () => {
    expect(events.changes([change({ source: 3, id: 1, x: 0, y: 5 })])).toEqual([]);
  });

  it('name nodes and sheets by the numbers of the frame only', () => {
    events.snapshot(whole());
    const said = events.changes([
      change({
        source: 0,
        texts: [{ id: 4, value: 'new' }],
        attributes: [{ id: 3, attributes: { id: 'other', style: { width: '3px' } } }],
        removes: [{ parentId: 3, id: 4 }],
        adds: [{ parentId: 3, nextId: null, node: { type: 3, id: 5, textContent: '' } }],
      }),
      change({
        source: 15,
        id: 1,
        styleIds: [1, 2],
        styles: [{ styleId: 2, rules: [{ rule: 'b{}', index: 0 }] }],
      }),
      change({ source: 8, styleId: 1, adds: [{ rule: 'i{}', index: [0, 1] }] }),
      change({ source: 5, id: 5, text: 'typed', isChecked: false }),
      change({ source: 1, positions: [{ x: 1, y: 2, id: 3, timeOffset: 0 }] }),
    ]);
    const numbers = [...JSON.stringify(said).matchAll(/"(?:id|parentId|rootId|styleId)":(\d+)/g)];
    expect(numbers.length).toBeGreaterThan(10);
    expect(numbers.every(([, id]) => isFrameNumber(Number(id)))).toBe(true);
    expect(JSON.stringify(said)).toContain('"attributes":{"id":"other","style":{"width":"3px"}}');
    expect(said[0]?.data).toMatchObject({ adds: [{ nextId: null, node: { rootId: mapped(0) } }] });
    expect(said[1]?.data).toMatchObject({
      styleIds: [mapped(0), mapped(1)],
      styles: [{ styleId: mapped(1) }],
    });
    expect(said[2]?.data).toMatchObject({ styleId: mapped(0), adds: [{ index: [0, 1] }] });
  });

  it('leave out what is of the frame’s window, and what is of no known kind', () => {
    events.snapshot(whole());
    const said = [4, 7, 9, 16, 99].map((source) => change({ source, width: 10, height: 10, id: 1 }));
    expect(events.changes([...said, { type: 5, data: {} }, 'x', null])).toEqual([]);
  });

  it('leave out a pointer that was over nothing, and refuse a change of nothing', () => {
    events.snapshot(whole());
    expect(events.changes([change({ source: 2, type: 1, id: -1, x: 0, y: 0 })])).toEqual([]);
    expect(() => events.changes([change({ source: 0, removes: [{ parentId: -1, id: 4 }] })])).toThrow(
      FrameFault,
    );
  });

  it('are over once the frame is empty', () => {
    events.snapshot(whole());
    const [emptied] = events.emptied();
    expect(emptied?.data).toMatchObject({ source: 0, removes: [{ parentId: mapped(0) }] });
    expect(events.emptied()).toEqual([]);
    expect(events.changes([change({ source: 3, id: 1, x: 0, y: 5 })])).toEqual([]);
  });
});

it('gives no number to two nodes of two frames', () => {
  const nodes = range();
  const [one, other] = [new FrameNumbers(nodes), new FrameNumbers(nodes)];
  expect(new Set([one.of(1), one.of(2), other.of(1), one.of(1)]).size).toBe(3);
});

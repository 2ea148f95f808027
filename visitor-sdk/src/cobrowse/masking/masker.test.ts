/** What of recorded events leaves, and what never does. */

import { beforeEach, describe, expect, it } from 'vitest';
import { SECRET } from '../../../test/fake-page.js';
import { ALLOWED, BLOCKED, FIELD, MASKED, MaskedPage, SHOWN } from '../../../test/masked-page.js';
import { MASKED_VALUE, maskToken } from './mask-token.js';
import { MASKED_ADDRESS } from './masker.js';

let ground = new MaskedPage();
let { page, masker, put, increment, change, show } = ground;
beforeEach(() => {
  ground = new MaskedPage();
  ({ page, masker, put, increment, change, show } = ground);
});

describe('what is dropped', () => {
  it.each([
    ['nothing', undefined],
    ['text', SECRET],
    ['a list', [SECRET]],
    ['an event without data', { type: 3 }],
    ['loaded', { type: 0, data: { a: SECRET } }],
    ['load', { type: 1, data: { a: SECRET } }],
    ['custom', { type: 5, data: { tag: 'x', payload: SECRET } }],
    ['plugin', { type: 6, data: { plugin: 'console', payload: SECRET } }],
    ['asset', { type: 7, data: { url: SECRET } }],
    ['annotation', { type: 8, data: { text: SECRET } }],
    ['an unknown type', { type: 99, data: { a: SECRET } }],
    ['canvas', { type: 3, data: { source: 9, id: 1, commands: [{ args: [SECRET] }] } }],
    ['font', { type: 3, data: { source: 10, family: SECRET } }],
    ['log', { type: 3, data: { source: 11, payload: [SECRET] } }],
    ['custom element', { type: 3, data: { source: 16, define: { name: SECRET } } }],
    ['an unknown source', { type: 3, data: { source: 99, text: SECRET } }],
    ['an empty mutation', { type: 3, data: { source: 0, texts: [], attributes: [], removes: [], adds: [] } }],
  ])('%s', (_name, event) => {
    expect(masker.mask(event)).toEqual([]);
    expect(masker.counts).toEqual({ dropped: 1, failed: 0 });
  });
});

it('tells nobody that something goes of which nobody was told', () => {
  put(2, 'canvas', SHOWN);
  const canvas = { id: 2, type: 2, tagName: 'canvas', childNodes: [{ id: 3, type: 3, textContent: 'x' }] };
  change({ adds: [{ parentId: 1, nextId: null, node: canvas }] });
  expect(change({ removes: [{ parentId: 2, id: 3 }] })).toEqual([]);
});

describe('what stands where something went', () => {
  it('is masked when it has become part of something', () => {
    put(7, 'p', SHOWN);
    show(7, '4111');
    page.texts.set(7, '4111');
    const gone = { removes: [{ parentId: 1, id: 9 }], besides: [7] };
    expect(JSON.stringify(change(gone))).not.toContain('"id":7');
    page.caught.add(7);
    const [event] = change(gone);
    expect(event?.data).toMatchObject({ texts: [{ id: 7, value: maskToken(7) }] });
    expect(event?.data).not.toHaveProperty('besides');
  });

  it('is not looked at where it is a sheet: that is told as a whole, with its fonts and pictures', () => {
    put(7, 'style', SHOWN);
    const looked: number[] = [];
    page.textOf = (id) => {
      looked.push(id);
      return 'a{color:red}';
    };
    expect(change({ removes: [{ parentId: 1, id: 9 }], besides: [7] })).toHaveLength(1);
    expect(looked).toEqual([]);
  });
});

describe('fields that are not known', () => {
  it('never come along', () => {
    put(2, 'p', SHOWN);
    const events = [
      { type: 4, data: { href: `https://x/${SECRET}`, width: 1, height: 2, extra: SECRET }, extra: SECRET },
      { type: 3, data: { source: 3, id: 2, x: 1, y: 2, extra: SECRET } },
      { type: 3, data: { source: 2, type: 2, id: 2, x: 1, y: 2, extra: SECRET } },
      { type: 3, data: { source: 1, positions: [{ x: 1, y: 1, id: 2, timeOffset: 0, extra: SECRET }] } },
      { type: 3, data: { source: 4, width: 1, height: 1, extra: SECRET } },
      { type: 3, data: { source: 7, id: 2, type: 0, src: SECRET, currentTime: 1 } },
      {
        type: 3,
        data: { source: 14, ranges: [{ start: 2, startOffset: 0, end: 2, endOffset: 1, text: SECRET }] },
      },
      {
        type: 3,
        data: {
          source: 0,
          extra: SECRET,
          texts: [{ id: 2, value: 'x', extra: SECRET }],
          attributes: [],
          removes: [{ parentId: 1, id: 2, extra: SECRET }],
          adds: [
            {
              parentId: 1,
              nextId: null,
              extra: SECRET,
              node: { id: 2, type: 3, textContent: 'x', extra: SECRET },
            },
          ],
        },
      },
    ];
    for (const event of events) {
      const masked = masker.mask(event);
      expect(masked.length).toBeGreaterThan(0);
      expect(JSON.stringify(masked)).not.toContain(SECRET);
    }
  });

  it('are not numbers that could be text', () => {
    put(2, 'p', SHOWN);
    expect(increment({ source: 3, id: 2, x: SECRET, y: { a: SECRET } })).toMatchObject([
      { data: { source: 3, id: 2 } },
    ]);
    expect(JSON.stringify(increment({ source: 3, id: 2, x: SECRET }))).not.toContain(SECRET);
  });
});

describe('a failure', () => {
  it('drops the event, counts it, and asks for a snapshot when the view needs it', () => {
    show(2, 'plain');
    page.broken = true;
    expect(change({ texts: [{ id: 2, value: SECRET }] })).toEqual([]);
    expect(masker.counts.failed).toBe(1);
    expect(ground.asked).toBe(1);
    expect(increment({ source: 3, id: 2, x: 1, y: 1 })).toEqual([]);
    expect(masker.counts.failed).toBe(2);
    expect(ground.asked, 'a lost scroll is no gap in the tree').toBe(1);
  });
  it('is not an event of a node that is gone', () => {
    expect(change({ texts: [{ id: 77, value: SECRET }] })).toEqual([]);
    expect(change({ attributes: [{ id: 77, attributes: { title: SECRET } }] })).toEqual([]);
    expect(masker.counts.failed).toBe(0);
  });
});

describe('text', () => {
  it('is masked to one length, whatever it says', () => {
    put(2, 'p', MASKED);
    const shown = ['a', SECRET, 'x'.repeat(5000)].map((textContent) => {
      const [event] = change({
        adds: [{ parentId: 1, nextId: null, node: { id: 2, type: 3, textContent } }],
      });
      return JSON.stringify(event);
    });
    expect(new Set(shown).size).toBe(1);
    expect(shown[0]).toContain(maskToken(2));
  });
  it('has tokens of one length in characters and bytes, and of four widths', () => {
    const tokens = Array.from({ length: 400 }, (_, id) => maskToken(id + 1));
    expect(new Set(tokens.map((token) => token.length)).size).toBe(1);
    expect(new Set(tokens.map((token) => new TextEncoder().encode(token).length)).size).toBe(1);
    const widths = tokens.map((token) => token.split('\u2588').length);
    expect(new Set(widths).size).toBe(4);
    for (const width of new Set(widths)) {
      expect(widths.filter((other) => other === width).length).toBeGreaterThan(50);
    }
  });
  it('that stays masked says nothing when it changes', () => {
    put(2, 'p', MASKED);
    show(2, 'plain');
    expect(change({ texts: [{ id: 2, value: SECRET }] })).toEqual([]);
  });
  it('that the replay does not have says nothing when it changes', () => {
    put(2, 'p', SHOWN);
    expect(change({ texts: [{ id: 2, value: SECRET }] })).toEqual([]);
  });
  it('that has gone is known no more once a long view has shown many, and one that is there is', () => {
    const ids = Array.from({ length: 10_000 }, (_, at) => at + 10);
    for (const id of ids) put(id, 'p', SHOWN);
    const texts = ids.map((id) => ({ id, type: 3, textContent: 'told' }));
    change({ adds: texts.map((node) => ({ parentId: 1, nextId: null, node })) });
    page.nodes.delete(11);
    show(9, 'one more');
    expect(change({ texts: [{ id: 11, value: 'gone' }] })).toEqual([]);
    expect(change({ texts: [{ id: 12, value: 'there' }] })).toHaveLength(1);
  });

  it('GW2: that has changed many times at once is shown once, as it is now', () => {
    put(2, 'p', SHOWN);
    show(2, 'before');
    const shown = change({
      texts: [
        { id: 2, value: 'one' },
        { id: 2, value: 'two' },
        { id: 2, value: 'three' },
      ],
    });
    expect(shown.map(({ data }) => Reflect.get(data, 'texts'))).toEqual([[{ id: 2, value: 'three' }]]);
  });
  it('that is masked from now on is taken back', () => {
    put(2, 'p', SHOWN);
    show(2, 'before');
    expect(change({ texts: [{ id: 2, value: 'plain' }] })).toMatchObject([
      { data: { texts: [{ value: 'plain' }] } },
    ]);
    put(2, 'p', MASKED);
    expect(change({ texts: [{ id: 2, value: SECRET }] })).toMatchObject([
      { data: { texts: [{ id: 2, value: maskToken(2) }] } },
    ]);
  });
  it('with a card number is masked even where text is shown', () => {
    put(2, 'p', ALLOWED);
    const [event] = change({
      adds: [
        { parentId: 1, nextId: null, node: { id: 2, type: 3, textContent: 'Card 4111 1111 1111 1111' } },
      ],
    });
    expect(JSON.stringify(event)).not.toContain('4111');
  });
});

describe('input', () => {
  it('leaves only from an allowed field', () => {
    put(2, 'input', FIELD);
    expect(increment({ source: 5, id: 2, text: SECRET, isChecked: true })).toEqual([]);
    put(2, 'input', { ...ALLOWED, secret: true });
    expect(increment({ source: 5, id: 2, text: SECRET, isChecked: true })).toEqual([]);
    put(2, 'input', { ...ALLOWED, typed: true });
    expect(increment({ source: 5, id: 2, text: 'city', isChecked: false })).toMatchObject([
      { data: { id: 2, text: 'city', isChecked: false } },
    ]);
    // What was seen of it before it was whole is taken back.
    expect(increment({ source: 5, id: 2, text: '4111 1111 1', isChecked: false })).toMatchObject([
      { data: { id: 2, text: MASKED_VALUE } },
    ]);
  });
  it('does not show how far a masked field is scrolled', () => {
    put(2, 'input', FIELD);
    expect(increment({ source: 3, id: 2, x: 480, y: 0 })).toEqual([]);
  });
  it('does not show a selection in masked text', () => {
    put(2, 'p', MASKED);
    put(3, 'p', SHOWN);
    const range = { start: 3, startOffset: 1, end: 2, endOffset: 7 };
    expect(increment({ source: 14, ranges: [range] })).toEqual([]);
    expect(increment({ source: 14, ranges: [] })).toHaveLength(1);
  });
  it('does not show one in a text that a net has caught: it would count its letters', () => {
    put(2, 'p', SHOWN);
    put(3, 'p', SHOWN);
    page.texts.set(3, 'a card');
    const range = { start: 2, startOffset: 0, end: 3, endOffset: 19 };
    expect(increment({ source: 14, ranges: [range] })).toHaveLength(1);
    page.caught.add(3);
    expect(increment({ source: 14, ranges: [range] })).toEqual([]);
  });
  it('leaves a masked field as large as it was, whatever the page makes of what is typed in it', () => {
    put(2, 'textarea', FIELD);
    put(3, 'input', FIELD);
    const attributes = { style: 'width:300px;height:40px', rows: '2' };
    const node = { id: 2, type: 2, tagName: 'textarea', attributes, childNodes: [] };
    const shown = JSON.stringify(change({ adds: [{ parentId: 1, nextId: null, node }] }));
    expect(shown).toContain('width:300px;height:40px;');
    const grow = (id: number, changed: object) => change({ attributes: [{ id, attributes: changed }] });
    expect(grow(2, { style: 'width:300px;height:400px' })).toEqual([]);
    expect(grow(2, { rows: '20' })).toEqual([]);
    expect(JSON.stringify(grow(2, { style: 'height:400px;color:red' }))).toContain('color:red;');
    // What is in it already when it is first shown may have made it so large.
    const input = { id: 3, type: 2, tagName: 'input', attributes: { style: 'width:12ch' }, childNodes: [] };
    expect(JSON.stringify(change({ adds: [{ parentId: 1, nextId: null, node: input }] }))).not.toContain(
      'ch;',
    );
    const full = { ...node, attributes: { ...attributes, value: 'x' }, id: 4 };
    put(4, 'textarea', FIELD);
    expect(JSON.stringify(change({ adds: [{ parentId: 1, nextId: null, node: full }] }))).not.toContain(
      'height',
    );
  });
});

describe('a film', () => {
  it('is covered by no poster that stood there before, nor by a picture of it once there is none', () => {
    put(7, 'video', ALLOWED);
    change({ adds: [{ parentId: 1, nextId: null, node: { id: 7, type: 2, tagName: 'video' } }] });
    const shown = () => JSON.stringify(masker.again.pictureDrawn(7));
    page.pictures.set(7, 'b'.repeat(43));
    expect(shown()).toMatch(/"data-alongside-picture":"alongside-asset:b+","poster":null/);
    page.pictures.clear();
    expect(shown()).toMatch(/"data-alongside-picture":null,"poster":null.*"data-alongside-masked":"media"/);
  });
});

describe('a block', () => {
  it('is a box; nothing is added to it and nothing in it changes', () => {
    put(2, 'div', BLOCKED);
    put(3, 'p', BLOCKED);
    const node = {
      id: 2,
      type: 2,
      tagName: 'div',
      attributes: { title: SECRET },
      childNodes: [{ id: 3, type: 2, tagName: 'p', attributes: {}, childNodes: [] }],
    };
    const [event] = change({ adds: [{ parentId: 1, nextId: null, node }] });
    expect(event).toMatchObject({
      data: {
        adds: [
          { node: { tagName: 'div', childNodes: [], attributes: { 'data-alongside-masked': 'block' } } },
        ],
      },
    });
    expect(JSON.stringify(event)).not.toContain(SECRET);
    const inner = { id: 3, type: 3, textContent: SECRET };
    expect(change({ adds: [{ parentId: 2, nextId: null, node: inner }] })).toEqual([]);
    expect(change({ attributes: [{ id: 3, attributes: { class: 'x' } }] })).toEqual([]);
    expect(change({ texts: [{ id: 3, value: SECRET }] })).toEqual([]);
  });
});

describe('names', () => {
  it('come when a style sheet names them, also later', () => {
    put(2, 'p', SHOWN);
    put(3, 'style', SHOWN);
    const [before] = change({ attributes: [{ id: 2, attributes: { class: `late ${SECRET}` } }] });
    expect(before).toMatchObject({ data: { attributes: [{ attributes: { class: '' } }] } });
    const sheet = {
      id: 3,
      type: 2,
      tagName: 'style',
      attributes: { _cssText: '.late{color:red}' },
      childNodes: [],
    };
    const events = change({ adds: [{ parentId: 1, nextId: null, node: sheet }] });
    expect(events[1]).toMatchObject({ data: { attributes: [{ id: 2, attributes: { class: 'late' } }] } });
    expect(JSON.stringify(events)).not.toContain(SECRET);
  });
});

describe('a rule that applies otherwise than before', () => {
  it('asks for a snapshot', () => {
    put(2, 'p', SHOWN);
    page.changed = true;
    change({ attributes: [{ id: 2, attributes: { class: 'x' } }] });
    expect(ground.asked).toBe(1);
  });
});

describe('the address', () => {
  it('is none', () => {
    expect(
      masker.mask({ type: 4, data: { href: `https://x/${SECRET}`, width: 3, height: 4 }, timestamp: 1 }),
    ).toEqual([{ type: 4, data: { href: MASKED_ADDRESS, width: 3, height: 4 }, timestamp: 1 }]);
  });
});

describe('whatever comes', () => {
  it('neither throws nor leaks', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 8) % below;
    };
    const keys = [
      'type',
      'data',
      'source',
      'id',
      'node',
      'adds',
      'texts',
      'attributes',
      'value',
      'childNodes',
      'tagName',
      'textContent',
      'positions',
      'ranges',
      'rule',
      'styles',
      'set',
      'index',
      'styleId',
      '__proto__',
      'constructor',
    ];
    const make = (depth: number): unknown => {
      const kind = random(depth > 4 ? 5 : 8);
      if (kind < 2) return random(12);
      if (kind === 2) return SECRET;
      if (kind === 3) return null;
      if (kind === 4) return random(2) === 0;
      if (kind === 5) return Array.from({ length: random(4) }, () => make(depth + 1));
      return Object.fromEntries(
        Array.from({ length: random(7) }, () => [keys[random(keys.length)] ?? 'x', make(depth + 1)]),
      );
    };
    put(2, 'p', MASKED);
    put(3, 'input', FIELD);
    put(4, 'div', BLOCKED);
    for (let round = 0; round < 20_000; round += 1) {
      const event = { type: random(10), timestamp: 1, data: { source: random(18), ...(make(0) as object) } };
      const masked = JSON.stringify(masker.mask(event)) ?? '';
      if (masked.includes(SECRET)) expect.fail(masked);
    }
  });
});

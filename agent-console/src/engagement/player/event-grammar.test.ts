/** What passes between an opened frame and the replay, and what does not. */

import { EventType, IncrementalSource, NodeType } from '@rrweb/types';
import { describe, expect, it } from 'vitest';
import type { Checked } from './event-grammar.js';
import { checkEvents, checkSnapshot } from './event-grammar.js';
import { eventLimits } from './event-limits.js';

const HASH = 'A'.repeat(43);
let nextId = 10;

function element(tagName: string, attributes: object = {}, childNodes: unknown[] = [], more: object = {}) {
  nextId += 1;
  return { type: NodeType.Element, id: nextId, tagName, attributes, childNodes, ...more };
}

function text(textContent: string, more: object = {}) {
  nextId += 1;
  return { type: NodeType.Text, id: nextId, textContent, ...more };
}

const meta = {
  type: EventType.Meta,
  timestamp: 1,
  data: { href: 'https://secret.example/?q=1', width: 800, height: 600 },
};

function snapshot(...body: unknown[]) {
  const html = element('html', {}, [element('body', {}, body)]);
  const node = { type: NodeType.Document, id: 1, childNodes: [html] };
  return { type: EventType.FullSnapshot, timestamp: 2, data: { node, initialOffset: { left: 0, top: 0 } } };
}

function incremental(data: object) {
  return { type: EventType.IncrementalSnapshot, timestamp: 3, data };
}

function passed(checked: Checked) {
  if (!checked.ok) throw new Error(`refused: ${checked.fault}`);
  return checked;
}

/** The text of what would be posted to the replay. */
function shown(...body: unknown[]): string {
  return JSON.stringify(passed(checkSnapshot([meta, snapshot(...body)])).events);
}

const fault = (checked: Checked) => (checked.ok ? undefined : checked.fault);

describe('a snapshot', () => {
  it('passes with its text, its structure and harmless attributes', () => {
    const json = shown(element('p', { class: 'lead', 'aria-label': 'x' }, [text('Hello')]));
    expect(json).toContain('Hello');
    expect(json).toContain('"class":"lead"');
  });

  it('tells the browser to keep nothing of what stands in fields', () => {
    for (const tag of ['input', 'select', 'textarea', 'form'])
      expect(shown(element(tag, { autocomplete: 'on' }))).toContain('"autocomplete":"off"');
    const change = {
      texts: [],
      removes: [],
      adds: [],
      attributes: [{ id: 4, attributes: { autocomplete: 'on' } }],
    };
    const changed = checkEvents([incremental({ source: IncrementalSource.Mutation, ...change })]);
    expect(JSON.stringify(passed(changed).events)).not.toContain('autocomplete');
  });

  it('never carries the address of the page', () => {
    expect(shown()).not.toContain('secret.example');
  });

  it('must hold the size and the whole page', () => {
    expect(fault(checkSnapshot([snapshot()]))).toBe('noSnapshot');
    expect(fault(checkSnapshot([meta]))).toBe('noSnapshot');
  });

  it.each(['script', 'base', 'meta', 'object', 'embed', 'noscript', 'LINK', 'frame', 'param', 'animate'])(
    'draws a %s as nothing',
    (tag) => {
      const json = shown(
        element(tag, { href: 'https://evil.example/', 'http-equiv': 'refresh', content: '0;url=x' }),
      );
      expect(json).not.toContain('evil.example');
      expect(json).not.toContain('refresh');
      expect(json.toLowerCase()).not.toContain(
        `"tagname":"${tag.toLowerCase() === 'meta' ? 'base' : tag.toLowerCase()}"`,
      );
    },
  );

  it.each([
    ['img', 'onerror', 'alert(1)'],
    ['div', 'ONCLICK', 'alert(1)'],
    ['a', 'href', 'javascript:alert(1)'],
    ['img', 'src', 'https://evil.example/x.png'],
    ['img', 'srcset', 'https://evil.example/x.png 2x'],
    ['img', 'src', 'data:text/html,<script>alert(1)</script>'],
    ['iframe', 'src', 'https://evil.example/'],
    ['iframe', 'srcdoc', '<script>alert(1)</script>'],
    ['iframe', 'sandbox', 'allow-scripts'],
    ['form', 'action', 'https://evil.example/'],
    ['button', 'formaction', 'https://evil.example/'],
    ['a', 'ping', 'https://evil.example/'],
    ['video', 'poster', 'https://evil.example/'],
    ['video', 'src', 'https://evil.example/'],
    ['table', 'background', 'https://evil.example/'],
    ['use', 'xlink:href', 'https://evil.example/#a'],
    ['div', 'style', 'background:url(https://evil.example/)'],
    ['rect', 'fill', 'url(https://evil.example/#a)'],
    ['div', 'style', 'background:image-set("https://evil.example/" 1x)'],
    ['input', 'autofocus', ''],
  ])('leaves %s %s="%s" out', (tag, name, value) => {
    const json = shown(element(tag, { [name]: value, title: 'kept' }));
    expect(json).not.toMatch(/evil\.example|alert|allow-scripts|autofocus/);
    expect(json).toContain('"title":"kept"');
  });

  it('keeps style sheets, also those that came with a link, without imports and addresses', () => {
    const css =
      '@import "https://evil.example/a.css"; p { color: red; background: url("https://evil.example/b") }';
    const json = shown(element('link', { rel: 'stylesheet', href: 'https://evil.example/', _cssText: css }));
    expect(json).toContain('color: red');
    expect(json).toContain('"tagName":"style"');
    expect(json).not.toContain('evil.example');
  });

  it('names the assets it refers to, once each', () => {
    const reference = `alongside-asset:${HASH}`;
    const checked = passed(
      checkSnapshot([
        meta,
        snapshot(
          element('img', { src: reference }),
          element('style', { _cssText: `p { background: url("${reference}") }` }),
        ),
      ]),
    );
    expect([...checked.assets]).toEqual([HASH]);
    expect(JSON.stringify(checked.events).split(reference)).toHaveLength(3);
  });

  it('drops comments and character data but keeps their places', () => {
    const json = shown({ type: NodeType.Comment, id: 900, textContent: 'secret remark' });
    expect(json).not.toContain('secret remark');
    expect(json).toContain('"id":900');
  });

  it('passes no field that it does not know', () => {
    const json = shown(element('x-thing', {}, [], { isCustom: true, extra: 'unknown' }));
    expect(json).not.toMatch(/isCustom|unknown/);
  });
});

describe('limits', () => {
  it('refuse too many nodes, at exactly one too many', () => {
    // The document, html and body are nodes as well.
    const fill = (count: number) => Array.from({ length: count }, () => text('x'));
    expect(checkSnapshot([meta, snapshot(...fill(eventLimits.nodes - 3))]).ok).toBe(true);
    expect(fault(checkSnapshot([meta, snapshot(...fill(eventLimits.nodes - 2))]))).toBe('tooManyNodes');
  });

  it('refuse a tree that is too deep', () => {
    const nest = (depth: number): unknown =>
      depth === 0 ? text('x') : element('div', {}, [nest(depth - 1)]);
    expect(checkSnapshot([meta, snapshot(nest(eventLimits.depth - 3))]).ok).toBe(true);
    expect(fault(checkSnapshot([meta, snapshot(nest(eventLimits.depth - 2))]))).toBe('tooDeep');
  });

  it('refuse long attributes and texts', () => {
    const long = 'x'.repeat(eventLimits.attributeLength + 1);
    expect(fault(checkSnapshot([meta, snapshot(element('p', { title: long }))]))).toBe('tooLong');
    expect(fault(checkSnapshot([meta, snapshot(text('x'.repeat(eventLimits.textLength + 1)))]))).toBe(
      'tooLong',
    );
  });

  it.each([undefined, Number.NaN, '1', null])('refuse an event whose time is %s', (timestamp) => {
    expect(fault(checkEvents([{ ...meta, timestamp }]))).toBe('badTimestamp');
  });

  it.each([
    [0, 600],
    [800, Number.POSITIVE_INFINITY],
    ['800', 600],
    [-1, 600],
  ])('refuse a page of %s by %s', (width, height) => {
    expect(fault(checkEvents([{ ...meta, data: { width, height } }]))).toBe('malformed');
  });
});

describe('style', () => {
  const mutation = (more: object) =>
    incremental({
      source: IncrementalSource.Mutation,
      ...{ texts: [], removes: [], adds: [], attributes: [], ...more },
    });

  it('is read as style in whatever piece it comes, and when it is put there later', () => {
    const styles = new Set<number>();
    const pieces = [text('b { background: u'), text('rl(https://leak.test/1) }')];
    const sheet = element('style', {}, pieces);
    const begun = passed(checkSnapshot([meta, snapshot(sheet)], styles));
    expect(JSON.stringify(begun.events)).not.toMatch(/: urlb|leak\.test\/1\) }"/);
    expect(JSON.stringify(begun.events)).toContain('b { background: u/**/');
    const value = 'b { background: url(https://leak.test/2) }';
    const changes = [
      { texts: [{ id: pieces[1]?.id, value }] },
      { adds: [{ parentId: sheet.id, nextId: null, node: text(value) }] },
    ];
    for (const change of changes) {
      const changed = JSON.stringify(passed(checkEvents([mutation(change)], styles)).events);
      expect(changed).toContain('b { background: url(');
      expect(changed).not.toContain('leak.test');
    }
  });

  it('does not outlive its page, and the text of a page is not read as style', () => {
    const styles = new Set<number>();
    const sheet = element('style', {}, [text('b { color: red }')]);
    passed(checkSnapshot([meta, snapshot(sheet)], styles));
    passed(checkSnapshot([meta, snapshot()], styles));
    const texts = [{ id: sheet.id, value: 'As in url(https://shop.test/)' }];
    expect(JSON.stringify(passed(checkEvents([mutation({ texts })], styles)).events)).toContain('shop.test');
  });

  it('is none the less style with a prefix, and a script a script', () => {
    const svg = { isSVG: true };
    const json = shown(
      element('svg:style', {}, [text('b { background: url(https://leak.test/3) }')], svg),
      element('svg:script', {}, [text('alert(1)')], svg),
      element(
        'rect',
        { fill: 'UrL(https://leak.test/4)', mask: String.raw`u\72l(https://leak.test/5)` },
        [],
        svg,
      ),
    );
    expect(json).not.toMatch(/leak\.test|svg:|"script"/);
  });
});

describe('what follows a snapshot', () => {
  it.each([EventType.DomContentLoaded, EventType.Load, EventType.Custom, EventType.Plugin])(
    'drops events of type %s',
    (type) => {
      const checked = passed(checkEvents([{ type, timestamp: 1, data: { tag: 'x', payload: 'secret' } }]));
      expect(checked).toMatchObject({ events: [], dropped: 1 });
    },
  );

  it.each([
    IncrementalSource.MediaInteraction,
    IncrementalSource.CanvasMutation,
    IncrementalSource.Font,
    IncrementalSource.Log,
    99,
  ])('drops changes of source %s', (source) => {
    expect(passed(checkEvents([incremental({ source, id: 1 })])).dropped).toBe(1);
  });

  it('takes the name of an element that the page defines, and nothing else of it', () => {
    const define = (name: string) =>
      checkEvents([incremental({ source: IncrementalSource.CustomElement, define: { name, code: 'x' } })]);
    expect(passed(define('shop-card')).events[0]?.data).toEqual({
      source: IncrementalSource.CustomElement,
      define: { name: 'shop-card' },
    });
    expect(define('script').ok).toBe(false);
  });

  it('plays additions, removals, texts and attributes', () => {
    const data = {
      source: IncrementalSource.Mutation,
      texts: [{ id: 3, value: 'new' }],
      attributes: [
        {
          id: 4,
          attributes: {
            class: 'on',
            onclick: 'alert(1)',
            style: { color: 'red', width: ['1px', 'important'] },
          },
        },
      ],
      removes: [{ id: 5, parentId: 1 }],
      adds: [{ parentId: 1, nextId: null, node: element('b', {}, [text('added')]) }],
    };
    const json = JSON.stringify(passed(checkEvents([incremental(data)])).events);
    expect(json).toContain('"value":"new"');
    expect(json).toContain('"style":{"color":"red","width":["1px","important"]}');
    expect(json).toContain('added');
    expect(json).not.toContain('alert');
  });

  it('changes no address of an element whose tag it does not know', () => {
    const attributes = [{ id: 4, attributes: { src: 'https://evil.example/', href: 'javascript:alert(1)' } }];
    const data = { source: IncrementalSource.Mutation, texts: [], removes: [], adds: [], attributes };
    expect(JSON.stringify(passed(checkEvents([incremental(data)])).events)).not.toMatch(/evil|alert/);
  });

  it('keeps the places of rules and cleans their text', () => {
    const data = {
      source: IncrementalSource.StyleSheetRule,
      id: 4,
      adds: [{ rule: 'p { background: url(https://evil.example/) }', index: [0, 2] }],
      removes: [{ index: 1 }],
    };
    const [event] = passed(checkEvents([incremental(data)])).events;
    expect(event?.data).toMatchObject({ id: 4, adds: [{ index: [0, 2] }], removes: [{ index: 1 }] });
    expect(JSON.stringify(event)).not.toContain('evil.example');
  });

  it.each([
    { source: IncrementalSource.Scroll, id: 1, x: Number.NaN, y: 0 },
    { source: IncrementalSource.MouseMove, positions: 'none' },
    { source: IncrementalSource.Input, id: 'x', text: 'a', isChecked: false },
    {
      source: IncrementalSource.Mutation,
      texts: [],
      attributes: [],
      removes: [],
      adds: [{ parentId: 1, nextId: null }],
    },
    {
      source: IncrementalSource.Mutation,
      texts: [],
      attributes: [],
      removes: [],
      adds: [{ parentId: 1, nextId: -1, node: text('of no place') }],
    },
    { source: IncrementalSource.StyleSheetRule, id: 4, adds: [{ rule: 7 }] },
  ])('refuses the whole batch when a known change is malformed: %o', (data) => {
    expect(fault(checkEvents([incremental(data)]))).toBe('malformed');
  });
});

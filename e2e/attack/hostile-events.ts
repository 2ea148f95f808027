/** The hostile page as a stream would bring it: whole at first, then as changes of every kind. */

import type { Bait, HostileElement } from './hostile-elements.js';
import { hostileElements, html, styled } from './hostile-elements.js';

/** As rrweb numbers them. */
const NodeType = { Document: 0, Element: 2, Text: 3 } as const;
const EventType = { FullSnapshot: 2, IncrementalSnapshot: 3, Meta: 4, Custom: 5, Plugin: 6 } as const;
const IncrementalSource = {
  Mutation: 0,
  StyleSheetRule: 8,
  CanvasMutation: 9,
  Font: 10,
  StyleDeclaration: 13,
  AdoptedStyleSheet: 15,
} as const;

export interface HostileEvent {
  readonly type: number;
  readonly timestamp: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Shown by the page, so that a test knows when it is there. */
export const MARKER = 'The hostile page is shown.';
export const CHANGED_MARKER = 'The hostile page has changed.';

/** The page as it would arrive: whole at first, then once more as changes of all kinds. */
export function hostileEvents(bait: Bait, changes: Bait): readonly HostileEvent[] {
  const numbers = new Numbers();
  const body = [html('p', {}, [MARKER]), ...hostileElements(bait)].map((each) => numbers.serialise(each));
  const changed = {
    type: NodeType.Element,
    id: numbers.next(),
    tagName: 'img',
    attributes: {},
    childNodes: [],
  };
  const sheet = numbers.serialise(styled('s { color: red }'));
  const written = numbers.serialise(html('style', {}, ['var { color: red }']));
  const bodyId = numbers.next();
  const element = (tagName: string, id: number, childNodes: readonly unknown[]) => {
    return { type: NodeType.Element, id, tagName, attributes: {}, childNodes };
  };
  const page = element('html', numbers.next(), [
    element('head', numbers.next(), [sheet, written]),
    element('body', bodyId, [changed, ...body, numbers.serialise(html('var', {}, ['x']))]),
  ]);
  const node = { type: NodeType.Document, id: numbers.next(), childNodes: [page] };
  const { at, run } = changes;
  const parts: readonly (readonly [number, object])[] = [
    [
      IncrementalSource.StyleSheetRule,
      { id: sheet.id, adds: [{ rule: `s { background: url(${at('rule')}) }` }] },
    ],
    [IncrementalSource.Font, { family: 'more', fontSource: `url(${at('font-face')})`, buffer: false }],
    [IncrementalSource.AdoptedStyleSheet, adopted(node.id, `q { background: url(${at('adopted')}) }`)],
    [
      IncrementalSource.StyleDeclaration,
      {
        id: sheet.id,
        index: [0],
        set: { property: 'background', value: `url("${at('declared')}"`, priority: '' },
      },
    ],
    [IncrementalSource.CanvasMutation, { id: changed.id, type: 0, commands: [{ property: 'x', args: [] }] }],
    [
      IncrementalSource.Mutation,
      {
        texts: [{ id: written.id + 1, value: `var { background: url(${at('changed-style-text')}) }` }],
        removes: [],
        attributes: [
          { id: changed.id, attributes: { src: at('changed-src'), onerror: run('changed-onerror') } },
          { id: bodyId, attributes: { style: { 'border-image': `url(${at('changed-style')})` } } },
        ],
        adds: [...hostileElements(changes), html('p', {}, [CHANGED_MARKER])].flatMap((each) =>
          added(numbers.serialise(each), bodyId),
        ),
      },
    ],
  ];
  const incremental = parts.map(([source, data]) => ({ source, ...data }));
  return [
    { type: EventType.Meta, timestamp: 1, data: { href: at('meta-href'), width: 800, height: 600 } },
    { type: EventType.FullSnapshot, timestamp: 2, data: { node, initialOffset: { left: 0, top: 0 } } },
    ...incremental.map((data) => ({ type: EventType.IncrementalSnapshot, timestamp: 3, data })),
    { type: EventType.Custom, timestamp: 4, data: { tag: 'hostile', payload: { href: at('custom') } } },
    { type: EventType.Plugin, timestamp: 5, data: { plugin: 'rrweb/console@1', payload: {} } },
  ];
}

function adopted(id: number, rule: string) {
  return { id, styleIds: [77], styles: [{ styleId: 77, rules: [{ rule, index: 0 }] }] };
}

interface Added {
  readonly parentId: number;
  readonly nextId: null;
  readonly node: Serialised;
}

/** A recorder names each node of what was added by itself, after the one that it is in. */
function added(node: Serialised, parentId: number): readonly Added[] {
  const { childNodes = [], ...own } = node;
  const inside = childNodes.flatMap((child) => added(child, node.id));
  return [{ parentId, nextId: null, node: { ...own, childNodes: [] } }, ...inside];
}

interface Serialised {
  readonly id: number;
  readonly childNodes?: readonly Serialised[];
  readonly [field: string]: unknown;
}

/** Gives each node the number that a recorder would. */
class Numbers {
  #last = 0;

  next(): number {
    this.#last += 1;
    return this.#last;
  }

  serialise(node: HostileElement | string): Serialised {
    const id = this.next();
    if (typeof node === 'string') return { type: NodeType.Text, id, textContent: node };
    const { tag: tagName, attributes, isSvg, shadow } = node;
    const childNodes = node.children.map((child) => {
      const inner = this.serialise(child);
      return shadow ? { ...inner, isShadow: true } : inner;
    });
    const kind = { ...(isSvg ? { isSVG: true } : {}), ...(shadow ? { isShadowHost: true } : {}) };
    return { type: NodeType.Element, id, tagName, attributes, childNodes, ...kind };
  }
}

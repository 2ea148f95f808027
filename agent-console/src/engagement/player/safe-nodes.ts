/** Rebuilds a serialised tree of the visitor's page from what is known of it, so that nothing else gets through. */

import { NodeType } from '@rrweb/types';
import { eventLimits, GrammarError } from './event-limits.js';
import type { FoundAsset } from './safe-attributes.js';
import { safeAttributes } from './safe-attributes.js';
import { safeCss } from './safe-css.js';

export type SafeNode = Record<string, unknown>;

/** Drawn as nothing: what they hold is code, data or an address. */
const EMPTIED = new Set(
  `script noscript base meta link object embed applet frame frameset portal fencedframe param track source
   animate animatetransform animatemotion set`.split(/\s+/),
);
const TAG = /^[a-zA-Z][\w.:-]{0,63}$/;

export interface TreeBudget {
  nodes: number;
  readonly found: FoundAsset;
  /** The style sheets of the page and the texts in them, by number: what is put there later is read as style. */
  readonly styles: Set<number>;
}

export function createBudget(found: FoundAsset, styles: Set<number>): TreeBudget {
  return { nodes: eventLimits.nodes, found, styles };
}

/** Where a text stands: in the page, as the one text of a style sheet, or as one of several of it. */
type TextPlace = 'page' | 'style' | 'amongStyle';

export function safeNode(value: unknown, budget: TreeBudget, depth = 0, place: TextPlace = 'page'): SafeNode {
  const node = asRecord(value);
  budget.nodes -= 1;
  if (budget.nodes < 0) throw new GrammarError('tooManyNodes');
  if (depth > eventLimits.depth) throw new GrammarError('tooDeep');
  const base: SafeNode = { type: node.type, id: asId(node.id) };
  if (node.rootId !== undefined) base.rootId = asId(node.rootId);
  if (node.isShadow === true) base.isShadow = true;
  switch (node.type) {
    case NodeType.Document:
      if (node.compatMode === 'BackCompat') base.compatMode = 'BackCompat';
      return { ...base, childNodes: safeChildren(node, budget, depth) };
    case NodeType.DocumentType:
      return { ...base, name: 'html', publicId: '', systemId: '' };
    case NodeType.Element:
      return safeElement(node, base, budget, depth);
    case NodeType.Text:
      return { ...base, ...safeText(node, budget, place) };
    case NodeType.CDATA:
    case NodeType.Comment:
      // Both are drawn as nothing; their places in the tree stay, since others are named by them.
      return { ...base, type: NodeType.Comment, textContent: '' };
    default:
      throw new GrammarError('malformed');
  }
}

function safeElement(
  node: Record<string, unknown>,
  base: SafeNode,
  budget: TreeBudget,
  depth: number,
): SafeNode {
  const { tagName, attributes } = node;
  if (typeof tagName !== 'string' || !TAG.test(tagName)) throw new GrammarError('malformed');
  const isSvg = node.isSVG === true;
  // A prefix names the element no differently where it has a namespace: `svg:script` is a script.
  const name = isSvg ? (tagName.split(':').at(-1) ?? '') : tagName;
  if (name === '') throw new GrammarError('malformed');
  const tag = name.toLowerCase();
  const element: SafeNode = { ...base, tagName: name };
  if (isSvg) element.isSVG = true;
  if (node.isShadowHost === true) element.isShadowHost = true;
  if (node.needBlock === true) element.needBlock = true;
  const place = { tag, found: budget.found };
  // A style sheet that was behind a link travels as text with the link.
  const isLinkedStyle = tag === 'link' && typeof asRecord(attributes)._cssText === 'string';
  if (isLinkedStyle) {
    const css = safeCss(String(asRecord(attributes)._cssText), budget.found);
    return { ...element, tagName: 'style', attributes: { _cssText: css }, childNodes: [] };
  }
  if (EMPTIED.has(tag)) {
    const harmless = isSvg ? 'g' : 'meta';
    return { ...element, tagName: harmless, attributes: {}, childNodes: safeChildren(node, budget, depth) };
  }
  if (tag === 'style') budget.styles.add(asId(node.id));
  const childNodes = safeChildren(node, budget, depth, tag === 'style');
  return { ...element, attributes: safeAttributes(attributes, place), childNodes };
}

function safeChildren(
  node: Record<string, unknown>,
  budget: TreeBudget,
  depth: number,
  inStyle = false,
): SafeNode[] {
  if (!Array.isArray(node.childNodes)) throw new GrammarError('malformed');
  const children: readonly unknown[] = node.childNodes;
  const place = inStyle && children.length > 1 ? 'amongStyle' : inStyle ? 'style' : 'page';
  return children.map((child) => safeNode(child, budget, depth + 1, place));
}

function safeText(node: Record<string, unknown>, budget: TreeBudget, place: TextPlace): SafeNode {
  const text = node.textContent;
  if (typeof text !== 'string') throw new GrammarError('malformed');
  if (place !== 'page' || node.isStyle === true) {
    budget.styles.add(asId(node.id));
    const css = place === 'amongStyle' ? safeStyleText(text, budget) : safeCss(text, budget.found);
    return { textContent: css, isStyle: true };
  }
  if (text.length > eventLimits.textLength) throw new GrammarError('tooLong');
  return { textContent: text };
}

/** One of several texts of a style sheet: the comments keep the end of one and the start of the next from being one word. */
export function safeStyleText(text: string, budget: TreeBudget): string {
  return `/**/${safeCss(text, budget.found)}/**/`;
}

export function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new GrammarError('malformed');
  return value as Record<string, unknown>;
}

export function asId(value: unknown): number {
  const isId = typeof value === 'number' && Number.isInteger(value) && value >= -1 && value <= 0x7fffffff;
  if (!isId) throw new GrammarError('malformed');
  return value;
}

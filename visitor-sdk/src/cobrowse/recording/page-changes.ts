/**
 * Gathers what changes in the page's tree and says what has come of it: what went, what came and where, which texts
 * and attributes are others. Only the page as it is counts, not how it came to be so; what was put back is not told.
 * The replay takes a node only after the one it is in and the one it stands before.
 */

import type { PristineDom } from '../masking/pristine-dom.js';
import type { NodeReader, RawAttributes, RawNode } from './node-reader.js';
import type { PageNodes } from './page-nodes.js';

export interface RawMutation {
  readonly removes: readonly { readonly parentId: number; readonly id: number; readonly isShadow?: true }[];
  readonly adds: readonly {
    readonly parentId: number;
    readonly nextId: number | null;
    readonly node: RawNode;
  }[];
  readonly texts: readonly { readonly id: number; readonly value: string }[];
  readonly attributes: readonly { readonly id: number; readonly attributes: RawAttributes }[];
  /** What stands where something went. */
  readonly besides?: readonly number[];
}

export type ChangesDom = Pick<
  PristineDom,
  | 'nodeType'
  | 'localName'
  | 'parentNode'
  | 'lastChild'
  | 'firstChild'
  | 'nextSibling'
  | 'previousSibling'
  | 'shadowRoot'
  | 'host'
  | 'attribute'
>;
export type ChangesReader = Pick<
  NodeReader,
  'isLeftOut' | 'isClosed' | 'read' | 'textOf' | 'attribute' | 'rootId'
>;

export interface PageChangesDeps {
  readonly dom: ChangesDom;
  readonly nodes: PageNodes;
  readonly reader: ChangesReader;
  /** A field was one for passwords and is none any more. */
  onUncovered(field: Element): void;
  /** An element has been read that is to be listened to by itself. */
  onRead(element: Element, read: RawNode): void;
}

interface Place {
  readonly owner: Node;
  readonly isShadow: boolean;
  readonly isInSheet: boolean;
}
interface Rest extends Place {
  /** The next one that is to be told of, going backwards. */
  at: Node | null;
  nextId: number | null;
}
type Add = RawMutation['adds'][number];

const ELEMENT = 1;
const FRAGMENT = 11;
const XLINK = 'http://www.w3.org/1999/xlink';

export class PageChanges {
  readonly #deps: PageChangesDeps;
  #moved = new Set<Node>();
  /** The nodes on both sides of each one that went. */
  #besides = new Set<Node>();
  /** With the value that was told of last, undefined where that is not known. */
  #texts = new Map<Node, string | null>();
  #attributes = new Map<Element, Map<string, string | null | undefined>>();

  constructor(deps: PageChangesDeps) {
    this.#deps = deps;
  }

  note(records: readonly MutationRecord[]): void {
    for (const record of records) {
      if (record.type === 'childList') this.#noteMoves(record);
      else if (record.type === 'attributes') this.#noteAttribute(record);
      else this.#noteText(record);
    }
  }

  forget(): void {
    this.#moved = new Set();
    this.#besides = new Set();
    this.#texts = new Map();
    this.#attributes = new Map();
  }

  /** What has come of all that was noted; undefined where nothing of it is to be told. */
  settle(): RawMutation | undefined {
    const [moved, texts, attributes] = [this.#moved, this.#texts, this.#attributes];
    const besides = this.#besides;
    if (moved.size + texts.size + attributes.size === 0) return undefined;
    this.forget();
    this.#deps.nodes.nextTurn();
    const removes = this.#removes(moved);
    const adds: Add[] = [];
    for (const node of moved) this.#addRun(node, adds);
    this.#deps.nodes.tidy();
    const told = {
      removes,
      adds,
      texts: this.#changedTexts(texts),
      attributes: this.#changedAttributes(attributes),
    };
    if (!Object.values(told).some(({ length }) => length > 0)) return undefined;
    return besides.size === 0 ? told : { ...told, besides: this.#numbersOf(besides) };
  }

  /** Over a comment and what else is told to nobody. */
  #numbersOf(besides: ReadonlySet<Node>): readonly number[] {
    const { nodes, reader, dom } = this.#deps;
    const found = new Set<number>();
    for (const beside of besides) {
      for (const next of [dom.previousSibling, dom.nextSibling]) {
        let at: Node | null = beside;
        while (at !== null && reader.isLeftOut(at)) at = next(at);
        const id = at !== null && nodes.isShown(at) ? nodes.numberOf(at) : undefined;
        if (id !== undefined) found.add(id);
      }
    }
    return [...found];
  }

  #noteMoves(record: MutationRecord): void {
    const { target, addedNodes, removedNodes, previousSibling, nextSibling } = record;
    const tag = this.#tagOf(target);
    // The window's title is shown nowhere; what is in a text area is its first value.
    if (tag === 'textarea') this.#noteOld(target as Element, 'value', undefined);
    if (tag === 'textarea' || tag === 'title') return;
    if (removedNodes.length > 0) {
      for (const beside of [previousSibling, nextSibling]) if (beside) this.#besides.add(beside);
    }
    for (const nodes of [addedNodes, removedNodes]) {
      // A list of the browser's own is slow to go through as one of the language's.
      for (let at = 0; at < nodes.length; at += 1) {
        const node = nodes[at];
        if (node !== undefined) this.#moved.add(node);
      }
    }
  }

  #noteText({ target, oldValue }: MutationRecord): void {
    const parent = this.#deps.dom.parentNode(target);
    if (parent !== null && this.#tagOf(parent) === 'textarea')
      this.#noteOld(parent as Element, 'value', undefined);
    else if (!this.#texts.has(target)) this.#texts.set(target, oldValue);
  }

  #tagOf(node: Node): string {
    const { dom } = this.#deps;
    return dom.nodeType(node) === ELEMENT ? dom.localName(node as Element) : '';
  }

  #noteAttribute({ target, attributeName, attributeNamespace, oldValue }: MutationRecord): void {
    if (attributeName === null) return;
    const element = target as Element;
    if (attributeName === 'type' && oldValue?.trim().toLowerCase() === 'password')
      this.#deps.onUncovered(element);
    this.#noteOld(element, attributeNamespace === XLINK ? `xlink:${attributeName}` : attributeName, oldValue);
  }

  #noteOld(element: Element, name: string, value: string | null | undefined): void {
    let known = this.#attributes.get(element);
    if (known === undefined) {
      known = new Map();
      this.#attributes.set(element, known);
    }
    if (!known.has(name)) known.set(name, value);
  }

  /** What is taken out of something that went before is gone with it. */
  #removes(moved: ReadonlySet<Node>): RawMutation['removes'] {
    const { nodes, dom } = this.#deps;
    const removes: RawMutation['removes'][number][] = [];
    for (const node of moved) {
      const id = nodes.numberOf(node);
      if (id === undefined) continue;
      const place = nodes.isShown(node) ? nodes.placeOf(node) : undefined;
      // What was around it went before: nobody would come upon it any more.
      nodes.remove(node, dom);
      if (place === undefined) continue;
      removes.push({ parentId: place.parentId, id, ...(place.isShadow && { isShadow: true }) });
    }
    return removes;
  }

  /** The node, where it is in something that is shown, and what follows it that is not shown yet. */
  #addRun(node: Node, adds: Add[]): void {
    const { nodes, reader, dom } = this.#deps;
    const place = this.#placeOf(node);
    if (place === undefined || nodes.isShownIn(node, place.owner) || reader.isLeftOut(node)) return;
    const run: Node[] = [];
    let at: Node | null = node;
    while (at !== null && (reader.isLeftOut(at) || !nodes.isShownIn(at, place.owner))) {
      if (!reader.isLeftOut(at)) run.push(at);
      at = dom.nextSibling(at);
    }
    let nextId = at === null ? null : (nodes.numberOf(at) ?? null);
    for (const each of run.reverse()) nextId = this.#addTree(each, { ...place, at: null, nextId }, adds);
  }

  #placeOf(node: Node): Place | undefined {
    const { nodes, reader, dom } = this.#deps;
    const parent = dom.parentNode(node);
    if (parent === null) return undefined;
    const isShadow = dom.nodeType(parent) === FRAGMENT && 'host' in parent;
    const owner = isShadow ? dom.host(parent as ShadowRoot) : parent;
    if (!nodes.isShown(owner) || reader.isClosed(owner)) return undefined;
    return { owner, isShadow, isInSheet: false };
  }

  /** The node and all in it, one by one: the replay builds each by itself. */
  #addTree(node: Node, first: Rest, adds: Add[]): number {
    const { reader, dom } = this.#deps;
    const rests: Rest[] = [];
    const id = this.#add(node, first, { adds, rests });
    for (let rest = rests.at(-1); rest !== undefined; rest = rests.at(-1)) {
      const { at } = rest;
      if (at === null) {
        rests.pop();
        continue;
      }
      rest.at = dom.previousSibling(at);
      if (!reader.isLeftOut(at)) rest.nextId = this.#add(at, rest, { adds, rests });
    }
    return id;
  }

  #add(node: Node, place: Rest, { adds, rests }: { readonly adds: Add[]; readonly rests: Rest[] }): number {
    const { nodes, reader, dom, onRead } = this.#deps;
    const { owner, isShadow, isInSheet, nextId } = place;
    const id = nodes.tell(node, owner, isShadow);
    const read = reader.read(node, { isNew: true, isInSheet });
    const isElement = dom.nodeType(node) === ELEMENT;
    const root = reader.rootId(node, (of) => nodes.numberOf(of));
    const told = {
      ...read,
      id,
      ...root,
      ...(isShadow && { isShadow: true }),
      ...(isElement && { childNodes: [] }),
    };
    adds.push({ parentId: nodes.numberOf(owner) ?? 0, nextId, node: told });
    if (!isElement) return id;
    if (read.isClosed === true) return id;
    onRead(node as Element, read);
    const inside = { owner: node, isInSheet: read.attributes?._cssText !== undefined, nextId: null };
    rests.push({ ...inside, isShadow: false, at: dom.lastChild(node) });
    const shadow = dom.shadowRoot(node as Element);
    if (shadow !== null) rests.push({ ...inside, isShadow: true, at: dom.lastChild(shadow) });
    return id;
  }

  #changedTexts(texts: ReadonlyMap<Node, string | null>): RawMutation['texts'] {
    const { nodes, reader } = this.#deps;
    const changed: RawMutation['texts'][number][] = [];
    for (const [node, old] of texts) {
      const id = nodes.numberOf(node);
      if (id === undefined || nodes.isFresh(node) || !nodes.isShown(node)) continue;
      const value = reader.textOf(node);
      if (value !== old) changed.push({ id, value });
    }
    return changed;
  }

  #changedAttributes(
    attributes: ReadonlyMap<Element, ReadonlyMap<string, string | null | undefined>>,
  ): RawMutation['attributes'] {
    const { nodes, reader, dom } = this.#deps;
    const changed: RawMutation['attributes'][number][] = [];
    for (const [element, olds] of attributes) {
      const id = nodes.numberOf(element);
      if (id === undefined || nodes.isFresh(element) || !nodes.isShown(element)) continue;
      const shown: RawAttributes = {};
      for (const [name, old] of olds) {
        if (old === undefined || dom.attribute(element, name) !== old)
          Object.assign(shown, reader.attribute(element, name));
      }
      if (Object.keys(shown).length > 0) changed.push({ id, attributes: shown });
    }
    return changed;
  }
}

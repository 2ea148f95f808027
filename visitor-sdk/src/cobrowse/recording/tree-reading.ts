/** Reads a node with all that is in it, at once or in parts: what is read is the same. */

import type { PristineDom } from '../masking/pristine-dom.js';
import type { NodeReader, RawNode } from './node-reader.js';
import type { PageNodes } from './page-nodes.js';

export interface TreeSources {
  readonly dom: PristineDom;
  readonly nodes: PageNodes;
  readonly reader: NodeReader;
  /** An element has been read that is to be listened to by itself. */
  onRead(element: Element, read: RawNode): void;
}

/** What is in a node, as far as it is not read yet. */
interface Rest {
  next: Node | null;
  readonly of: Node;
  readonly into: RawNode[];
  readonly isShadow: boolean;
  readonly isInSheet: boolean;
  readonly depth: number;
}

/** Deeper than anything is shown. */
const DEEPEST = 300;
const ELEMENT = 1;

export class TreeReading {
  readonly root: RawNode;
  readonly #sources: TreeSources;
  readonly #rests: Rest[] = [];
  readonly #rootId: { readonly rootId?: number };

  /** Reads a document, which is told of already. */
  constructor(document: Document, sources: TreeSources) {
    const { nodes, reader } = sources;
    this.#sources = sources;
    const id = nodes.numberOf(document);
    this.#rootId = id === undefined || nodes.placeOf(document) === undefined ? {} : { rootId: id };
    const childNodes: RawNode[] = [];
    this.root = { ...reader.read(document, { isNew: false, isInSheet: false }), id, childNodes };
    this.#open(document, { into: childNodes, isShadow: false, isInSheet: false, depth: 0 });
  }

  /** Reads on while it may; true once all is read. */
  readOn(mayGoOn: () => boolean): boolean {
    for (let rest = this.#rests.at(-1); rest !== undefined; rest = this.#rests.at(-1)) {
      if (rest.next === null) this.#rests.pop();
      else {
        this.#readOne(rest.next, rest);
        // Only what is told of is kept hold of: nothing of it comes or goes without a change that is told.
        rest.next = this.#kept(this.#sources.dom.nextSibling(rest.next));
        if (!mayGoOn()) return false;
      }
    }
    return true;
  }

  #readOne(node: Node, rest: Rest): void {
    const { nodes, reader, dom } = this.#sources;
    const id = nodes.tell(node, rest.of, rest.isShadow);
    const read = reader.read(node, { isNew: false, isInSheet: rest.isInSheet });
    const isElement = dom.nodeType(node) === ELEMENT;
    const childNodes: RawNode[] = [];
    rest.into.push({
      ...read,
      id,
      ...this.#rootId,
      ...(rest.isShadow && { isShadow: true }),
      ...(isElement && { childNodes }),
    });
    if (!isElement) return;
    if (read.isClosed === true) return;
    this.#sources.onRead(node as Element, read);
    if (rest.depth >= DEEPEST) return;
    const isInSheet = read.attributes?._cssText !== undefined;
    const inside = { into: childNodes, isInSheet, depth: rest.depth + 1 };
    const root = dom.shadowRoot(node as Element);
    if (root !== null) this.#open(node, { ...inside, isShadow: true }, root);
    this.#open(node, { ...inside, isShadow: false });
  }

  #open(of: Node, rest: Omit<Rest, 'next' | 'of'>, around: Node = of): void {
    const next = this.#kept(this.#sources.dom.firstChild(around));
    if (next !== null) this.#rests.push({ ...rest, of, next });
  }

  #kept(from: Node | null): Node | null {
    let at = from;
    while (at !== null && this.#sources.reader.isLeftOut(at)) at = this.#sources.dom.nextSibling(at);
    return at;
  }
}

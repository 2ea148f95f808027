/** Numbers of the page's nodes, and which of them have been told of: where each was when that was done last. */

import type { PristineDom } from '../masking/pristine-dom.js';

interface Told {
  readonly id: number;
  /** What it was told to be in; a shadow root's nodes are in its host, and a frame's document is in the frame. */
  parent: Node | undefined;
  isShadow: boolean;
  /**
   * Told of at this turn. A node that is told of anew brings all that is in it along: what was in it before and is
   * not any more can be known by its older turn.
   */
  turn: number;
}

export type ShownDom = Pick<PristineDom, 'nodeType' | 'firstChild' | 'nextSibling' | 'shadowRoot'>;

const ELEMENT = 1;
/** Below so many nodes nobody needs to look for those that are gone. */
const FEWEST_TIDIED = 10_000;

export class PageNodes {
  readonly #told = new WeakMap<Node, Told>();
  #nodes = new Map<number, Node>();
  /** What is in frames. */
  readonly #documents = new WeakMap<Node, Node>();
  #root: Node | undefined;
  #lastId = 0;
  #turn = 0;
  /** Beyond so many nodes those that are gone are looked for. */
  #tidiedAt = FEWEST_TIDIED;

  nodeOf(id: number): Node | undefined {
    return this.#nodes.get(id);
  }

  numberOf(node: Node): number | undefined {
    return this.#told.get(node)?.id;
  }

  /** Forgets the page up to here: nothing has been told of yet. Numbers are never used again. */
  beginWith(root: Node): void {
    this.forget();
    this.#root = root;
    this.nextTurn();
    this.#write(root, { parent: undefined, isShadow: false });
  }

  /** Holds on to none of the page's nodes; each keeps its number. */
  forget(): void {
    this.#nodes = new Map();
    this.#root = undefined;
    this.#tidiedAt = FEWEST_TIDIED;
  }

  /**
   * Lets go of nodes that are shown no more, once there may be many of them: what a page takes out of something that
   * is gone already, for use at another time, is never told of by itself.
   */
  tidy(fewest = this.#tidiedAt): void {
    if (this.#nodes.size < fewest) return;
    for (const [id, node] of this.#nodes) if (!this.isShown(node)) this.#nodes.delete(id);
    this.#tidiedAt = Math.max(FEWEST_TIDIED, 2 * this.#nodes.size);
  }

  /** What is told from now on belongs together. */
  nextTurn(): void {
    this.#turn += 1;
  }

  /** Notes that a node is told of inside another one that is told of; answers its number. */
  tell(node: Node, parent: Node, isShadow: boolean): number {
    const told = this.#told.get(node);
    if (told === undefined || told.isShadow !== isShadow || !this.#isStillIn(told, parent))
      return this.#write(node, { parent, isShadow });
    // It may have been let go of while what is around it was gone.
    this.#nodes.set(told.id, node);
    return told.id;
  }

  /** The same of a document in a frame; the one that was there before is gone. */
  tellDocument(document: Node, frame: Node, dom: ShownDom): void {
    const before = this.#documents.get(frame);
    if (before !== undefined && before !== document) this.remove(before, dom);
    this.#documents.set(frame, document);
    this.tell(document, frame, false);
  }

  /** Whether whoever watches has the node. */
  isShown(node: Node): boolean {
    let told = this.#told.get(node);
    while (told?.parent !== undefined) {
      if (!this.#isStillIn(told, told.parent)) return false;
      told = this.#told.get(told.parent);
    }
    return told !== undefined && this.#root !== undefined && told === this.#told.get(this.#root);
  }

  /** The same, of one inside a node that is known to be shown. */
  isShownIn(node: Node, parent: Node): boolean {
    const told = this.#told.get(node);
    return told !== undefined && this.#isStillIn(told, parent);
  }

  /** Whether it was told of, with all in it, in this very turn. */
  isFresh(node: Node): boolean {
    return this.#told.get(node)?.turn === this.#turn;
  }

  /** When it was told of last: another turn says that it has been read anew since. */
  turnOf(node: Node): number | undefined {
    return this.#told.get(node)?.turn;
  }

  /** Where a node was told to be. */
  placeOf(node: Node): { readonly parentId: number; readonly isShadow: boolean } | undefined {
    const told = this.#told.get(node);
    const parentId = told?.parent === undefined ? undefined : this.numberOf(told.parent);
    return told === undefined || parentId === undefined ? undefined : { parentId, isShadow: told.isShadow };
  }

  /** The node and all in it are shown to nobody any more. */
  remove(node: Node, dom: ShownDom): void {
    const told = this.#told.get(node);
    if (told !== undefined) told.parent = undefined;
    const open: Node[] = [node];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const id = this.numberOf(at);
      if (id !== undefined) this.#nodes.delete(id);
      const roots = [at, dom.nodeType(at) === ELEMENT ? dom.shadowRoot(at as Element) : null];
      for (const root of roots) {
        let child = root === null ? null : dom.firstChild(root);
        for (; child !== null; child = dom.nextSibling(child)) open.push(child);
      }
      const document = this.#documents.get(at);
      if (document !== undefined) open.push(document);
    }
  }

  #isStillIn(told: Told, parent: Node): boolean {
    return told.parent === parent && told.turn >= (this.#told.get(parent)?.turn ?? Number.POSITIVE_INFINITY);
  }

  #write(node: Node, place: { readonly parent: Node | undefined; readonly isShadow: boolean }): number {
    let told = this.#told.get(node);
    if (told === undefined) {
      this.#lastId += 1;
      told = { id: this.#lastId, ...place, turn: this.#turn };
      this.#told.set(node, told);
    } else Object.assign(told, place, { turn: this.#turn });
    this.#nodes.set(told.id, node);
    return told.id;
  }
}

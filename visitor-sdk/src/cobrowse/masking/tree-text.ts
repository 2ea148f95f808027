/** The JSON of a masked tree, written in parts: all of it in one go would be the longest time the page has to wait. */

import type { MaskedNode } from './masked-event.js';

/** A branch of no more nodes than this is written at once. */
const SMALL_BRANCH = 200;
type Branching = Extract<MaskedNode, { readonly childNodes: readonly MaskedNode[] }>;

export class TreeText {
  readonly #pieces: string[] = [];
  readonly #open: { readonly children: readonly MaskedNode[]; at: number }[] = [];

  constructor(root: MaskedNode) {
    this.#write(root);
  }

  /** Writes on while it may; true once all is written. */
  goOn(mayGoOn: () => boolean): boolean {
    for (let last = this.#open.at(-1); last !== undefined; last = this.#open.at(-1)) {
      const child = last.children[last.at];
      if (child === undefined) {
        this.#pieces.push(']}');
        this.#open.pop();
        continue;
      }
      if (last.at > 0) this.#pieces.push(',');
      last.at += 1;
      this.#write(child);
      if (!mayGoOn()) return false;
    }
    return true;
  }

  /** All of it, once it is written. */
  toString(): string {
    return this.#pieces.join('');
  }

  #write(node: MaskedNode): void {
    if (!('childNodes' in node) || isSmall(node)) {
      this.#pieces.push(JSON.stringify(node));
      return;
    }
    const { childNodes, ...own } = node;
    this.#pieces.push(`${JSON.stringify(own).slice(0, -1)},"childNodes":[`);
    this.#open.push({ children: childNodes, at: 0 });
  }
}

function isSmall(branch: Branching): boolean {
  const open: MaskedNode[] = [branch];
  let left = SMALL_BRANCH;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!('childNodes' in node)) continue;
    left -= node.childNodes.length;
    if (left < 0) return false;
    open.push(...node.childNodes);
  }
  return true;
}

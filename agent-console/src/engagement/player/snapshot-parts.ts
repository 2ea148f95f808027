/**
 * Cuts a checked snapshot into parts that are built one after the other: a large page built at once would keep the
 * replay from answering and from drawing for as long as that takes.
 */

import { EventType, NodeType } from '@rrweb/types';
import type { SafeEvent } from './event-grammar.js';
import type { SafeNode } from './safe-nodes.js';

/** Nodes that were left out of the page, in their order. */
export interface Branch {
  readonly parentId: number;
  /** The sibling after them that is there already; without one they come last. */
  readonly before: number | undefined;
  readonly nodes: readonly SafeNode[];
}

export interface SnapshotParts {
  readonly events: readonly SafeEvent[];
  /** What follows, part by part; none when the page is small. */
  readonly parts: readonly (readonly Branch[])[];
}

/** So many are built in a few milliseconds, and laid out in as many. */
const NODES_A_PART = 250;
/** The replayer keeps accounts of its own of these while it builds a page, so they and what they are in come first. */
const FIRST = new Set(
  'head iframe frame dialog audio video style template select textarea canvas object embed'.split(' '),
);

/** Only a page that comes last can be left unfinished: what follows would be played on what is not there yet. */
export function partsOf(events: readonly SafeEvent[]): SnapshotParts {
  const last = events.at(-1);
  if (last?.type !== EventType.FullSnapshot) return { events, parts: [] };
  const cutter = new Cutter();
  const node = cutter.trunkOf(last.data.node as SafeNode);
  const { parts } = cutter;
  if (parts.length < 2) return { events, parts: [] };
  return { events: [...events.slice(0, -1), { ...last, data: { ...last.data, node } }], parts };
}

class Cutter {
  readonly #open: (Branch & { readonly nodes: SafeNode[] })[][] = [];
  readonly #sizes = new Map<SafeNode, number>();
  readonly #first = new Set<SafeNode>();
  #room = 0;

  get parts(): readonly (readonly Branch[])[] {
    return this.#open;
  }

  /** The page without what can come later. */
  trunkOf(root: SafeNode): SafeNode {
    this.#measure(root);
    return this.#trunk(root, root.type === NodeType.Document);
  }

  /** How many nodes there are, and which of them have to come first. */
  #measure(node: SafeNode): number {
    let size = 1;
    let isFirst = FIRST.has(String(node.tagName).toLowerCase());
    for (const child of childrenOf(node)) {
      size += this.#measure(child);
      if (this.#first.has(child)) isFirst = true;
    }
    this.#sizes.set(node, size);
    if (isFirst) this.#first.add(node);
    return size;
  }

  /** `isWhole`: what is in it stays, but for what is in its body. */
  #trunk(node: SafeNode, isWhole: boolean): SafeNode {
    if (FIRST.has(String(node.tagName).toLowerCase())) return node;
    const children = childrenOf(node);
    if (isWhole) {
      const kept = children.map((child) => this.#trunk(child, !isBody(child)));
      return { ...node, childNodes: kept };
    }
    const kept = children.filter((child) => this.#first.has(child));
    const trunk = { ...node, childNodes: kept.map((child) => this.#trunk(child, false)) };
    for (const { child, before } of this.#laterOf(children)) this.#leave(child, Number(node.id), before);
    return trunk;
  }

  /** Those that come later, each with the first sibling after it that does not. */
  #laterOf(children: readonly SafeNode[]): readonly { child: SafeNode; before: number | undefined }[] {
    const later: { child: SafeNode; before: number | undefined }[] = [];
    const next: { light?: number; shadow?: number } = {};
    for (const child of [...children].reverse()) {
      const side = child.isShadow === true ? 'shadow' : 'light';
      if (this.#first.has(child)) next[side] = Number(child.id);
      else later.push({ child, before: next[side] });
    }
    return later.reverse();
  }

  /** A node for later; one that is too large by itself comes without its children, and they after it. */
  #leave(node: SafeNode, parentId: number, before: number | undefined): void {
    const size = this.#sizes.get(node) ?? 1;
    if (size <= NODES_A_PART) {
      this.#add(node, size, { parentId, before });
      return;
    }
    this.#add({ ...node, childNodes: [] }, 1, { parentId, before });
    for (const child of childrenOf(node)) this.#leave(child, Number(node.id), undefined);
  }

  #add(node: SafeNode, size: number, place: Omit<Branch, 'nodes'>): void {
    if (size > this.#room) {
      this.#open.push([]);
      this.#room = NODES_A_PART;
    }
    this.#room -= size;
    const part = this.#open.at(-1) ?? [];
    const last = part.at(-1);
    const isBeside = last?.parentId === place.parentId && last.before === place.before;
    if (isBeside) last.nodes.push(node);
    else part.push({ ...place, nodes: [node] });
  }
}

function isBody(node: SafeNode): boolean {
  return String(node.tagName).toLowerCase() === 'body';
}

function childrenOf({ childNodes }: SafeNode): readonly SafeNode[] {
  return Array.isArray(childNodes) ? (childNodes as readonly SafeNode[]) : [];
}

/** The `live` nodes that are connected now, what they said of themselves, and how to tell them something. */

import type { LiveStatus, Revocation } from '@alongside/engagement';
import { type CallAvailability, limits } from '@alongside/protocol';

/** A node whose connection is lost is waited for this long; then what lived there moves to another. */
export const NODE_LOST_MS = 10_000;

export interface LiveNode {
  readonly nodeId: string;
  readonly startNumber: string;
  readonly liveUrl: string;
  /** Without a shared desk an agent sees the queue of one node only, so that there may be one only. */
  readonly sharesDesk: boolean;
  status: LiveStatus | undefined;
  revoke(revocation: Revocation): void;
  /** Whether it is there; one that vanished without a word does not answer. */
  answers(): Promise<boolean>;
  drop(): void;
}

/** Where an engagement lives: a node and its start, as kept with it; nowhere before its first ticket. */
export interface Home {
  readonly nodeId: string | null;
  readonly nodeStart: string | null;
}

export type Admittance =
  | { readonly verdict: 'admitted' }
  /** Another node serves already, or may come back to do so. */
  | { readonly verdict: 'refused' | 'wait'; readonly other: string };

export class LiveNodes {
  readonly #nodes = new Set<LiveNode>();
  readonly #lost = new Map<string, { readonly node: LiveNode; readonly at: number }>();
  /** When each start of a node was last lost; kept for as long as an engagement can be open. */
  readonly #lastSeen = new Map<string, number>();
  readonly #clock: () => number;
  readonly #since: number;
  #admitting: Promise<unknown> = Promise.resolve();

  constructor(clock: () => number) {
    this.#clock = clock;
    this.#since = clock();
  }

  /** One after the other, so that of two that come at once the second finds the first. */
  admit(node: LiveNode): Promise<Admittance> {
    const admitted = this.#admitting.then(() => this.#admit(node));
    // One that fails must not keep out all that come after it.
    this.#admitting = admitted.catch(() => undefined);
    return admitted;
  }

  /** Its connection is lost. */
  remove(node: LiveNode): void {
    if (!this.#nodes.delete(node)) return;
    this.#lost.set(node.nodeId, { node, at: this.#clock() });
    this.#noteLoss(node);
  }

  /** The newest connection. */
  current(): LiveNode | undefined {
    return [...this.#nodes].at(-1);
  }

  /** The node of an engagement; undefined while that may come back, or there is none. */
  homeOf(home: Home): LiveNode | undefined {
    const own = [...this.#nodes].find((node) => isHome(home, node));
    if (own !== undefined || !this.#isGone(home)) return own;
    return this.current();
  }

  /** That start of the node is not there, and does not come back. */
  isOver(home: Home): boolean {
    return ![...this.#nodes].some((node) => isHome(home, node)) && this.#isGone(home);
  }

  /** Undefined where this process has not seen it go. */
  lastSeen({ nodeId, nodeStart }: Home): number | undefined {
    return this.#lastSeen.get(`${nodeId}:${nodeStart}`);
  }

  revoke(revocation: Revocation): void {
    for (const node of this.#nodes) node.revoke(revocation);
  }

  calls(): CallAvailability {
    return this.current()?.status?.calls ?? { state: 'unavailable' };
  }

  isStaffed(siteId: string): boolean {
    return [...this.#nodes].some(
      (node) => node.status?.staffedSites.some((each) => each === siteId) ?? false,
    );
  }

  async #admit(node: LiveNode): Promise<Admittance> {
    for (const other of this.#rivalsOf(node)) {
      const isItself = other.nodeId === node.nodeId && other.startNumber === node.startNumber;
      if (!isItself && (await other.answers())) return { verdict: 'refused', other: other.nodeId };
      this.#nodes.delete(other);
      this.#noteLoss(other);
      other.drop();
    }
    const missed = this.#missedBeside(node);
    if (missed !== undefined) return { verdict: 'wait', other: missed.nodeId };
    this.#lost.delete(node.nodeId);
    this.#nodes.add(node);
    return { verdict: 'admitted' };
  }

  /** Those that this one cannot serve beside: a former connection or start of it, or a desk of their own. */
  #rivalsOf(node: LiveNode): LiveNode[] {
    return [...this.#nodes].filter((other) => other.nodeId === node.nodeId || !mayServeBeside(other, node));
  }

  /** Its visitors and agents may still be there: a stranger must not take them before it is given up. */
  #missedBeside(node: LiveNode): LiveNode | undefined {
    const over = this.#clock() - NODE_LOST_MS;
    for (const [nodeId, { at }] of this.#lost) if (at <= over) this.#lost.delete(nodeId);
    const missed = [...this.#lost.values()].map((each) => each.node);
    return missed.find((other) => other.nodeId !== node.nodeId && !mayServeBeside(other, node));
  }

  #noteLoss({ nodeId, startNumber }: LiveNode): void {
    const now = this.#clock();
    const over = now - limits.returnSecretMs;
    for (const [start, at] of this.#lastSeen) if (at < over) this.#lastSeen.delete(start);
    this.#lastSeen.set(`${nodeId}:${startNumber}`, now);
  }

  #isGone({ nodeId }: Home): boolean {
    if (nodeId === null || [...this.#nodes].some((node) => node.nodeId === nodeId)) return true;
    // After a start of `records` itself its nodes are given the same time to call again.
    const lostAt = this.#lost.get(nodeId)?.at ?? this.#since;
    return this.#clock() - lostAt >= NODE_LOST_MS;
  }
}

export function isHome({ nodeId, nodeStart }: Home, node: LiveNode): boolean {
  return nodeId === node.nodeId && nodeStart === node.startNumber;
}

function mayServeBeside(one: LiveNode, other: LiveNode): boolean {
  return one.sharesDesk && other.sharesDesk;
}

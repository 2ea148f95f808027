/** The agents whom the relay has named to the visitor: who is there, how far the agreement is, who is away. */

import type { AgentId } from '@alongside/protocol';
import { frameLimits } from '@alongside/protocol';
import type { Continuity } from './continuity.js';
import type { FrameClock } from './frame-clock.js';

/** An agent on a live connection. */
export interface AgentPeer {
  readonly slot: number;
  readonly agent: AgentId;
  /** `watching`: holds the key of the epoch in use. */
  stage: 'greeting' | 'revealed' | 'introduced' | 'watching';
  /** Names the agent's page load, once it has answered. */
  agentKey: string;
  code: string;
  continuity: Continuity;
  /** The first of the unbroken run of epochs whose keys this page load was given. */
  sinceEpoch: number;
  wantsSnapshot: boolean;
  /** When the newest snapshot was taken for it, on this connection. */
  shownAtMs: number;
  /** When the agent last asked for what it had missed. */
  resumedAtMs: readonly number[];
}

/** An agent whose connection is lost, and who may take up where it was. */
interface AbsentAgent {
  readonly peer: AgentPeer;
  readonly cancelExpiry: () => void;
}

export class AgentRoster {
  readonly #clock: FrameClock;
  readonly #expired: (peer: AgentPeer) => void;
  readonly #peers = new Map<number, AgentPeer>();
  /** By the agent's page load: only the page that held the keys may take up again. */
  readonly #absent = new Map<string, AbsentAgent>();

  /** `expired` is called when an absent agent has been away too long and has lost its place. */
  constructor(clock: FrameClock, expired: (peer: AgentPeer) => void) {
    this.#clock = clock;
    this.#expired = expired;
  }

  /** Whether somebody may still need what happens on the page. */
  get watched(): boolean {
    return (
      this.#absent.size > 0 || this.peers().some((peer) => peer.stage === 'watching' || peer.wantsSnapshot)
    );
  }

  get hasAbsent(): boolean {
    return this.#absent.size > 0;
  }

  peers(): readonly AgentPeer[] {
    return [...this.#peers.values()];
  }

  peer(slot: number): AgentPeer | undefined {
    return this.#peers.get(slot);
  }

  arrive(slot: number, agent: AgentId): AgentPeer {
    const peer: AgentPeer = {
      slot,
      agent,
      stage: 'greeting',
      agentKey: '',
      code: '',
      continuity: 'new',
      sinceEpoch: 0,
      wantsSnapshot: false,
      shownAtMs: Number.NEGATIVE_INFINITY,
      resumedAtMs: [],
    };
    this.#peers.set(slot, peer);
    return peer;
  }

  /** The connection of the agent is lost; one that was watching keeps its place for a while. */
  goAway(peer: AgentPeer): void {
    this.#peers.delete(peer.slot);
    if (peer.stage !== 'watching') return;
    this.#release(peer.agentKey);
    const cancelExpiry = this.#clock.after(frameLimits.awayMs, () => {
      this.#absent.delete(peer.agentKey);
      this.#expired(peer);
    });
    this.#absent.set(peer.agentKey, { peer, cancelExpiry });
  }

  /** The agent has left: no place is kept. All that it was, with or without a connection. */
  leave(slot: number, agent: AgentId): readonly AgentPeer[] {
    const left: AgentPeer[] = [];
    const peer = this.#peers.get(slot);
    if (peer !== undefined) left.push(peer);
    this.#peers.delete(slot);
    for (const [agentKey, absent] of this.#absent) {
      if (absent.peer.agent !== agent) continue;
      this.#release(agentKey);
      left.push(absent.peer);
    }
    return left;
  }

  /** From which epoch on the agent's page load may be given frames again; undefined when it may not. */
  takeUp(peer: AgentPeer): number | undefined {
    if (peer.stage === 'watching') return peer.sinceEpoch;
    const absent = this.#absent.get(peer.agentKey);
    if (absent === undefined || absent.peer.agent !== peer.agent) return undefined;
    this.#release(peer.agentKey);
    return absent.peer.sinceEpoch;
  }

  /** The agent starts anew with a snapshot, so the place that was kept for it is of no more use. */
  startAnew(peer: AgentPeer): void {
    this.#release(peer.agentKey);
  }

  /** What those who are away have seen does not hold any more: they keep their place, and come back to a snapshot. */
  letAbsentStartAnew(): void {
    for (const { peer } of this.#absent.values()) peer.sinceEpoch = Number.POSITIVE_INFINITY;
  }

  close(): void {
    for (const agentKey of [...this.#absent.keys()]) this.#release(agentKey);
    this.#peers.clear();
  }

  #release(agentKey: string): void {
    this.#absent.get(agentKey)?.cancelExpiry();
    this.#absent.delete(agentKey);
  }
}

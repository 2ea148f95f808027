/** The places of an engagement's agents: an agent keeps its number as long as it may come back. */

import type { AgentId } from '@alongside/protocol';
import { frameLimits } from '@alongside/protocol';
import type { AgentSeat } from './agent-seat.js';
import { relayLimits } from './relay-limits.js';

interface AgentPlace {
  readonly slot: number;
  seat: AgentSeat | undefined;
  awaySinceMs: number;
}

export class AgentPlaces {
  readonly #places = new Map<AgentId, AgentPlace>();
  readonly #seats = new Map<number, AgentSeat>();
  /** Nobody else gets a number again: what was sent to its owner must reach nobody else. */
  readonly #used = new Set<number>();
  #lastSlot = 0;

  get size(): number {
    return this.#places.size;
  }

  /** Whoever is connected. */
  seated(): IterableIterator<AgentSeat> {
    return this.#seats.values();
  }

  inSlot(slot: number): AgentSeat | undefined {
    return this.#seats.get(slot);
  }

  isSeated(seat: AgentSeat): boolean {
    return this.#seats.get(seat.slot) === seat;
  }

  /** The agent's number, and its connection should it have one; undefined when there is no place left. A number that is wished for and was given to nobody yet is given. */
  reserve(agentId: AgentId, nowMs: number, wished?: number): Readonly<AgentPlace> | undefined {
    const known = this.#places.get(agentId);
    if (known !== undefined) return known;
    if (this.#places.size >= relayLimits.agentsPerEngagement || this.#lastSlot >= 0xffff) return undefined;
    const isFree = wished !== undefined && !this.#used.has(wished);
    const slot = isFree ? wished : this.#lastSlot + 1;
    this.#lastSlot = Math.max(this.#lastSlot, slot);
    this.#used.add(slot);
    const place: AgentPlace = { slot, seat: undefined, awaySinceMs: nowMs };
    this.#places.set(agentId, place);
    return place;
  }

  seat(seat: AgentSeat): void {
    const place = this.#places.get(seat.agentId);
    if (place !== undefined) place.seat = seat;
    this.#seats.set(seat.slot, seat);
  }

  /** Its connection is lost; whether it has a place to come back to. */
  unseat(seat: AgentSeat, nowMs: number): boolean {
    this.#seats.delete(seat.slot);
    const place = this.#places.get(seat.agentId);
    if (place === undefined) return false;
    place.seat = undefined;
    place.awaySinceMs = nowMs;
    return true;
  }

  /** Gives the place up, and says which it was. */
  remove(agentId: AgentId): Readonly<AgentPlace> | undefined {
    const place = this.#places.get(agentId);
    if (place === undefined) return undefined;
    this.#places.delete(agentId);
    this.#seats.delete(place.slot);
    return place;
  }

  clear(): void {
    this.#places.clear();
    this.#seats.clear();
  }

  /** Who has been away for longer than anybody comes back from. */
  awayTooLong(nowMs: number): AgentId[] {
    return [...this.#places]
      .filter(([, { seat, awaySinceMs }]) => seat === undefined && nowMs - awaySinceMs > frameLimits.awayMs)
      .map(([agentId]) => agentId);
  }
}

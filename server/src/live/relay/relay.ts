/**
 * Forwards frames between a visitor and the agents who watch, and forgets them. It reads the clear header only,
 * asks the gate before each frame, and keeps no backlog: memory for an engagement does not grow with its frames.
 */

import type { AgentId, EngagementId, RefusalCode } from '@alongside/protocol';
import type { FrameLine } from './frame-line.js';
import type { FrameAttendance, FrameGate, FrameSeat } from './ports.js';
import type { RelayCounts } from './relay-counts.js';
import { countRefusal, noCounts } from './relay-counts.js';
import { RelayRoom } from './relay-room.js';

export interface RelayDeps {
  readonly gate: FrameGate;
  readonly attendance: FrameAttendance;
  readonly now: () => number;
}

/** What the owner of an admitted socket does with it. */
export interface AdmittedLine {
  /** Returns for how many milliseconds nothing more should be read from the socket. */
  take(bytes: Uint8Array): number;
  /** The socket is closed, by whom ever. */
  lost(): void;
}

export class Relay {
  readonly #deps: RelayDeps;
  readonly #counts = noCounts();
  readonly #rooms = new Map<EngagementId, RelayRoom>();

  constructor(deps: RelayDeps) {
    this.#deps = deps;
  }

  get counts(): Readonly<RelayCounts> {
    return this.#counts;
  }

  get rooms(): number {
    return this.#rooms.size;
  }

  /** Gives a socket its place, or says why not; then the caller closes it. */
  admit(who: FrameSeat, line: FrameLine): AdmittedLine | RefusalCode {
    const { gate } = this.#deps;
    const may =
      who.role === 'visitor'
        ? gate.mayPublish(who.engagementId)
        : gate.mayWatch(who.engagementId, who.agentId);
    if (!may) {
      countRefusal(this.#counts, 'consentMissing');
      return 'consentMissing';
    }
    const room = this.#roomOf(who.engagementId);
    if (who.role === 'visitor') {
      const seat = room.admitVisitor(who, line);
      return {
        take: (bytes) => room.takeFromVisitor(seat, bytes),
        lost: () => this.#lose(room, seat.who, () => room.lose(seat)),
      };
    }
    const seat = room.admitAgent(who, line);
    if (typeof seat === 'string') {
      countRefusal(this.#counts, seat);
      return seat;
    }
    return {
      take: (bytes) => room.takeFromAgent(seat, bytes),
      lost: () => this.#lose(room, seat.who, () => room.lose(seat)),
    };
  }

  /** The consent of the engagement has ended: every connection closes in this same turn. */
  consentEnded(engagementId: EngagementId): void {
    this.#end(engagementId, 'consentMissing');
  }

  agentRemoved(engagementId: EngagementId, agentId: AgentId): void {
    this.#rooms.get(engagementId)?.removeAgent(agentId, 'notPermitted');
  }

  /** Looks at the time: about once a second. */
  sweep(): void {
    for (const [engagementId, room] of [...this.#rooms]) {
      room.sweep();
      if (!this.#deps.gate.mayPublish(engagementId)) this.consentEnded(engagementId);
      else if (room.isEmpty) this.#rooms.delete(engagementId);
    }
  }

  /** The process ends: clients see a lost connection and come back to whoever is there. */
  close(): void {
    for (const engagementId of [...this.#rooms.keys()]) this.#end(engagementId, undefined);
  }

  #end(engagementId: EngagementId, reason: RefusalCode | undefined): void {
    const room = this.#rooms.get(engagementId);
    this.#rooms.delete(engagementId);
    room?.close(reason);
  }

  #lose(room: RelayRoom, who: FrameSeat, lose: () => void): void {
    lose();
    // A room that an agent or the visitor may come back to is left to the sweep.
    if (room.isEmpty && this.#rooms.get(who.engagementId) === room) this.#rooms.delete(who.engagementId);
  }

  #roomOf(engagementId: EngagementId): RelayRoom {
    const known = this.#rooms.get(engagementId);
    if (known !== undefined) return known;
    const room = new RelayRoom({ ...this.#deps, engagementId, counts: this.#counts });
    this.#rooms.set(engagementId, room);
    return room;
  }
}

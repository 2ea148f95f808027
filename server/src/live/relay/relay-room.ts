/**
 * The frames of one engagement while its co-browse consent holds: who sits where, and what goes to whom. It
 * keeps no frame; what it holds is a few numbers for each place.
 */

import type {
  AgentId,
  EngagementId,
  FrameHeader,
  IntentHeader,
  IntentNoteCode,
  RefusalCode,
} from '@alongside/protocol';
import { readFrameAck, readIntentHeader, writeNote } from '@alongside/protocol';
import { AgentPlaces } from './agent-places.js';
import type { AgentOnFrames } from './agent-seat.js';
import { AgentSeat } from './agent-seat.js';
import { Frame } from './frame.js';
import type { FrameLine } from './frame-line.js';
import type { FrameAttendance, FrameGate, FrameSeat } from './ports.js';
import type { RelayCounts } from './relay-counts.js';
import { countRefusal } from './relay-counts.js';
import { relayLimits } from './relay-limits.js';
import { VisitorSeat } from './visitor-seat.js';

export interface RelayRoomDeps {
  readonly engagementId: EngagementId;
  readonly gate: FrameGate;
  readonly attendance: FrameAttendance;
  readonly counts: RelayCounts;
  readonly now: () => number;
}

export class RelayRoom {
  readonly #deps: RelayRoomDeps;
  #visitor: VisitorSeat | undefined;
  readonly #agents = new AgentPlaces();
  /** Agents that left while the visitor was away, who is told at the return; bounded by the slots in use. */
  readonly #leftMeanwhile = new Map<number, AgentId>();

  constructor(deps: RelayRoomDeps) {
    this.#deps = deps;
  }

  get isEmpty(): boolean {
    return this.#visitor === undefined && this.#agents.size === 0;
  }

  admitVisitor(who: FrameSeat, line: FrameLine): VisitorSeat {
    const former = this.#visitor;
    if (former !== undefined) {
      this.#loseVisitor(former);
      former.line.close('alreadyTaken');
    }
    const seat = new VisitorSeat(who, line, this.#deps.now());
    this.#visitor = seat;
    this.#deps.attendance.came(who);
    line.tell(writeNote({ admitted: { role: 'visitor', slot: 0 } }));
    for (const [slot, agent] of this.#leftMeanwhile) {
      line.tell(writeNote({ peer: { slot, agent, present: false } }));
    }
    this.#leftMeanwhile.clear();
    for (const agent of this.#agents.seated()) {
      this.#tellVisitor(agent, 'present');
      agent.line.tell(writeNote({ peer: { slot: 0, present: true } }));
    }
    return seat;
  }

  admitAgent(who: AgentOnFrames, line: FrameLine): AgentSeat | RefusalCode {
    const place = this.#agents.reserve(who.agentId, this.#deps.now(), who.place);
    if (place === undefined) return 'conflict';
    if (place.seat !== undefined) {
      const former = place.seat;
      this.#loseAgent(former);
      former.line.close('alreadyTaken');
    }
    const seat: AgentSeat = new AgentSeat(
      {
        slot: place.slot,
        who,
        line,
        counts: this.#deps.counts,
        onReadyAgain: () => this.#visitor?.line.tell(writeNote({ behind: { slot: place.slot } })),
        onSilent: () => this.#endSilent(seat),
      },
      this.#deps.now(),
    );
    this.#agents.seat(seat);
    this.#deps.attendance.came(who);
    line.tell(writeNote({ admitted: { role: 'agent', slot: place.slot } }));
    line.tell(writeNote({ peer: { slot: 0, present: this.#visitor !== undefined } }));
    this.#tellVisitor(seat, 'present');
    return seat;
  }

  /** The connection is gone; its owner may be back. */
  lose(seat: VisitorSeat | AgentSeat): void {
    if (seat instanceof VisitorSeat) this.#loseVisitor(seat);
    else this.#loseAgent(seat);
  }

  /** The agent may not watch any more, or has been away too long. */
  removeAgent(agentId: AgentId, reason: RefusalCode): void {
    const place = this.#agents.remove(agentId);
    if (place === undefined) return;
    const { slot, seat } = place;
    if (this.#visitor === undefined) this.#leftMeanwhile.set(slot, agentId);
    else this.#visitor.line.tell(writeNote({ peer: { slot, agent: agentId, present: false } }));
    if (seat === undefined) return;
    this.#deps.attendance.went(seat.who);
    seat.line.close(reason);
  }

  /** The consent has ended: nobody sends or sees anything from here on. */
  close(reason: RefusalCode | undefined): void {
    const seats = [...(this.#visitor === undefined ? [] : [this.#visitor]), ...this.#agents.seated()];
    this.#visitor = undefined;
    this.#agents.clear();
    this.#leftMeanwhile.clear();
    for (const seat of seats) {
      this.#deps.attendance.went(seat.who);
      seat.line.close(reason);
    }
  }

  /** Returns for how many milliseconds nothing more should be read from this connection. */
  takeFromVisitor(seat: VisitorSeat, bytes: Uint8Array): number {
    if (seat !== this.#visitor) return 0;
    const now = this.#deps.now();
    this.#count(bytes);
    if (!this.#deps.gate.mayPublish(this.#deps.engagementId)) {
      this.#refuse(seat, 'consentMissing');
      return 0;
    }
    const checked = seat.check.check(bytes, now);
    if (!checked.ok) {
      this.#refuse(seat, checked.code);
      return 0;
    }
    this.#toAgents(checked.header, new Frame(bytes), now);
    return checked.waitMs;
  }

  /** As for the visitor. */
  takeFromAgent(seat: AgentSeat, bytes: Uint8Array): number {
    if (!this.#agents.isSeated(seat)) return 0;
    const now = this.#deps.now();
    this.#count(bytes);
    if (!this.#mayWatch(seat)) {
      this.removeAgent(seat.agentId, 'notPermitted');
      return 0;
    }
    const checked = seat.check.check(bytes, now);
    if (!checked.ok) this.#refuse(seat, checked.code);
    else if (checked.header.kind === 'ack') this.#takeAck(seat, bytes, now);
    else if (checked.header.kind === 'intent') this.#takeIntent(seat, bytes, now);
    else this.#toVisitor(new Frame(bytes));
    return checked.ok ? checked.waitMs : 0;
  }

  sweep(): void {
    const now = this.#deps.now();
    for (const seat of [...this.#agents.seated()]) seat.sweep(now);
    for (const agentId of this.#agents.awayTooLong(now)) this.removeAgent(agentId, 'expired');
  }

  #toAgents(header: FrameHeader, frame: Frame, now: number): void {
    if (header.slot !== 0) {
      // Nobody in that slot: the agent has just left, which the visitor cannot know yet.
      const seat = this.#agents.inSlot(header.slot);
      if (seat !== undefined && this.#stillWatches(seat)) seat.sendDirect(header, frame, now);
      return;
    }
    for (const seat of this.#agents.seated()) {
      if (!this.#stillWatches(seat)) continue;
      if (header.kind === 'data') seat.sendStream(header, frame, now);
      else seat.sendDirect(header, frame, now);
    }
  }

  #toVisitor(frame: Frame): void {
    const visitor = this.#visitor;
    if (visitor === undefined) return;
    if (visitor.line.bufferedBytes > relayLimits.bufferedBytes) {
      this.#loseVisitor(visitor);
      visitor.line.close(undefined);
      return;
    }
    this.#deps.counts.forwarded += 1;
    visitor.line.send(frame);
  }

  #takeAck(seat: AgentSeat, bytes: Uint8Array, now: number): void {
    const ack = readFrameAck(bytes);
    if (ack === undefined || !seat.takeAck(ack, now)) this.#refuse(seat, 'malformed');
  }

  /** An intent that may not happen now is no offence: a lease ends while a click is on its way. */
  #takeIntent(seat: AgentSeat, bytes: Uint8Array, now: number): void {
    const intent = readIntentHeader(bytes);
    if (intent === undefined) {
      this.#refuse(seat, 'malformed');
      return;
    }
    const act = {
      engagementId: this.#deps.engagementId,
      agentId: seat.agentId,
      intent: intent.intent,
      lease: intent.lease,
    };
    if (this.#visitor === undefined) this.#passOver(seat, intent, 'peerAbsent');
    else if (!this.#deps.gate.mayAct(act)) this.#passOver(seat, intent, 'leaseMissing');
    else if (!seat.mayHurry(intent.intent, now)) this.#passOver(seat, intent, 'tooFast');
    else {
      this.#deps.counts.intents += 1;
      this.#toVisitor(new Frame(bytes));
      this.#deps.gate.acted(act);
    }
  }

  #passOver(seat: AgentSeat, { epoch, sequence }: IntentHeader, code: IntentNoteCode): void {
    countRefusal(this.#deps.counts, code);
    seat.line.tell(writeNote({ refused: { epoch, sequence, code } }));
  }

  #refuse(seat: VisitorSeat | AgentSeat, code: RefusalCode): void {
    countRefusal(this.#deps.counts, code);
    this.lose(seat);
    seat.line.close(code);
  }

  #loseVisitor(seat: VisitorSeat): void {
    if (seat !== this.#visitor) return;
    this.#visitor = undefined;
    this.#deps.attendance.went(seat.who);
    for (const agent of this.#agents.seated()) {
      agent.line.tell(writeNote({ peer: { slot: 0, present: false } }));
    }
  }

  #loseAgent(seat: AgentSeat): void {
    if (!this.#agents.isSeated(seat)) return;
    this.#deps.attendance.went(seat.who);
    if (this.#agents.unseat(seat, this.#deps.now())) this.#tellVisitor(seat, 'away');
  }

  #endSilent(seat: AgentSeat): void {
    this.#deps.counts.silentReaders += 1;
    this.#loseAgent(seat);
    seat.line.close(undefined);
  }

  #stillWatches(seat: AgentSeat): boolean {
    if (this.#mayWatch(seat)) return true;
    this.removeAgent(seat.agentId, 'notPermitted');
    return false;
  }

  #mayWatch(seat: AgentSeat): boolean {
    return this.#deps.gate.mayWatch(this.#deps.engagementId, seat.agentId);
  }

  #tellVisitor(seat: AgentSeat, state: 'present' | 'away'): void {
    const peer = { slot: seat.slot, agent: seat.agentId };
    this.#visitor?.line.tell(
      writeNote({
        peer: state === 'present' ? { ...peer, present: true } : { ...peer, present: false, away: true },
      }),
    );
  }

  #count(bytes: Uint8Array): void {
    this.#deps.counts.frames += 1;
    this.#deps.counts.bytes += bytes.byteLength;
  }
}

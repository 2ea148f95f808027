/**
 * A relay in memory that follows the wire's rules to the letter and remembers every breach of them by a client.
 * It can lose, change and hold back frames, cut an agent, and lose connections.
 */

import type { AgentId, AgentNote, FrameAck, FrameHeader, FrameLane, VisitorNote } from '@alongside/protocol';
import {
  frameLane,
  frameSizeLimit,
  readFrameAck,
  readFrameAdmission,
  readFrameHeader,
  writeNote,
} from '@alongside/protocol';
import type { Bytes } from '../src/bytes.js';
import type { FrameSocket } from '../src/frame-socket.js';

export interface RelayedFrame {
  readonly to: number;
  readonly header: FrameHeader;
  readonly frame: Bytes;
}

interface Seat {
  readonly slot: number;
  readonly agent: AgentId | undefined;
  readonly socket: MemorySocket;
  readonly lanes: Map<FrameLane, { epoch: number; next: number }>;
  cutEpoch: number | undefined;
}

/** Both ends are in one process: what is sent arrives in a later microtask, in order. */
class MemorySocket implements FrameSocket {
  onMessage: ((message: Bytes | string) => void) | undefined;
  onClose: ((code: number, reason: string) => void) | undefined;
  bufferedAmount = 0;
  open = true;
  readonly #received: (message: Bytes | string) => void;
  readonly #closed: () => void;

  constructor(received: (message: Bytes | string) => void, closed: () => void) {
    this.#received = received;
    this.#closed = closed;
  }

  send(...messages: readonly (Bytes | string)[]): void {
    if (!this.open) return;
    for (const message of messages) {
      const copy = typeof message === 'string' ? message : message.slice();
      queueMicrotask(() => {
        if (this.open) this.#received(copy);
      });
    }
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    queueMicrotask(() => this.#closed());
  }

  /** To each its own copy, as over a network: what arrives may be handed on. */
  deliver(message: Bytes | string): void {
    const copy = typeof message === 'string' ? message : message.slice();
    queueMicrotask(() => {
      if (this.open) this.onMessage?.(copy);
    });
  }

  lose(code = 1006, reason = ''): void {
    if (!this.open) return;
    this.open = false;
    queueMicrotask(() => this.onClose?.(code, reason));
  }
}

export class RelayDouble {
  /** Rules that a client broke. A test that expects none asserts that this is empty. */
  readonly breaches: string[] = [];
  readonly forwarded: RelayedFrame[] = [];
  readonly acks: FrameAck[] = [];
  /** What becomes of a frame on its way; undefined loses it. */
  between: (frame: Bytes, to: number) => Bytes | readonly Bytes[] | undefined = (frame) => frame;
  readonly #passes = new Map<string, { readonly slot: number; readonly agent?: AgentId }>();
  readonly #seats = new Map<number, Seat>();
  #passesMade = 0;
  #messages = 0;

  /** Grows with every message, so that a test can wait until nothing moves. */
  get activity(): number {
    return this.#messages;
  }

  pass(slot: number, agent?: AgentId): string {
    this.#passesMade += 1;
    const pass = `${this.#passesMade}`.padStart(43, 'p');
    this.#passes.set(pass, agent === undefined ? { slot } : { slot, agent });
    return pass;
  }

  connect(): FrameSocket {
    let seat: Seat | undefined;
    const socket = new MemorySocket(
      (message) => {
        this.#messages += 1;
        if (seat === undefined) seat = this.#admit(message, socket);
        else if (typeof message === 'string') this.breaches.push('a second text message');
        else this.#forward(seat, message);
      },
      () => {
        if (seat !== undefined) this.#gone(seat, false);
      },
    );
    return socket;
  }

  /** Whether somebody is connected in this slot. */
  holds(slot: number): boolean {
    return this.#seats.has(slot);
  }

  /** Loses a connection as a network does: neither side is told why. */
  lose(slot: number): void {
    const seat = this.#seats.get(slot);
    seat?.socket.lose();
    if (seat !== undefined) this.#gone(seat, true);
  }

  /** The agent leaves, or may not watch any more. */
  expel(slot: number): void {
    const seat = this.#seats.get(slot);
    seat?.socket.lose(4403, 'notPermitted');
    if (seat !== undefined) this.#gone(seat, false);
  }

  /** Tells the visitor that an agent that was away is not coming back. */
  giveUp(slot: number, agent: AgentId): void {
    this.#toVisitor({ peer: { slot, agent, present: false } });
  }

  /** Cuts an agent from the stream, as one that does not read. */
  cut(slot: number): void {
    const seat = this.#seats.get(slot);
    const epoch = this.#seats.get(0)?.lanes.get('stream')?.epoch ?? 0;
    if (seat === undefined) throw new Error('There is nobody to cut.');
    seat.cutEpoch = epoch;
    seat.socket.deliver(writeNote({ cut: { epoch } }));
    this.#toVisitor({ behind: { slot } });
  }

  /** Puts bytes onto a client's socket as if they had been forwarded. */
  inject(to: number, frame: Bytes): void {
    this.#messages += 1;
    this.#seats.get(to)?.socket.deliver(frame);
  }

  note(to: number, text: string): void {
    this.#seats.get(to)?.socket.deliver(text);
  }

  #admit(message: Bytes | string, socket: MemorySocket): Seat | undefined {
    const admission = typeof message === 'string' ? readFrameAdmission(message) : undefined;
    const place = admission && this.#passes.get(admission.pass);
    if (admission === undefined || place === undefined) {
      socket.lose(4401, 'passUnknown');
      return undefined;
    }
    this.#passes.delete(admission.pass);
    const former = this.#seats.get(place.slot);
    if (former !== undefined) this.lose(place.slot);
    const seat: Seat = {
      slot: place.slot,
      agent: place.agent,
      socket,
      lanes: new Map(),
      cutEpoch: undefined,
    };
    this.#seats.set(place.slot, seat);
    const admitted =
      place.slot === 0
        ? ({ role: 'visitor', slot: 0 } as const)
        : ({ role: 'agent', slot: place.slot } as const);
    socket.deliver(writeNote({ admitted }));
    this.#introduce(seat);
    return seat;
  }

  #introduce(seat: Seat): void {
    for (const agentSeat of this.#seats.values()) {
      if (agentSeat.agent === undefined || (seat.slot !== 0 && agentSeat !== seat)) continue;
      this.#toVisitor({ peer: { slot: agentSeat.slot, agent: agentSeat.agent, present: true } });
      agentSeat.socket.deliver(writeNote({ peer: { slot: 0, present: this.#seats.has(0) } }));
    }
  }

  #gone(seat: Seat, away: boolean): void {
    if (this.#seats.get(seat.slot) !== seat) return;
    this.#seats.delete(seat.slot);
    if (seat.agent === undefined) {
      const note: AgentNote = { peer: { slot: 0, present: false } };
      for (const other of this.#seats.values()) other.socket.deliver(writeNote(note));
      return;
    }
    const peer = { slot: seat.slot, agent: seat.agent, present: false };
    this.#toVisitor({ peer: away ? { ...peer, away: true } : peer });
  }

  #toVisitor(note: VisitorNote): void {
    this.#seats.get(0)?.socket.deliver(writeNote(note));
  }

  #forward(from: Seat, frame: Bytes): void {
    const header = readFrameHeader(frame);
    if (header === undefined || frame.byteLength > frameSizeLimit(header.kind)) {
      this.breaches.push('bytes that are no frame, or too many');
      return;
    }
    this.#checkOrder(from, header);
    if (header.kind === 'ack') {
      this.#takeAck(from, frame);
    } else if (from.slot !== 0) {
      if (header.slot !== from.slot) this.breaches.push(`slot ${header.slot} used by ${from.slot}`);
      this.#deliver(0, header, frame);
    } else {
      for (const seat of this.#seats.values()) {
        if (seat.slot !== 0 && this.#mayReceive(seat, header)) this.#deliver(seat.slot, header, frame);
      }
    }
  }

  #mayReceive(seat: Seat, header: FrameHeader): boolean {
    if (header.slot !== 0) return header.slot === seat.slot;
    if (seat.cutEpoch === header.epoch) return false;
    seat.cutEpoch = undefined;
    return true;
  }

  #deliver(to: number, header: FrameHeader, frame: Bytes): void {
    const passed = this.between(frame, to) ?? [];
    for (const out of passed instanceof Uint8Array ? [passed] : passed) {
      this.forwarded.push({ to, header, frame: out });
      this.#seats.get(to)?.socket.deliver(out);
    }
  }

  #checkOrder(from: Seat, header: FrameHeader): void {
    const lane = frameLane(header.kind);
    if (lane === 'none' || header.resend) return;
    const at = from.lanes.get(lane);
    const next = at !== undefined && at.epoch === header.epoch ? at.next : 0;
    if (header.sequence !== next) {
      this.breaches.push(`${header.kind} ${header.sequence} from ${from.slot} where ${next} was next`);
    }
    from.lanes.set(lane, { epoch: header.epoch, next: header.sequence + 1 });
  }

  #takeAck(from: Seat, frame: Bytes): void {
    const ack = readFrameAck(frame);
    if (ack === undefined || from.slot === 0 || ack.slot !== from.slot) this.breaches.push('a wrong ack');
    else this.acks.push(ack);
  }
}

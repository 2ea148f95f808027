/** The relay with lines that remember what was done to them, and a gate that a test commands. */

import type { AgentId, EngagementId, FrameHeader, RefusalCode } from '@alongside/protocol';
import { FRAME_HEADER_BYTES, writeFrameHeader, writeIntentHeader } from '@alongside/protocol';
import type { Frame } from '../src/live/relay/frame.js';
import type { FrameLine } from '../src/live/relay/frame-line.js';
import type { Act, FrameSeat } from '../src/live/relay/ports.js';
import type { AdmittedLine } from '../src/live/relay/relay.js';
import { Relay } from '../src/live/relay/relay.js';

export const engagementId = '0b7a3c52-5f0e-4a53-9a54-2f3d7a1c9e10' as EngagementId;
export const otherEngagement = '0b7a3c52-5f0e-4a53-9a54-2f3d7a1c9e11' as EngagementId;
export const aki = '6f1c1f0e-2f55-4e7d-9a0b-000000000001' as AgentId;
export const noor = '6f1c1f0e-2f55-4e7d-9a0b-000000000002' as AgentId;

export class Line implements FrameLine {
  bufferedBytes = 0;
  readonly frames: Frame[] = [];
  readonly notes: unknown[] = [];
  closed: RefusalCode | 'lost' | undefined;

  send(frame: Frame): void {
    this.frames.push(frame);
  }

  tell(note: string): void {
    this.notes.push(JSON.parse(note));
  }

  close(reason: RefusalCode | undefined): void {
    this.closed ??= reason ?? 'lost';
  }

  headers(): readonly number[][] {
    return this.frames.map((frame) => [...frame.release().subarray(0, FRAME_HEADER_BYTES)]);
  }
}

export interface Client {
  readonly line: Line;
  readonly admitted: AdmittedLine;
}

export class RelayWorld {
  now = 1_000_000;
  viewing = new Set<EngagementId>([engagementId, otherEngagement]);
  watching = new Set<AgentId>([aki, noor]);
  lease = 0;
  readonly acts: Act[] = [];
  readonly attendance: string[] = [];
  readonly relay = new Relay({
    gate: {
      mayPublish: (id) => this.viewing.has(id),
      mayWatch: (id, agent) => this.viewing.has(id) && this.watching.has(agent),
      mayAct: (act) => act.lease === this.lease,
      acted: (act) => this.acts.push(act),
    },
    attendance: {
      came: (seat) => this.attendance.push(`${seat.role} came`),
      went: (seat) => this.attendance.push(`${seat.role} went`),
    },
    now: () => this.now,
  });

  visitor(id = engagementId): Client {
    return this.#admit({ role: 'visitor', engagementId: id, sessionId: 'page' });
  }

  agent(agentId = aki, id = engagementId): Client {
    return this.#admit({ role: 'agent', engagementId: id, sessionId: 'window', agentId });
  }

  #admit(seat: FrameSeat): Client {
    const line = new Line();
    const admitted = this.relay.admit(seat, line);
    if (typeof admitted === 'string') throw new Error(`not admitted: ${admitted}`);
    return { line, admitted };
  }
}

export const base: FrameHeader = { kind: 'data', resend: false, slot: 0, epoch: 7, sequence: 0 };

export function frame(header: Partial<FrameHeader> = {}, bodyBytes = 20): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + bodyBytes);
  bytes.set(writeFrameHeader({ ...base, ...header }));
  return bytes;
}

export function intent(lease: number, sequence: number): Uint8Array {
  const header = { ...base, kind: 'intent', intent: 'click', slot: 1, sequence, lease } as const;
  return writeIntentHeader({ ...header, seenEpoch: 7, seenSequence: 0 });
}

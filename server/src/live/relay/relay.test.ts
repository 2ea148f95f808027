/** The relay's rules, with lines that remember what was done to them. */

import type { AgentId, EngagementId, FrameHeader, RefusalCode } from '@alongside/protocol';
import {
  FRAME_HEADER_BYTES,
  frameSizeLimit,
  writeFrameAck,
  writeFrameHeader,
  writeIntentHeader,
} from '@alongside/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Frame } from './frame.js';
import type { FrameLine } from './frame-line.js';
import type { Act, FrameSeat } from './ports.js';
import type { AdmittedLine } from './relay.js';
import { Relay } from './relay.js';
import { relayLimits } from './relay-limits.js';

const engagementId = '0b7a3c52-5f0e-4a53-9a54-2f3d7a1c9e10' as EngagementId;
const otherEngagement = '0b7a3c52-5f0e-4a53-9a54-2f3d7a1c9e11' as EngagementId;
const aki = '6f1c1f0e-2f55-4e7d-9a0b-000000000001' as AgentId;
const noor = '6f1c1f0e-2f55-4e7d-9a0b-000000000002' as AgentId;

class Line implements FrameLine {
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

interface Client {
  readonly line: Line;
  readonly admitted: AdmittedLine;
}

class World {
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

const base: FrameHeader = { kind: 'data', resend: false, slot: 0, epoch: 7, sequence: 0 };

function frame(header: Partial<FrameHeader> = {}, bodyBytes = 20): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + bodyBytes);
  bytes.set(writeFrameHeader({ ...base, ...header }));
  return bytes;
}

function intent(lease: number, sequence: number): Uint8Array {
  const header = { ...base, kind: 'intent', intent: 'click', slot: 1, sequence, lease } as const;
  return writeIntentHeader({ ...header, seenEpoch: 7, seenSequence: 0 });
}

let world: World;
beforeEach(() => {
  world = new World();
});

describe('Forwarding', () => {
  it('hands the very same buffer to each watching agent, and to nobody of another engagement', () => {
    const visitor = world.visitor();
    const [first, second] = [world.agent(aki), world.agent(noor)];
    const stranger = world.agent(aki, otherEngagement);
    const bytes = frame();
    visitor.admitted.take(bytes);
    expect(first.line.frames.map((each) => each.release())).toEqual([bytes]);
    expect(second.line.frames[0]?.release()).toBe(bytes);
    expect(stranger.line.frames).toHaveLength(0);
  });

  it('gives a frame with a slot to that agent alone', () => {
    const visitor = world.visitor();
    const [first, second] = [world.agent(aki), world.agent(noor)];
    visitor.admitted.take(frame({ kind: 'snapshot', slot: 2 }));
    visitor.admitted.take(frame({ kind: 'data', slot: 1, resend: true, sequence: 900 }));
    expect(first.line.frames).toHaveLength(1);
    expect(second.line.frames).toHaveLength(1);
    expect(visitor.line.closed).toBe(undefined);
  });

  it('tells nobody apart by what a frame holds, and drops what is for an empty slot', () => {
    const visitor = world.visitor();
    visitor.admitted.take(frame({ kind: 'answer', slot: 3 }));
    expect(visitor.line.closed).toBe(undefined);
  });

  it('passes what an agent sends to the visitor alone, and its acks to nobody', () => {
    const visitor = world.visitor();
    const [first, second] = [world.agent(aki), world.agent(noor)];
    first.admitted.take(frame({ kind: 'want', slot: 1 }));
    first.admitted.take(writeFrameAck({ slot: 1, epoch: 0, sequence: 0, consumedBytes: 0 }));
    expect(visitor.line.frames).toHaveLength(1);
    expect(second.line.frames).toHaveLength(0);
  });
});

describe('Consent', () => {
  it('is asked before each frame: a frame after its end closes the sender and reaches nobody', () => {
    const visitor = world.visitor();
    const agent = world.agent();
    world.viewing.delete(engagementId);
    visitor.admitted.take(frame());
    expect(visitor.line.closed).toBe('consentMissing');
    expect(agent.line.frames).toHaveLength(0);
  });

  it('that ends closes every connection in the same turn, and admits nobody', () => {
    const visitor = world.visitor();
    const agent = world.agent();
    world.viewing.delete(engagementId);
    world.relay.consentEnded(engagementId);
    expect([visitor.line.closed, agent.line.closed]).toEqual(['consentMissing', 'consentMissing']);
    expect(world.relay.rooms).toBe(0);
    visitor.admitted.take(frame());
    expect(agent.line.frames).toHaveLength(0);
    const seat = { role: 'visitor', engagementId, sessionId: 'page' } as const;
    expect(world.relay.admit(seat, new Line())).toBe('consentMissing');
    expect(world.attendance).toEqual(['visitor came', 'agent came', 'visitor went', 'agent went']);
  });

  it('of one agent ends for that agent, and the visitor is told that it left', () => {
    const visitor = world.visitor();
    const [first, second] = [world.agent(aki), world.agent(noor)];
    world.watching.delete(aki);
    visitor.admitted.take(frame());
    expect(first.line.closed).toBe('notPermitted');
    expect(second.line.frames).toHaveLength(1);
    expect(visitor.line.notes.at(-1)).toEqual({ peer: { slot: 1, agent: aki, present: false } });
  });
});

describe('A bad frame', () => {
  const bad: readonly (readonly [string, 'visitor' | 'agent', Uint8Array, RefusalCode])[] = [
    ['is no frame', 'visitor', new Uint8Array([99, 0, 0]), 'malformed'],
    ['has an unknown kind', 'visitor', frame().fill(200, 0, 1), 'malformed'],
    ['has an unknown flag', 'visitor', frame().fill(2, 1, 2), 'malformed'],
    ['is too large', 'visitor', frame({}, frameSizeLimit('data')), 'tooLarge'],
    ['is of the other side', 'visitor', frame({ kind: 'want', slot: 1 }), 'notPermitted'],
    ['skips a sequence', 'visitor', frame({ sequence: 1 }), 'conflict'],
    ['addresses the stream to one', 'visitor', frame({ slot: 1 }), 'notPermitted'],
    ['addresses a snapshot to all', 'visitor', frame({ kind: 'snapshot' }), 'notPermitted'],
    ['resends to all', 'visitor', frame({ resend: true }), 'notPermitted'],
    ['is of the visitor', 'agent', frame({ slot: 1 }), 'notPermitted'],
    ['speaks for another slot', 'agent', frame({ kind: 'want', slot: 2 }), 'notPermitted'],
    ['is a short ack', 'agent', frame({ kind: 'ack', slot: 1 }, 1), 'malformed'],
    ['is a short intent', 'agent', frame({ kind: 'intent', slot: 1 }, 3), 'malformed'],
    [
      'acknowledges more than was sent',
      'agent',
      writeFrameAck({ slot: 1, epoch: 0, sequence: 0, consumedBytes: 5000 }),
      'malformed',
    ],
  ];

  it.each(bad)('that %s (%s) closes its sender and nobody else', (_what, side, bytes, code) => {
    const visitor = world.visitor();
    const [agent, other] = [world.agent(aki), world.agent(noor)];
    const [sender, innocent] = side === 'visitor' ? [visitor, agent] : [agent, visitor];
    sender.admitted.take(bytes);
    expect(sender.line.closed).toBe(code);
    expect([innocent.line.closed, other.line.closed]).toEqual([undefined, undefined]);
    expect([...innocent.line.frames, ...other.line.frames]).toHaveLength(0);
    expect(world.relay.counts.refused[code]).toBe(1);
  });

  it('that comes twice is refused, and the next in order is not', () => {
    const visitor = world.visitor();
    const agent = world.agent();
    for (const sequence of [0, 1, 2]) visitor.admitted.take(frame({ sequence }));
    visitor.admitted.take(frame({ epoch: 4, sequence: 0 }));
    expect(visitor.line.closed).toBe(undefined);
    visitor.admitted.take(frame({ epoch: 4, sequence: 0 }));
    expect(visitor.line.closed).toBe('conflict');
    expect(agent.line.frames).toHaveLength(4);
  });

  it('too many in a second are paid for by waiting, and not by the loss of the view', () => {
    const visitor = world.visitor();
    const { burst, perSecond } = relayLimits.visitorFrames;
    let sequence = 0;
    const sendOne = (): number => {
      sequence += 1;
      return visitor.admitted.take(frame({ sequence: sequence - 1 }));
    };
    for (let each = 0; each < burst; each += 1) expect(sendOne()).toBe(0);
    expect(sendOne()).toBe(1000 / perSecond);
    world.now += 1000;
    for (let each = 0; each < perSecond - 1; each += 1) expect(sendOne()).toBe(0);
    expect(visitor.line.closed).toBe(undefined);
  });

  it('from one that sends on regardless end it', () => {
    const visitor = world.visitor();
    const { burst, perSecond } = relayLimits.visitorFrames;
    const most = burst + (relayLimits.longestWaitMs / 1000) * perSecond;
    for (let sequence = 0; sequence < most; sequence += 1) visitor.admitted.take(frame({ sequence }));
    expect(visitor.line.closed).toBe(undefined);
    visitor.admitted.take(frame({ sequence: most }));
    expect(visitor.line.closed).toBe('tooFast');
  });
});

describe('Intents', () => {
  it('pass under the lease in force, and are counted', () => {
    const visitor = world.visitor();
    const agent = world.agent();
    world.lease = 5;
    agent.admitted.take(intent(5, 0));
    expect(visitor.line.frames).toHaveLength(1);
    expect(world.acts).toEqual([{ engagementId, agentId: aki, intent: 'click', lease: 5 }]);
  });

  it('under a lease that has ended are not passed on; the agent is told and stays', () => {
    const visitor = world.visitor();
    const agent = world.agent();
    world.lease = 6;
    agent.admitted.take(intent(5, 0));
    expect(visitor.line.frames).toHaveLength(0);
    expect(world.acts).toHaveLength(0);
    expect(agent.line.closed).toBe(undefined);
    expect(agent.line.notes.at(-1)).toEqual({ refused: { epoch: 7, sequence: 0, code: 'leaseMissing' } });
  });

  it('beyond the rate are not passed on until the next second', () => {
    const visitor = world.visitor();
    const agent = world.agent();
    for (let sequence = 0; sequence < 12; sequence += 1) agent.admitted.take(intent(0, sequence));
    expect(visitor.line.frames).toHaveLength(10);
    world.now += 100;
    agent.admitted.take(intent(0, 12));
    expect(visitor.line.frames).toHaveLength(11);
  });

  it('without a visitor are not passed on', () => {
    const agent = world.agent();
    agent.admitted.take(intent(0, 0));
    expect(agent.line.notes.at(-1)).toEqual({ refused: { epoch: 7, sequence: 0, code: 'peerAbsent' } });
  });
});

describe('Who is there', () => {
  it('is told to both sides, and an agent that comes back has its slot again', () => {
    const agent = world.agent(noor);
    const visitor = world.visitor();
    expect(agent.line.notes).toEqual([
      { admitted: { role: 'agent', slot: 1 } },
      { peer: { slot: 0, present: false } },
      { peer: { slot: 0, present: true } },
    ]);
    agent.admitted.lost();
    expect(visitor.line.notes.at(-1)).toEqual({ peer: { slot: 1, agent: noor, present: false, away: true } });
    world.agent(aki);
    const back = world.agent(noor);
    expect(back.line.notes[0]).toEqual({ admitted: { role: 'agent', slot: 1 } });
  });

  it('a newer connection of the same person takes the place of the former', () => {
    const visitor = world.visitor();
    const agent = world.agent();
    const newer = world.agent();
    expect(agent.line.closed).toBe('alreadyTaken');
    const page = world.visitor();
    expect(visitor.line.closed).toBe('alreadyTaken');
    visitor.admitted.take(frame());
    page.admitted.take(frame());
    expect(newer.line.frames).toHaveLength(1);
  });

  it('an agent that is away too long has left, which a visitor who was away is told first', () => {
    const visitor = world.visitor();
    world.agent(aki).admitted.lost();
    world.agent(noor);
    visitor.admitted.lost();
    world.now += 121_000;
    world.relay.sweep();
    const back = world.visitor();
    expect(back.line.notes).toEqual([
      { admitted: { role: 'visitor', slot: 0 } },
      { peer: { slot: 1, agent: aki, present: false } },
      { peer: { slot: 2, agent: noor, present: true } },
    ]);
  });
});

describe('A slow reader', () => {
  function send(
    visitor: Client,
    count: number,
    options: { from?: number; epoch?: number; bytes?: number } = {},
  ) {
    const { from = 0, epoch = 7, bytes = 1000 } = options;
    for (let each = 0; each < count; each += 1) {
      visitor.admitted.take(frame({ epoch, sequence: from + each }, bytes));
    }
  }

  it('is cut from the stream beyond a megabyte, while the others go on', () => {
    const visitor = world.visitor();
    const slow = world.agent(aki);
    const good = world.agent(noor);
    let consumed = 0;
    for (let part = 0; part < 20; part += 1) {
      send(visitor, 100, { from: part * 100 });
      consumed += 100 * 1012;
      const ack = { slot: 2, epoch: 7, sequence: (part + 1) * 100, consumedBytes: consumed };
      good.admitted.take(writeFrameAck(ack));
      world.now += 50;
    }
    expect(good.line.frames).toHaveLength(2000);
    const sentBytes = slow.line.frames.reduce((sum, each) => sum + each.byteLength, 0);
    expect(sentBytes).toBeLessThan(relayLimits.behindBytes + 2000);
    expect(slow.line.notes.at(-1)).toEqual({ cut: { epoch: 7 } });
    expect(world.relay.counts.cuts).toBe(1);
    // It cannot take a snapshot yet, so the visitor is not asked for one.
    expect(visitor.line.notes.some((note) => JSON.stringify(note).includes('behind'))).toBe(false);
  });

  it('that has caught up gets the next epoch, of which the visitor is told once', () => {
    const visitor = world.visitor();
    const slow = world.agent(aki);
    send(visitor, 1200);
    const sentFrames = slow.line.frames.length;
    const consumedBytes = slow.line.frames.reduce((sum, each) => sum + each.byteLength, 0);
    slow.admitted.take(writeFrameAck({ slot: 1, epoch: 7, sequence: sentFrames, consumedBytes }));
    slow.admitted.take(writeFrameAck({ slot: 1, epoch: 7, sequence: sentFrames, consumedBytes }));
    expect(visitor.line.notes.filter((note) => JSON.stringify(note).includes('behind'))).toEqual([
      { behind: { slot: 1 } },
    ]);
    send(visitor, 5, { from: 1200 });
    expect(slow.line.frames).toHaveLength(sentFrames);
    send(visitor, 5, { epoch: 8 });
    expect(slow.line.frames).toHaveLength(sentFrames + 5);
  });

  it('is cut when it owes an acknowledgement for two seconds, and let go when it stays silent', () => {
    const visitor = world.visitor();
    const slow = world.agent(aki);
    send(visitor, 16, { bytes: 10 });
    world.now += 1900;
    send(visitor, 1, { from: 16, bytes: 10 });
    expect(slow.line.frames).toHaveLength(17);
    world.now += 200;
    send(visitor, 1, { from: 17, bytes: 10 });
    expect(slow.line.frames).toHaveLength(17);
    world.now += 14_000;
    world.relay.sweep();
    expect(slow.line.closed).toBe('lost');
    expect(visitor.line.notes.at(-1)).toEqual({ peer: { slot: 1, agent: aki, present: false, away: true } });
  });

  it('is not cut for a snapshot that takes its time', () => {
    const visitor = world.visitor();
    const agent = world.agent(aki);
    for (let part = 0; part < 24; part += 1) {
      visitor.admitted.take(frame({ kind: 'snapshot', slot: 1, sequence: part }, 200_000));
    }
    world.now += 3000;
    send(visitor, 30);
    expect(agent.line.frames).toHaveLength(54);
    expect(world.relay.counts.cuts).toBe(0);
  });

  it('that claims to read what it does not is caught by what its socket holds', () => {
    const visitor = world.visitor();
    const liar = world.agent(aki);
    liar.line.bufferedBytes = relayLimits.bufferedBytes + 1;
    send(visitor, 1);
    world.relay.sweep();
    expect(liar.line.closed).toBe('lost');
    expect(visitor.line.closed).toBe(undefined);
  });
});

/** The relay's rules of forwarding, consent, order and intents. */

import type { RefusalCode } from '@alongside/protocol';
import { frameSizeLimit, writeFrameAck } from '@alongside/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  aki,
  engagementId,
  frame,
  intent,
  Line,
  noor,
  otherEngagement,
  RelayWorld,
} from '../../../test/relay-world.js';
import { relayLimits } from './relay-limits.js';

let world: RelayWorld;
beforeEach(() => {
  world = new RelayWorld();
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

import { writeFrameAck } from '@alongside/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { aki, type Client, frame, noor, RelayWorld } from '../../../test/relay-world.js';
import { relayLimits } from './relay-limits.js';

let world: RelayWorld;
beforeEach(() => {
  world = new RelayWorld();
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

  it('is cut from the stream beyond 256 KiB, while the others go on', () => {
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

  it.each([
    { parts: 3, most: 600_000 },
    { parts: 12, most: relayLimits.behindBytesOfLargePage },
  ])('may owe as much as a snapshot of $parts parts has, and no more than a megabyte', ({ parts, most }) => {
    const visitor = world.visitor();
    const slow = world.agent(aki);
    for (let part = 0; part < parts; part += 1)
      visitor.admitted.take(frame({ kind: 'snapshot', slot: 1, sequence: part }, 200_000));
    const consumedBytes = slow.line.frames.reduce((sum, each) => sum + each.byteLength, 0);
    slow.admitted.take(writeFrameAck({ slot: 1, epoch: 7, sequence: 0, consumedBytes }));
    send(visitor, 2000);
    const owedBytes = slow.line.frames.slice(parts).reduce((sum, each) => sum + each.byteLength, 0);
    expect(owedBytes).toBeGreaterThan(most);
    expect(owedBytes).toBeLessThan(most + 2000);
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

  it('is given no more time by what is small and for it alone', () => {
    const visitor = world.visitor();
    const slow = world.agent(aki);
    visitor.admitted.take(frame({ kind: 'answer', slot: 1, sequence: 0 }, 10));
    send(visitor, 16, { bytes: 10 });
    world.now += 2100;
    send(visitor, 1, { from: 16, bytes: 10 });
    expect(slow.line.notes.at(-1)).toEqual({ cut: { epoch: 7 } });
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

  it('is given no more time once it has read its snapshot, though it goes on to owe a little', () => {
    const visitor = world.visitor();
    const slow = world.agent(aki);
    const sent = () => slow.line.frames.reduce((sum, each) => sum + each.byteLength, 0);
    visitor.admitted.take(frame({ kind: 'snapshot', slot: 1, sequence: 0 }, 200_000));
    const read = sent();
    send(visitor, 16, { bytes: 10 });
    slow.admitted.take(writeFrameAck({ slot: 1, epoch: 7, sequence: 0, consumedBytes: read - 1 }));
    send(visitor, 16, { from: 16, bytes: 10 });
    world.now += 2100;
    send(visitor, 1, { from: 32, bytes: 10 });
    expect(world.relay.counts.cuts, 'the last of it is still to be built').toBe(0);
    slow.admitted.take(writeFrameAck({ slot: 1, epoch: 7, sequence: 0, consumedBytes: read }));
    send(visitor, 16, { from: 33, bytes: 10 });
    world.now += 2100;
    send(visitor, 1, { from: 49, bytes: 10 });
    expect(slow.line.notes.at(-1)).toEqual({ cut: { epoch: 7 } });
  });

  it('is given more time for frames that are sent again', () => {
    const visitor = world.visitor();
    const slow = world.agent(aki);
    visitor.admitted.take(frame({ kind: 'data', slot: 1, resend: true, sequence: 900 }, 10));
    send(visitor, 16, { bytes: 10 });
    world.now += 2100;
    send(visitor, 1, { from: 16, bytes: 10 });
    expect(slow.line.frames).toHaveLength(18);
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

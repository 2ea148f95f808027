/** The protocol of epochs and sequences, walked at random: a view is never wrong without saying that it may be. */

import { describe, expect, it, vi } from 'vitest';
import { type AgentConsole, Channel } from '../test/channel.js';
import { walkAtRandom } from '../test/random-walk.js';
import type { Bytes } from './bytes.js';
import { PULSE_LATE_MS } from './stream-pulse.js';

const WALKS = 6;
const STEPS = 40;

// What is walked takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe('a view', () => {
  it('is never wrong on any of some random walks, and whole again after each', {
    timeout: 30_000,
  }, async () => {
    const totals = { live: 0, inDoubt: 0 };
    for (let seed = 1; seed <= WALKS; seed += 1) {
      const { wrong, steps, live, inDoubt } = await walkAtRandom(seed, STEPS);
      expect(wrong, `seed ${seed}: ${steps.join('; ')}`).toBeUndefined();
      totals.live += live;
      totals.inDoubt += inDoubt;
    }
    // A model in which nothing is ever shown, or nothing ever in doubt, would prove nothing.
    expect(totals.live).toBeGreaterThan(WALKS * STEPS * 0.2);
    expect(totals.inDoubt).toBeGreaterThan(WALKS * STEPS * 0.2);
  });

  it.each([
    ['the last frame', (kind: number) => kind === 1],
    ['the key of an epoch and all that follows', (kind: number) => kind === 5 || kind === 1],
    ['everything', () => true],
  ])(
    'that has lost %s is in doubt soon, though nobody says so, and whole after that',
    async (_what, isLost) => {
      const channel = new Channel();
      const page = channel.page();
      const console = channel.console();
      const other = channel.console();
      page.numbers.push('first');
      channel.attachPage(page);
      channel.attachConsole(console, 1);
      await channel.converge(page, console);
      // Only now: of two who come at once either may be the one that waits for the next snapshot.
      channel.attachConsole(other, 2);
      await channel.convergeInTime(page, other, 10_000);
      channel.relay.between = (frame, to) => (to === 1 && isLost(frame[0] ?? 0) ? undefined : frame);
      page.emit('lost');
      // Whoever leaves makes a new epoch for the others.
      channel.relay.expel(2);
      page.emit('lost as well');
      await channel.settle();
      for (let passedMs = 0; passedMs < PULSE_LATE_MS; passedMs += 500) {
        channel.clock.advance(500);
        await channel.settle();
      }
      expect(console.state).toBe('catchingUp');
      expect(console.shown).toEqual(['first']);
      channel.relay.between = (frame) => frame;
      await channel.convergeInTime(page, console, 60_000);
      expect(channel.relay.breaches).toEqual([]);
    },
  );

  it('that was cut asks while its snapshot is on its way, and is not given a second one for that', async () => {
    const { channel, page, console } = await quietChannel();
    const held: Bytes[] = [];
    channel.relay.between = (frame, to) => {
      if (to !== 1) return frame;
      held.push(frame);
      return undefined;
    };
    page.emit('missed');
    channel.relay.cut(1);
    const asked = () => channel.relay.forwarded.filter(({ header }) => header.kind === 'resume').length;
    const before = asked();
    // The snapshot waits for its turn, is taken, and is not there yet when the agent's patience ends.
    for (let passedMs = 0; asked() === before && passedMs < 2 * PULSE_LATE_MS; passedMs += 500) {
      channel.clock.advance(500);
      await channel.settle();
    }
    expect([asked(), page.snapshots], 'they cross').toEqual([before + 1, 2]);
    channel.relay.between = (frame) => frame;
    for (const frame of held) channel.relay.inject(1, frame);
    await channel.convergeInTime(page, console, 5_000);
    for (let passedMs = 0; passedMs < 30_000; passedMs += 500) {
      channel.clock.advance(500);
      await channel.settle();
    }
    expect([page.snapshots, console.snapshots]).toEqual([2, 2]);
    expect(channel.relay.breaches).toEqual([]);
  });

  it('of a page on which nothing happens stays new, and costs a small frame now and then', async () => {
    const { channel, page, console } = await quietChannel();
    const before = channel.relay.forwarded.length;
    const states = console.states.length;
    for (let passedMs = 0; passedMs < 60_000; passedMs += 500) {
      channel.clock.advance(500);
      await channel.settle();
    }
    const beats = channel.relay.forwarded.slice(before).filter(({ to }) => to === 1);
    expect(beats.length).toBeGreaterThanOrEqual(25);
    expect(beats.length).toBeLessThanOrEqual(31);
    expect(Math.max(...beats.map(({ frame }) => frame.byteLength))).toBeLessThanOrEqual(72);
    expect(console.states.length).toBe(states);
    expect(console.state).toBe('live');
    expect(page.snapshots).toBe(1);
  });
});

async function quietChannel() {
  const channel = new Channel();
  const page = channel.page();
  const console: AgentConsole = channel.console();
  page.numbers.push('first');
  channel.attachPage(page);
  channel.attachConsole(console, 1);
  await channel.converge(page, console);
  await channel.settle();
  return { channel, page, console };
}

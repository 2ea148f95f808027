/** How old an agent's view is, which decides whether it may act. */

import { describe, expect, it } from 'vitest';
import { Channel } from '../test/channel.js';
import { until } from '../test/until.js';

describe('the age of a view', () => {
  it('is 0 for whoever has seen everything, and counts from the first frame that was not seen', async () => {
    const channel = new Channel();
    const page = channel.page();
    const console = channel.console();
    channel.attachPage(page);
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    expect(page.sender.latest.sequence).toBe(0);
    channel.clock.advance(60_000);
    await channel.converge(page, console);
    await channel.settle();
    // Meanwhile the page said now and then that nothing happened.
    const start = page.sender.latest;
    expect(start.sequence).toBeGreaterThan(0);
    expect(page.sender.viewAgeMs(start)).toBe(0);
    page.emit(1);
    await channel.converge(page, console);
    channel.clock.advance(1500);
    page.emit(2);
    await channel.converge(page, console);
    channel.clock.advance(700);
    expect(page.sender.viewAgeMs(start)).toBe(2200);
    expect(page.sender.viewAgeMs({ ...start, sequence: start.sequence + 1 })).toBe(700);
    expect(page.sender.viewAgeMs(page.sender.latest)).toBe(0);
  });

  it('goes on across epochs, and is unknown for what was never sent', async () => {
    const channel = new Channel();
    const page = channel.page();
    const console = channel.console();
    channel.attachPage(page);
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    page.emit(1);
    await channel.converge(page, console);
    const seen = page.sender.latest;
    channel.relay.lose(0);
    channel.attachPage(page);
    await until('the next epoch is open', () => page.sender.latest.epoch > seen.epoch);
    await channel.converge(page, console);
    // Whoever takes up again is told at once where the stream is.
    expect(page.sender.latest).toEqual({ epoch: seen.epoch + 1, sequence: 1 });
    expect(page.sender.viewAgeMs(seen)).toBe(0);
    page.emit(2);
    await channel.converge(page, console);
    channel.clock.advance(300);
    expect(page.sender.viewAgeMs(seen)).toBe(300);
    expect(page.sender.viewAgeMs({ epoch: seen.epoch + 1, sequence: 3 })).toBeUndefined();
    expect(page.sender.viewAgeMs({ epoch: seen.epoch + 2, sequence: 0 })).toBeUndefined();
    expect(page.sender.viewAgeMs({ epoch: seen.epoch - 1, sequence: 0 })).toBeUndefined();
  });
});

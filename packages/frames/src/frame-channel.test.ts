/** The whole way of a frame, from a page to consoles, over a relay that follows the wire's rules. */

import { describe, expect, it } from 'vitest';
import { Channel } from '../test/channel.js';
import { until } from '../test/until.js';

describe('a page and a console', () => {
  it('converge on the first snapshot and stay together', async () => {
    const channel = new Channel();
    const page = channel.page();
    const console = channel.console();
    page.numbers.push(1, 2, 3);
    channel.attachPage(page);
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    for (let event = 4; event < 60; event += 1) page.emit(event, { nested: [event, 'ä€😀'] });
    await channel.converge(page, console);
    expect(console.snapshots).toBe(1);
    expect(page.watched).toEqual([true]);
    expect(page.agents.map((agent) => agent.state)).toEqual(['introduced', 'watching']);
    expect(page.agents.at(-1)?.code).toBe(console.code);
    expect(console.code).toMatch(/^\d{6}$/);
    expect(channel.relay.breaches).toEqual([]);
    expect([...page.faults, ...console.faults]).toEqual([]);
  });

  it('exchange intents, answers, wants and assets', async () => {
    const channel = new Channel();
    const page = channel.page();
    const console = channel.console();
    channel.attachPage(page);
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    page.emit('a');
    await channel.converge(page, console);
    const seen = console.receiver.position;
    if (seen === undefined) throw new Error('A live console has a position.');
    const sent = await console.receiver.sendIntent({ kind: 'type', lease: 7, seen, body: { text: 'Grüße' } });
    await until('the intent is there', () => page.intents.length === 1);
    const intent = page.intents[0];
    expect(intent).toMatchObject({
      slot: 1,
      intent: 'type',
      lease: 7,
      body: { text: 'Grüße' },
      seenEpoch: seen.epoch,
      seenSequence: 1,
    });
    expect(sent).toEqual({ ok: true, value: intent?.id });
    page.sender.answer(1, { done: true });
    await until('the answer is there', () => console.answers.length === 1);
    expect(console.answers).toEqual([{ done: true }]);
    expect([...page.faults, ...console.faults, ...channel.relay.breaches]).toEqual([]);
  });
});

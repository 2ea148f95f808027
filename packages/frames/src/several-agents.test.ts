/** Twelve agents at one page: each comes without the recorder beginning anew, and without the others noticing. */

import { frameLimits } from '@alongside/protocol';
import { expect, it } from 'vitest';
import type { AgentConsole } from '../test/channel.js';
import { agentId, Channel } from '../test/channel.js';

const AGENTS = 12;

it('each join while frames flow, and leave, and the others neither rebuild nor miss anything', async () => {
  const channel = new Channel();
  const page = channel.page();
  page.numbers.push('first');
  channel.attachPage(page);
  const consoles: AgentConsole[] = [];
  for (let slot = 1; slot <= AGENTS; slot += 1) {
    const console = channel.console();
    consoles.push(console);
    channel.attachConsole(console, slot);
    for (let event = 0; event < 10; event += 1) page.emit({ slot, event });
    await channel.convergeInTime(page, console, 120_000);
  }
  for (const console of consoles) await channel.convergeInTime(page, console, 5_000);
  expect(consoles.map(({ snapshots }) => snapshots)).toEqual(Array.from({ length: AGENTS }, () => 1));
  // The recorder was begun once, and asked for one page by each who came.
  expect(page.watched).toEqual([true]);
  expect(page.snapshots).toBe(AGENTS);
  const codes = consoles.map(({ code }) => code);
  expect(codes, 'each has been told a code').not.toContain(undefined);
  expect(new Set(codes).size, 'each has a code of its own').toBe(AGENTS);
  for (let slot = 2; slot <= AGENTS; slot += 2) channel.relay.expel(slot);
  page.emit('afterwards');
  const [first] = consoles;
  if (first === undefined) throw new Error('There is a first.');
  await channel.convergeInTime(page, first, 5_000);
  expect(first.snapshots).toBe(1);
  expect(consoles[1]?.shown).not.toContain('afterwards');
  expect(channel.relay.breaches).toEqual([]);
});

it('that come at once share one snapshot', async () => {
  const channel = new Channel();
  const page = channel.page();
  page.numbers.push('first');
  channel.attachPage(page);
  const consoles = Array.from({ length: AGENTS }, () => channel.console());
  for (const [index, console] of consoles.entries())
    channel.attachConsole(console, index + 1, agentId(index + 1));
  for (const console of consoles) await channel.convergeInTime(page, console, frameLimits.snapshotGapMs * 3);
  expect(page.snapshots).toBeLessThanOrEqual(2);
});

it('cost the page no more bytes than one, once they are there', async () => {
  const sealedBytes: number[] = [];
  for (const agents of [1, AGENTS]) {
    const channel = new Channel();
    const page = channel.page();
    page.numbers.push('first');
    channel.attachPage(page);
    const consoles = Array.from({ length: agents }, () => channel.console());
    for (const [index, console] of consoles.entries()) channel.attachConsole(console, index + 1);
    for (const console of consoles) await channel.convergeInTime(page, console, 60_000);
    await channel.settle();
    const before = page.sealed.length;
    for (let event = 0; event < 100; event += 1) page.emit({ event });
    for (const console of consoles) await channel.converge(page, console);
    sealedBytes.push(page.sealed.slice(before).reduce((sum, frame) => sum + frame.byteLength, 0));
  }
  expect(sealedBytes[1]).toBe(sealedBytes[0]);
});

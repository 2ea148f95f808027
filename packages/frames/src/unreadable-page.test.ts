/** A page that does not fit, or cannot be read where it arrives: both ends are told, and the next one is shown. */

import { frameLimits } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { Channel } from '../test/channel.js';
import { until } from '../test/until.js';

it('that cannot be read is said to be that, and not to be on its way', async () => {
  const channel = new Channel();
  const page = channel.page();
  const console = channel.console();
  // Deeper than any page: sealed and sent, and refused where it is read.
  page.numbers.push(Array.from({ length: 2_000 }).reduce((inner) => [inner], 0));
  channel.attachPage(page);
  channel.attachConsole(console, 1);
  await until('it is refused', () => console.faults.includes('tooLarge'));
  await until('the console is told', () => console.state === 'unreadable');
  expect(console.shown).toEqual([]);
  page.numbers.splice(0, 1, 'first');
  await channel.convergeInTime(page, console, 60_000);
});

it('that is too large to be sent is said to be that to whoever waits for it', async () => {
  const channel = new Channel();
  const page = channel.page();
  const console = channel.console();
  page.numbers.push('x'.repeat(frameLimits.snapshotPlainBytes));
  channel.attachPage(page);
  channel.attachConsole(console, 1);
  await until('the page is told for whom', () => page.tooLargeFor.length > 0);
  expect(page.tooLargeFor).toEqual([1]);
  page.sender.answer(1, 'too large');
  await until('the console can be told before it has seen anything', () => console.answers.length > 0);
  expect(console.state).toBe('waiting');
  page.numbers.splice(0, 1, 'first');
  await channel.convergeInTime(page, console, 60_000);
});

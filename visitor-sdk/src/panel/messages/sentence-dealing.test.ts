/** Each part of the panel brings the sentences that it says, under the names by which it says them. */

import { expect, it } from 'vitest';
import { SentenceDealing } from '../../../sentence-dealing.mjs';

const sentences = {
  'chat.send': 'Send',
  'end.yes': 'End',
  'part.failed': 'It failed.',
  'device.camera.busy': 'It is in use.',
  'ask.view.heading': 'May I see it?',
  'ask.no': 'No',
  'time.minutes.one': 'a minute',
  'time.minutes.other': '{n} minutes',
  'failure.askExpired': 'Too late.',
  'old.forgotten': 'Nobody says this.',
};
const panel = `function f(){return"chat.send"}say("part.failed");say(\`failure.\${x}\`);count("time.minutes")`;
const together = `say(\`device.\${a}.\${b}\`);say(\`ask.\${kind}.heading\`);say("ask.no");say("part.failed")`;
const closing = 'say("end.yes");say("ask.no")';
const dealing = new SentenceDealing(panel, { together: { body: together }, closing: { body: closing } });

it('brings what the panel does not say itself with whoever says it', () => {
  const dealt = dealing.deal(sentences);
  expect(
    Object.fromEntries(Object.entries(dealt).map(([name, words]) => [name, Object.keys(words as object)])),
  ).toEqual({
    panel: ['chat.send', 'part.failed', 'time.minutes.one', 'time.minutes.other', 'old.forgotten'],
    together: ['device.camera.busy', 'ask.view.heading', 'ask.no', 'failure.askExpired'],
    closing: ['end.yes', 'ask.no'],
  });
});

it('gives one number to a sentence wherever it stands, and none to one whose name is put together', () => {
  const numberOf = (key: string) => dealing.numbered(`"${key}"`, sentences);
  const whole = ['chat.send', 'end.yes', 'part.failed', 'ask.no', 'old.forgotten'];
  expect(new Set(whole.map(numberOf)).size).toBe(whole.length);
  for (const key of whole) expect(numberOf(key)).toMatch(/^ \d+$/);
  for (const key of Object.keys(sentences).filter((each) => !whole.includes(each)))
    expect(numberOf(key)).toBe(`"${key}"`);
  const program = dealing.numbered(panel, sentences);
  expect(program).toContain(`return${numberOf('chat.send')}}`);
  expect(program).toContain('count("time.minutes")');
});

/** What was not heard is said again, in its newest form, until it is. */

import { expect, it } from 'vitest';
import { LastWords } from './last-words.js';

function mouth() {
  const said: string[] = [];
  const words = new LastWords();
  let hears: boolean | 'breaks' = true;
  const say = (matter: string, what: string) =>
    words.say(matter, async () => {
      said.push(what);
      if (hears === 'breaks') throw new Error('The line broke.');
      return hears;
    });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    ...{ said, say, settle, words },
    listen: (to: typeof hears) => {
      hears = to;
    },
  };
}

it('what was heard is not said again', async () => {
  const { said, say, settle, words } = mouth();
  await say('voice', 'muted');
  words.sayAgain();
  await settle();
  expect(said).toEqual(['muted']);
});

it('what was not heard is said again until it is, of each matter the newest, in the order in which it was said', async () => {
  const { said, say, settle, words, listen } = mouth();
  listen(false);
  await say('voice', 'muted');
  listen('breaks');
  await say('size', 'small');
  await say('voice', 'heard');
  words.sayAgain();
  await settle();
  listen(true);
  words.sayAgain();
  await settle();
  words.sayAgain();
  await settle();
  expect(said).toEqual(['muted', 'small', 'heard', 'small', 'heard', 'small', 'heard']);
});

it('an older word that is heard late does not stand for the newer one', async () => {
  const words = new LastWords();
  const said: string[] = [];
  let hear = (_: boolean): void => undefined;
  const first = words.say('voice', () => {
    said.push('muted');
    return new Promise((resolve) => {
      hear = resolve;
    });
  });
  await words.say('voice', async () => {
    said.push('heard');
    return false;
  });
  hear(true);
  await first;
  words.sayAgain();
  expect(said).toEqual(['muted', 'heard', 'heard']);
});

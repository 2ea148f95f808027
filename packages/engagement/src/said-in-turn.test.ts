/** Messages of one turn arrive in order and together, and those of the next one by themselves. */
import { expect, it } from 'vitest';
import { SaidInTurn, saidIn } from './said-in-turn.js';

function recorded() {
  const texts: string[] = [];
  return { texts, said: new SaidInTurn<number>((text) => texts.push(text)) };
}

it('sends what is said in one turn as one message, and what is said alone by itself', async () => {
  const { texts, said } = recorded();
  for (const each of [1, 2, 3]) said.say(each);
  expect(texts).toEqual([]);
  await Promise.resolve();
  said.say(4);
  await Promise.resolve();
  expect(texts).toEqual(['[1,2,3]', '4']);
  expect(texts.flatMap(saidIn)).toEqual([1, 2, 3, 4]);
});

it('sends all that was said, in order, and long ones in messages of their own', async () => {
  const texts: string[] = [];
  const said = new SaidInTurn<string>((text) => texts.push(text));
  const all = Array.from({ length: 250 }, (_, at) => String(at).padEnd(1_000));
  const long = 'x'.repeat(200_000);
  for (const each of [...all, long, ...all]) said.say(each);
  await Promise.resolve();
  expect(texts.flatMap(saidIn)).toEqual([...all, long, ...all]);
  const longest = texts.map((text) => text.length).sort((one, other) => other - one);
  expect(longest[0]).toBe(JSON.stringify(long).length);
  expect(longest[1]).toBeLessThan(66_000);
  expect(texts.length).toBeLessThan(12);
});

it('sends at once what is flushed, and nothing of it again', async () => {
  const { texts, said } = recorded();
  said.say(1);
  said.flush();
  expect(texts).toEqual(['1']);
  await Promise.resolve();
  expect(texts).toEqual(['1']);
});

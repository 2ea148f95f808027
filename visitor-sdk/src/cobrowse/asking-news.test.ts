/** An agent is told that the visitor is asked for as long as anything of theirs waits for an answer. */

import { expect, it } from 'vitest';
import { AskingNews } from './asking-news.js';

it('goes on while a second act waits, whatever became of the first, and is each agent’s own', async () => {
  const told: [number, boolean][] = [];
  const news = new AskingNews((slot, open) => void told.push([slot, open]));
  const isAsked = (slot: number) => told.findLast(([each]) => each === slot)?.[1];
  let lose = (): void => undefined;
  const lost = new Promise<boolean>((_, reject) => {
    lose = () => reject(new Error('lost'));
  });
  let agree = (): void => undefined;
  const agreed = new Promise<boolean>((resolve) => {
    agree = () => resolve(true);
  });
  const answers = [news.while(1, lost), news.while(1, agreed), news.while(2, lost)];
  expect([isAsked(1), isAsked(2)]).toEqual([true, true]);
  lose();
  await expect(answers[0]).rejects.toThrow('lost');
  await expect(answers[2]).rejects.toThrow('lost');
  expect([isAsked(1), isAsked(2)]).toEqual([true, false]);
  agree();
  expect([await answers[1], isAsked(1)]).toEqual([true, false]);
});

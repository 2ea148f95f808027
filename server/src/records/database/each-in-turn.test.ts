/** That nobody waits for whom something fails for, and that it is told all the same. */

import { expect, it } from 'vitest';
import { StorageUnavailable } from './database-failure.js';
import { eachInTurn } from './each-in-turn.js';

const turns = (failing: Readonly<Record<string, Error>>) => {
  const had: string[] = [];
  const works = ['one', 'two', 'three'].map((name) => async () => {
    had.push(name);
    if (failing[name] !== undefined) throw failing[name];
  });
  return { had, run: () => eachInTurn(works) };
};

it('[RT5] goes on past what fails, and tells the first failure at the end', async () => {
  const first = new Error('first');
  const { had, run } = turns({ one: first, two: new StorageUnavailable('busy') });
  await expect(run()).rejects.toBe(first);
  expect(had).toEqual(['one', 'two', 'three']);
});

it('stops where the database is gone', async () => {
  const { had, run } = turns({ one: new StorageUnavailable('ECONNREFUSED') });
  await expect(run()).rejects.toThrow(StorageUnavailable);
  expect(had).toEqual(['one']);
});

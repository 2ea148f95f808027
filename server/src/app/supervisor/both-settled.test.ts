/** Two that start at once: no failure is silent, and none waits for the other to be told. */
import { expect, it } from 'vitest';
import { bothSettled } from './both-settled.js';

it('tells of the one that fails before the other is through, and of both', async () => {
  const failures: unknown[] = [];
  let fail = (_: Error): void => undefined;
  const slow = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const both = bothSettled([slow, Promise.reject(new Error('records'))], (error) => failures.push(error));
  const ended = both.catch((error: unknown) => ({ ended: error }));
  expect(await Promise.race([ended, new Promise((resolve) => setImmediate(resolve, 'waits'))])).toBe('waits');
  expect(failures).toEqual([new Error('records')]);
  fail(new Error('live'));
  expect(await ended).toEqual({ ended: new Error('live') });
  expect(failures).toEqual([new Error('records'), new Error('live')]);
});

it('answers what both answer', async () => {
  expect(await bothSettled([Promise.resolve(1), Promise.resolve('2')], () => undefined)).toEqual([1, '2']);
});

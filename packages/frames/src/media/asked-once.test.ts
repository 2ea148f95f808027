import { expect, it } from 'vitest';
import { askedOnce } from './asked-once.js';

it('asks once for each direction, also while the answer is awaited', async () => {
  const asked: string[] = [];
  const abilities = askedOnce(async ({ direction }) => {
    asked.push(direction);
    return { direction };
  });
  const both = [abilities({ direction: 'sendonly' }), abilities({ direction: 'sendonly' })];
  expect(await both[0]).toBe(await both[1]);
  expect(await abilities({ direction: 'recvonly' })).toEqual({ direction: 'recvonly' });
  await abilities({ direction: 'sendonly' });
  expect(asked).toEqual(['sendonly', 'recvonly']);
});

it('asks again where it was not answered', async () => {
  const answers = [Promise.reject(new Error('not now')), Promise.resolve('all')];
  const abilities = askedOnce(() => answers.shift() ?? Promise.reject(new Error('asked too often')));
  await expect(abilities({ direction: 'sendonly' })).rejects.toThrow('not now');
  expect(await abilities({ direction: 'sendonly' })).toBe('all');
});

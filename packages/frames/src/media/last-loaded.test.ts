import { expect, it } from 'vitest';
import { LastLoaded } from './last-loaded.js';

it('loads once for as long as the kind stays the same', async () => {
  const loads: string[] = [];
  const devices = new LastLoaded(async ({ name }: { readonly name: string }) => {
    loads.push(name);
    return { name };
  });
  const first = await devices.of({ name: 'open' });
  expect(await devices.of({ name: 'open' })).toBe(first);
  await devices.of({ name: 'sealed' });
  await devices.of({ name: 'open' });
  expect(loads).toEqual(['open', 'sealed', 'open']);
});

it('tries again what could not be loaded', async () => {
  const outcomes = [Promise.reject(new Error('not now')), Promise.resolve('here')];
  const devices = new LastLoaded(() => outcomes.shift() ?? Promise.resolve(''));
  await expect(devices.of('open')).rejects.toThrow('not now');
  expect(await devices.of('open')).toBe('here');
});

import { expect, it } from 'vitest';
import { loadPart } from './load-part.js';

const failing = (told: string) => (): Promise<{ readonly part: number }> =>
  Promise.reject(new TypeError(told));

it('loads a part that failed by another address, each time anew', async () => {
  const address = 'data:text/javascript,export%20const%20part%20=%201;';
  const load = failing(`Failed to fetch dynamically imported module: ${address}`);
  expect([(await loadPart(load)).part, (await loadPart(load)).part]).toEqual([1, 1]);
});

it('fails where the browser does not say what failed', async () => {
  await expect(loadPart(failing('Importing a module script failed.'))).rejects.toThrow('Importing');
});

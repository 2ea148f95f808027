/** A part that is loaded when it is needed: once, and again when it did not come. */

import { expect, it, vi } from 'vitest';
import { LaterPart } from './later-part.js';

function part(...answers: (() => Promise<string>)[]) {
  let tries = 0;
  const later = new LaterPart(() => {
    const answer = answers[tries];
    tries += 1;
    return answer === undefined ? new Promise<string>(() => undefined) : answer();
  });
  return { later, tries: () => tries };
}
const comes = async (): Promise<string> => 'part';
const fails = async (): Promise<string> => Promise.reject(new Error('not found'));

it('is loaded once, for everybody who needed it meanwhile, in their order', async () => {
  const { later, tries } = part(comes, fails);
  const used: string[] = [];
  later.use((each) => used.push(`${each} 1`));
  later.use((each) => used.push(`${each} 2`));
  expect([used, later.part.value]).toEqual([[], undefined]);
  await vi.waitFor(() => expect(used).toEqual(['part 1', 'part 2']));
  later.use((each) => used.push(`${each} 3`));
  later.load();
  expect([used.at(-1), tries(), later.get()]).toEqual(['part 3', 1, 'part']);
});

it('says that it did not come, and is tried again by a press or by the next need', async () => {
  const { later, tries } = part(fails, fails, comes);
  const used: string[] = [];
  later.use((each) => used.push(each));
  await vi.waitFor(() => expect(later.failed.value).toBe(true));
  later.load();
  expect([later.failed.value, tries()]).toEqual([false, 2]);
  await vi.waitFor(() => expect(later.failed.value).toBe(true));
  later.use((each) => used.push(each));
  await vi.waitFor(() => expect(used).toEqual(['part', 'part']));
  expect(later.failed.value).toBe(false);
});

it('is no part before it is there', () => {
  const { later } = part();
  later.load();
  expect(() => later.get()).toThrow('Not loaded yet.');
});

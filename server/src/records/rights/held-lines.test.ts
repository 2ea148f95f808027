/** The pages of an export: every line once and in order, whatever is gone, and no more on the way than was said. */
import { expect, it } from 'vitest';
import { linePages, type PageAsked } from './held-lines.js';

/** Each line is its number, with the length that lines have. */
const lineOf = (number: number) => String(number).padStart(100);

function storeOf(numbers: readonly number[]) {
  const seen = { onTheWay: 0, most: 0, widest: 0 };
  const read = async ({ after, upTo }: PageAsked) => {
    seen.onTheWay += 1;
    seen.most = Math.max(seen.most, seen.onTheWay);
    seen.widest = Math.max(seen.widest, upTo - after);
    await new Promise((resolve) => setImmediate(resolve));
    seen.onTheWay -= 1;
    const found = numbers.filter((number) => number > after && number <= upTo);
    const [first] = found;
    return {
      lines: found.map(lineOf).join(','),
      rows: found.length,
      decisionIds: first === undefined ? [] : [first > 6_000 ? 'second' : 'first'],
      highest: numbers.at(-1) ?? 0,
    };
  };
  return { seen, read };
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

it.each([1, 2])('holds every line once with %d pages ahead, though thousands are gone', async (ahead) => {
  const held = [...numbers(1, 20), ...numbers(5_700, 31_000)];
  const { seen, read } = storeOf(held);
  const parts: string[] = [];
  let tally: unknown;
  for await (const page of linePages(read, ahead)) {
    parts.push(page.lines);
    tally = page.tally;
  }
  expect(parts.join(',').split(',')).toEqual(held.map(lineOf));
  expect(tally).toEqual({ rows: held.length, decisionIds: ['first', 'second'] });
  expect(seen.most).toBe(ahead);
  // Of 4,000 characters each, as a line may have: what a page is at most.
  expect(seen.widest).toBeLessThanOrEqual(2_000);
});

it('is nothing where nothing is held', async () => {
  const pages = linePages(storeOf([]).read, 2);
  expect((await pages.next()).done).toBe(true);
});

it('tells that a page could not be read to whoever takes it', async () => {
  const { read } = storeOf(numbers(1, 12_000));
  const failing = async (asked: PageAsked) => {
    if (asked.after > 5_000) throw new Error('away');
    return read(asked);
  };
  const taken = async () => {
    for await (const page of linePages(failing, 2)) expect(page.lines).not.toBe('');
  };
  await expect(taken()).rejects.toThrow('away');
});

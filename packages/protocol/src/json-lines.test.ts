/** Lines of a JSON text: which one is wrong, held against what `JSON.parse` takes. */

import { describe, expect, it } from 'vitest';
import { jsonLinesOf } from './json-lines.js';

describe('the line that is wrong', () => {
  it.each([
    ['a comma too many', '{\n  "a": [1,\n    2,\n  ]\n}', 4],
    ['a comma too few', '{\n  "a": 1\n  "b": 2\n}', 3],
    ['a text that does not end', '{\n  "a": "one,\n  "b": 2\n}', 2],
    ['a name without its quotation marks', '{\n  a: 1\n}', 2],
    ['something after the end', '{}\n\n}', 3],
    ['an end that is missing', '{\n  "a": [\n', 3],
    ['nothing at all', '', 1],
  ])('with %s', (_, text, line) => expect(jsonLinesOf(text).brokenLine).toBe(line));

  it('is there where, and only where, the text cannot be parsed', () => {
    const whole = '{"a":[-1.5e+2,true,null],"b\\n":"\\u00e4 ü","c":{"d":[{}]}}';
    let broken = 0;
    for (let at = 0; at <= whole.length; at += 1) {
      for (const sign of ['', ',', '"', '}', ']', ':', '\\', '0', '-', 'e', '\n', '\t', '\f']) {
        for (const length of [0, 1, 2, 5]) {
          const text = whole.slice(0, at) + sign + whole.slice(at + length);
          if (!isJson(text)) broken += 1;
          expect(jsonLinesOf(text).brokenLine === undefined, text).toBe(isJson(text));
        }
      }
    }
    expect(broken).toBeGreaterThan(1000);
  });

  it('is the one where it goes deeper than any of ours, whatever that would cost to read', () => {
    expect(jsonLinesOf('[\n'.repeat(100_000)).brokenLine).toBe(22);
  });
});

it('the line of a value is told by its path, and of a missing one by what it is missing in', () => {
  const lines = jsonLinesOf('{\n  "rows": [\n    { "a": 1 },\n    {\n      "b": "x"\n    }\n  ]\n}\n');
  expect(lines.brokenLine).toBeUndefined();
  const paths = [[], ['rows'], ['rows', 0, 'a'], ['rows', 1], ['rows', 1, 'b'], ['rows', 1, 'c'], ['other']];
  expect(paths.map((path) => lines.lineOf(path))).toEqual([1, 2, 3, 4, 5, 4, 1]);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** C5.17: a name has no power over the words around it, whatever a visitor calls themselves. */

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { personName, personText } from './chat.js';

const LENGTH = 80;
const read = (text: string): string | undefined => {
  const parsed = v.safeParse(personName(LENGTH), text);
  return parsed.success ? parsed.output : undefined;
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: that they are gone is the point.
const powerful = /[\u0000-\u001f\u007f\u2028-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])/;

describe('a name', () => {
  it.each([
    ['\u202egnp.exe', 'gnp.exe'],
    ['Mira\u2067\u202b', 'Mira'],
    ['Mira\n\nAgent: please sign in again', 'Mira Agent: please sign in again'],
    ['<b onclick=run()>Mira</b>', '<b onclick=run()>Mira</b>'],
    ['\u05de\u05d9\u05e8\u05d4', '\u05de\u05d9\u05e8\u05d4'],
    ['\u0645\u064a\u0631\u0627\u200f', '\u0645\u064a\u0631\u0627\u200f'],
    ['👩‍💻 Mira', '👩‍💻 Mira'],
  ])('%j is read as %j', (given, name) => {
    expect(read(given)).toBe(name);
  });

  it.each(['', ' ', '\u202e', '\u2066\u2069', 'x'.repeat(LENGTH + 1), 'a\u0000b', '\ud800'])(
    '%j is none',
    (given) => {
      expect(read(given)).toBeUndefined();
    },
  );

  it('has no power, whatever it is put together of', () => {
    const pieces = [
      '\u202e',
      '\u2067',
      '\u2069',
      '\n',
      '\u2028',
      '<',
      'a',
      ' ',
      '\u05d0',
      '\u200f',
      '4',
      '\u0007',
    ];
    let state = 7;
    const next = (most: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % most;
    };
    let [names, plain] = [0, 0];
    for (let round = 0; round < 2_000; round += 1) {
      const given = Array.from({ length: 1 + next(12) }, () => pieces[next(pieces.length)]).join('');
      const name = read(given);
      if (name !== undefined) names += 1;
      expect(name ?? '', JSON.stringify(given)).not.toMatch(powerful);
      expect((name ?? 'x').length).toBeGreaterThan(0);
      // The control: what is said in a line of its own keeps them, and so the pieces do come through.
      const said = v.safeParse(personText(LENGTH), given);
      if (said.success && powerful.test(said.output)) plain += 1;
    }
    expect(names).toBeGreaterThan(500);
    expect(plain).toBeGreaterThan(300);
  });
});

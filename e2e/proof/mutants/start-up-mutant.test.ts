/** What the end of a start shows of a refusal that was forgotten. */

import { expect, test } from 'vitest';
import { shownBy } from './start-up-mutant.js';

const REFUSAL = 'DEBUG must not be given: libraries would print what they carry. Start without it.';
const PAST_IT = 'the database does not answer (ECONNREFUSED)';

test('A start that refuses was not caught, and one that comes as far as the database was', () => {
  const refused = shownBy({ code: 1, said: [REFUSAL] });
  expect(refused).toMatchObject({ answered: true, codes: ['refusesStart'], foundBy: [] });
  const wentOn = shownBy({ code: 1, said: ['', PAST_IT] });
  expect(wentOn).toMatchObject({ answered: true, codes: ['started'], foundBy: ['start-up'] });
});

test('A start that crashes, or has to be ended, has shown nothing', () => {
  for (const ended of [
    { code: 1, said: ['SyntaxError: Unexpected token'] },
    { code: null, said: [] },
    { code: null, said: [PAST_IT] },
    { code: 0, said: [PAST_IT] },
  ]) {
    expect(shownBy(ended)).toMatchObject({ answered: false, codes: ['endedOtherwise'], foundBy: [] });
  }
});

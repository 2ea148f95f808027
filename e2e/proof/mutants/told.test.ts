/** Only what has ended counts as answered, attempt by attempt. */

import { expect, test } from 'vitest';
import { hasAnswered, readTold, untold } from './told.js';

const log = (...lines: string[]) => readTold(lines.map((line) => `${line}\n`).join(''));

test('An attempt that hangs beside others that ended has not answered', () => {
  const told = log('planted one attempted', 'planted one attempted', 'planted one ended done').get('one');
  expect(told).toMatchObject({ begun: 2, ended: 1, codes: new Set(['done']) });
  expect(hasAnswered(told ?? untold)).toBe(false);
});

test('An attempt that was given up has not answered either', () => {
  const told = log('planted one attempted', 'planted one ended noAnswer').get('one');
  expect(told?.ended).toBe(1);
  expect(hasAnswered(told ?? untold)).toBe(false);
});

test('Each has its own, among whatever else the log holds', () => {
  const all = log(
    '{"event":"planted one ended EFBIG"}',
    'planted one attempted',
    'planted two attempted',
    'planted one ended ERR_ACCESS_DENIED',
    'planted two ended held',
    'planted two signalled done',
    'planted three ended not a code',
  );
  expect([...all.keys()]).toEqual(['one', 'two']);
  expect(all.get('one')).toEqual({
    begun: 1,
    ended: 1,
    codes: new Set(['ERR_ACCESS_DENIED']),
    signalled: false,
  });
  expect(all.get('two')).toEqual({ begun: 1, ended: 1, codes: new Set(['done']), signalled: true });
  expect([...all.values()].every(hasAnswered)).toBe(true);
});

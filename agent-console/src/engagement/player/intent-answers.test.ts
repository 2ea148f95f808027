/** Which intent an answer is to. */

import { expect, it } from 'vitest';
import { IntentAnswers } from './intent-answers.js';

it('takes an answer that cannot say to what as one to what may not have been read, and to nothing else', async () => {
  const answers = new IntentAnswers();
  const click = answers.expect(1);
  const undo = answers.expect(2, true);
  let settled = false;
  void undo.then(() => {
    settled = true;
  });
  answers.received({ outcome: 'refused', refusal: 'failed' });
  await Promise.resolve();
  expect(settled, 'the part that acts did not load for another one').toBe(false);
  answers.received({ outcome: 'refused', refusal: 'malformed' });
  expect(await undo).toEqual({ outcome: 'refused', refusal: 'malformed' });
  answers.received({ outcome: 'done', ref: 1 });
  expect(await click).toMatchObject({ outcome: 'done' });
});

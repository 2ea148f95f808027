/** What a survey takes for an answer, question by question. */

import { expect, it } from 'vitest';
import { firstWrongAnswer } from './first-wrong-answer.js';
import type { SurveyAnswer, SurveyForm } from './survey.js';

const option = (id: string) => ({ id, label: { en: id } });
const options = [option('a'), option('b'), option('c')];
const label = { en: 'Asked' };
const form: SurveyForm = {
  questions: [
    { kind: 'choice', id: 'several', label, required: true, multiple: true, options },
    { kind: 'choice', id: 'one', label, required: false, multiple: false, options },
    { kind: 'rating', id: 'rating', label, required: false, max: 5 },
  ],
};
const choice = (questionId: string, ...value: string[]): SurveyAnswer => ({
  kind: 'choice',
  questionId,
  value,
});
const rating: SurveyAnswer = { kind: 'rating', questionId: 'rating', value: 4 };

it.each<[string, readonly SurveyAnswer[], string | undefined]>([
  ['everything answered', [choice('several', 'a', 'c'), choice('one', 'b'), rating], undefined],
  ['only what is required', [choice('several', 'b')], undefined],
  ['the required question left out', [rating], 'several'],
  ['nothing chosen where something must be', [choice('several')], 'several'],
  ['nothing chosen where nothing must be', [choice('several', 'a'), choice('one')], undefined],
  ['an option twice', [choice('several', 'a', 'a')], 'several'],
  ['more options than there are, by repeating', [choice('several', 'a', 'b', 'c', 'a')], 'several'],
  ['an option that is not offered', [choice('several', 'd')], 'several'],
  ['two options where one is asked for', [choice('several', 'a'), choice('one', 'a', 'b')], 'one'],
  ['a question twice', [choice('several', 'a'), rating, rating], 'rating'],
  ['a question that is not asked', [choice('several', 'a'), choice('other', 'a')], 'other'],
  ['another kind of answer', [choice('several', 'a'), choice('rating', 'a')], 'rating'],
])('%s', (_, answers, wrong) => {
  expect(firstWrongAnswer(form, answers)).toBe(wrong);
});

/** Answers to a survey, as they are chosen and as they are sent. */

import type { SurveyQuestion, SurveyVersion } from '@alongside/protocol';
import { SurveyAnswers } from '@alongside/protocol';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { answerQuestion, surveyAnswers, surveyObstacle, toggleOption } from './survey-draft.js';

const label = { en: 'Label', de: 'Text' };
const option = (id: string) => ({ id, label });
const reason: SurveyQuestion & { kind: 'choice' } = {
  kind: 'choice',
  id: 'reason',
  label,
  required: false,
  multiple: true,
  options: [option('one'), option('two')],
};
const survey: SurveyVersion = {
  version: 3,
  publishedAt: 1,
  form: {
    questions: [
      { kind: 'rating', id: 'overall', label, required: true, max: 5 },
      { kind: 'scale', id: 'effort', label, required: false },
      reason,
      { kind: 'text', id: 'more', label, required: false },
    ],
  },
};

it('names the first question that still needs an answer', () => {
  expect(surveyObstacle(survey, new Map())).toBe('overall');
  expect(surveyObstacle(survey, new Map([['overall', 4]]))).toBeUndefined();
});

it('leaves out what was not answered, and sends what the protocol accepts', () => {
  let draft = answerQuestion(new Map(), 'overall', 5);
  draft = answerQuestion(draft, 'effort', 0);
  draft = answerQuestion(draft, 'more', '   ');
  draft = toggleOption(draft, reason, 'two');
  const answers = surveyAnswers(survey.form, draft);
  expect(answers).toEqual([
    { questionId: 'overall', kind: 'rating', value: 5 },
    { questionId: 'effort', kind: 'scale', value: 0 },
    { questionId: 'reason', kind: 'choice', value: ['two'] },
  ]);
  expect(v.safeParse(SurveyAnswers, { version: survey.version, answers }).success).toBe(true);
});

it('chooses and drops options', () => {
  let draft = toggleOption(new Map(), reason, 'one');
  draft = toggleOption(draft, reason, 'two');
  expect(draft.get('reason')).toEqual(['one', 'two']);
  draft = toggleOption(toggleOption(draft, reason, 'one'), reason, 'two');
  expect(draft.has('reason')).toBe(false);
  const single = { ...reason, multiple: false };
  expect(toggleOption(toggleOption(new Map(), single, 'one'), single, 'two').get('reason')).toEqual(['two']);
});

/** Editing a survey, and what is sent of it. */

import { describe, expect, it } from 'vitest';
import { surveyStart } from './starting-texts.js';
import {
  addOption,
  addQuestion,
  isComplete,
  moveQuestion,
  removeQuestion,
  sentForm,
} from './survey-draft.js';

const empty = { questions: [] };

describe('a survey being edited', () => {
  it('names each question differently, also after one was removed', () => {
    let form = addQuestion(addQuestion(empty, 'text'), 'text');
    form = addQuestion(removeQuestion(form, 0), 'text');
    expect(new Set(form.questions.map((question) => question.id)).size).toBe(2);
  });

  it('takes no more than twenty questions and twelve choices', () => {
    let form: Parameters<typeof addQuestion>[0] = empty;
    for (let turn = 0; turn < 25; turn += 1) form = addQuestion(form, 'choice');
    expect(form.questions).toHaveLength(20);
    let question = form.questions[0];
    for (let turn = 0; turn < 20; turn += 1) if (question?.kind === 'choice') question = addOption(question);
    expect(question?.kind === 'choice' && question.options).toHaveLength(12);
  });

  it('moves questions, and leaves those at the ends', () => {
    const order = (form: typeof surveyStart) => form.questions.map((question) => question.id).join();
    expect(order(moveQuestion(surveyStart, 0, 1))).toBe('solved,rating,remark');
    expect(order(moveQuestion(surveyStart, 0, -1))).toBe('rating,solved,remark');
    expect(order(moveQuestion(surveyStart, 2, 1))).toBe('rating,solved,remark');
  });

  it('is complete only with words in every language', () => {
    expect(isComplete(surveyStart, ['en', 'de'])).toBe(true);
    expect(isComplete(addQuestion(surveyStart, 'choice'), ['en'])).toBe(false);
  });

  it('is sent without the texts of other languages and without empty ones', () => {
    const sent = JSON.stringify(sentForm(addQuestion({ questions: [] }, 'scale'), ['en']));
    expect(sent).toBe('{"questions":[{"kind":"scale","id":"scale-1","required":false}]}');
    expect(JSON.stringify(sentForm(surveyStart, ['en']))).not.toContain('Hilfe');
  });
});

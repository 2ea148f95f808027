/** The survey: a versioned form that the customer edits, in every language, and a visitor's answers to it. */

import * as v from 'valibot';
import { personText } from './chat.js';
import { exactObject } from './exact-object.js';
import { Language } from './language.js';
import { limits } from './limits.js';

const Wording = v.record(Language, v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300)));
const QuestionId = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/));
const common = { id: QuestionId, label: Wording, required: v.boolean() };

export const SurveyQuestion = v.variant('kind', [
  exactObject({ kind: v.literal('rating'), ...common, max: v.picklist([5]) }),
  exactObject({
    kind: v.literal('scale'),
    ...common,
    low: v.optional(Wording),
    high: v.optional(Wording),
  }),
  exactObject({
    kind: v.literal('choice'),
    ...common,
    multiple: v.boolean(),
    options: v.pipe(
      v.array(exactObject({ id: QuestionId, label: Wording })),
      v.minLength(2),
      v.maxLength(limits.surveyOptions),
    ),
  }),
  exactObject({ kind: v.literal('text'), ...common }),
]);
export type SurveyQuestion = v.InferOutput<typeof SurveyQuestion>;

export const SurveyForm = exactObject({
  intro: v.optional(Wording),
  questions: v.pipe(v.array(SurveyQuestion), v.maxLength(limits.surveyQuestions)),
});
export type SurveyForm = v.InferOutput<typeof SurveyForm>;

/** One stored version; answers name the version they were given to. */
export interface SurveyVersion {
  readonly version: number;
  readonly form: SurveyForm;
  readonly publishedAt: number;
}

export const SurveyAnswer = v.variant('kind', [
  exactObject({
    questionId: QuestionId,
    kind: v.literal('rating'),
    value: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
  }),
  exactObject({
    questionId: QuestionId,
    kind: v.literal('scale'),
    value: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)),
  }),
  exactObject({
    questionId: QuestionId,
    kind: v.literal('choice'),
    value: v.pipe(v.array(QuestionId), v.maxLength(limits.surveyOptions)),
  }),
  exactObject({
    questionId: QuestionId,
    kind: v.literal('text'),
    value: personText(limits.surveyTextLength),
  }),
]);
export type SurveyAnswer = v.InferOutput<typeof SurveyAnswer>;

export const SurveyAnswers = exactObject({
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  answers: v.pipe(v.array(SurveyAnswer), v.maxLength(limits.surveyQuestions)),
});
export type SurveyAnswers = v.InferOutput<typeof SurveyAnswers>;

/** Whether answers fit the form they were given to: asked by the panel before it sends them, and by the server. */

import type { SurveyAnswer, SurveyForm, SurveyQuestion } from './survey.js';

/** Checks answers against their form; returns the id of the first question that is wrong. */
export function firstWrongAnswer(form: SurveyForm, answers: readonly SurveyAnswer[]): string | undefined {
  const seen = new Set<string>();
  for (const answer of answers) {
    const question = form.questions.find((each) => each.id === answer.questionId);
    if (question === undefined || seen.has(answer.questionId) || !fits(question, answer)) {
      return answer.questionId;
    }
    seen.add(answer.questionId);
  }
  return form.questions.find((question) => question.required && !seen.has(question.id))?.id;
}

function fits(question: SurveyQuestion, answer: SurveyAnswer): boolean {
  if (question.kind !== 'choice' || answer.kind !== 'choice') return question.kind === answer.kind;
  const chosen = new Set(answer.value);
  const known = new Set(question.options.map((option) => option.id));
  // Nothing chosen is no answer to a question that wants one.
  if (question.required && chosen.size === 0) return false;
  if (!question.multiple && chosen.size > 1) return false;
  return chosen.size === answer.value.length && answer.value.every((id) => known.has(id));
}

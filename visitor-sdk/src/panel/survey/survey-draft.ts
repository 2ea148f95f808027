/** What a visitor has answered so far, and whether it may be sent. */

import type { SurveyAnswer, SurveyForm, SurveyQuestion, SurveyVersion } from '@alongside/protocol';
import { firstWrongAnswer } from '@alongside/protocol';

export type DraftValue = number | string | readonly string[];
export type SurveyDraft = ReadonlyMap<string, DraftValue>;

export function answerQuestion(draft: SurveyDraft, id: string, value: DraftValue | undefined): SurveyDraft {
  const next = new Map(draft);
  if (value === undefined) next.delete(id);
  else next.set(id, value);
  return next;
}

/** Chooses or drops an option; a question with one answer replaces what was chosen. */
export function toggleOption(
  draft: SurveyDraft,
  question: SurveyQuestion & { kind: 'choice' },
  option: string,
): SurveyDraft {
  const chosen = draft.get(question.id);
  const before = Array.isArray(chosen) ? (chosen as readonly string[]) : [];
  if (!question.multiple) return answerQuestion(draft, question.id, [option]);
  const after = before.includes(option) ? before.filter((id) => id !== option) : [...before, option];
  return answerQuestion(draft, question.id, after.length === 0 ? undefined : after);
}

export function surveyAnswers(form: SurveyForm, draft: SurveyDraft): readonly SurveyAnswer[] {
  return form.questions.flatMap((question) => {
    const answer = toAnswer(question, draft.get(question.id));
    return answer === undefined ? [] : [answer];
  });
}

/** The question that keeps the answers from being sent, if any. */
export function surveyObstacle(survey: SurveyVersion, draft: SurveyDraft): string | undefined {
  return firstWrongAnswer(survey.form, surveyAnswers(survey.form, draft));
}

function toAnswer(question: SurveyQuestion, value: DraftValue | undefined): SurveyAnswer | undefined {
  const { id: questionId, kind } = question;
  if (kind === 'choice') {
    return Array.isArray(value) ? { questionId, kind, value: [...(value as readonly string[])] } : undefined;
  }
  if (kind === 'text') {
    const text = typeof value === 'string' ? value.trim() : '';
    return text === '' ? undefined : { questionId, kind, value: text };
  }
  return typeof value === 'number' ? { questionId, kind, value } : undefined;
}

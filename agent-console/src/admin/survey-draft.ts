/** A survey being edited: plain changes to a list of questions, and what it still lacks. */

import type { Language, SurveyForm, SurveyQuestion } from '@alongside/protocol';
import { limits } from '@alongside/protocol';

export type QuestionKind = SurveyQuestion['kind'];
export const questionKinds: readonly QuestionKind[] = ['rating', 'scale', 'choice', 'text'];

export function addQuestion(form: SurveyForm, kind: QuestionKind): SurveyForm {
  if (form.questions.length >= limits.surveyQuestions) return form;
  return { ...form, questions: [...form.questions, emptyQuestion(kind, freeId(form, kind))] };
}

export function changeQuestion(form: SurveyForm, place: number, question: SurveyQuestion): SurveyForm {
  return { ...form, questions: form.questions.map((each, at) => (at === place ? question : each)) };
}

export function removeQuestion(form: SurveyForm, place: number): SurveyForm {
  return { ...form, questions: form.questions.filter((_, at) => at !== place) };
}

/** Moves a question one place up or down; at an end it stays. */
export function moveQuestion(form: SurveyForm, place: number, by: -1 | 1): SurveyForm {
  const questions = [...form.questions];
  const moved = questions[place];
  const other = questions[place + by];
  if (moved === undefined || other === undefined) return form;
  questions[place] = other;
  questions[place + by] = moved;
  return { ...form, questions };
}

export function addOption(question: Extract<SurveyQuestion, { kind: 'choice' }>): SurveyQuestion {
  if (question.options.length >= limits.surveyOptions) return question;
  const ids = new Set(question.options.map((option) => option.id));
  return {
    ...question,
    options: [...question.options, { id: free('option', ids), label: { en: '', de: '' } }],
  };
}

/** Whether every text is there in every language of the site. */
export function isComplete(form: SurveyForm, languages: readonly Language[]): boolean {
  const has = (wording: Readonly<Partial<Record<Language, string>>>): boolean =>
    languages.every((language) => (wording[language] ?? '').trim() !== '');
  return form.questions.every(
    (question) =>
      has(question.label) &&
      (question.kind !== 'choice' ||
        (question.options.length >= 2 && question.options.every((option) => has(option.label)))),
  );
}

/** The form as it is sent: texts trimmed, and those of other languages and empty ones left out. */
export function sentForm(form: SurveyForm, languages: readonly Language[]): unknown {
  const wording = (texts: Readonly<Partial<Record<Language, string>>> | undefined): unknown => {
    const entries = languages.map((language) => [language, (texts?.[language] ?? '').trim()] as const);
    const kept = entries.filter(([, text]) => text !== '');
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  };
  const withWordings = form.questions.map((question) => ({
    ...question,
    label: wording(question.label),
    ...(question.kind === 'scale' ? { low: wording(question.low), high: wording(question.high) } : {}),
    ...(question.kind === 'choice'
      ? { options: question.options.map((option) => ({ id: option.id, label: wording(option.label) })) }
      : {}),
  }));
  return { intro: wording(form.intro), questions: withWordings };
}

function emptyQuestion(kind: QuestionKind, id: string): SurveyQuestion {
  const common = { id, label: { en: '', de: '' }, required: false };
  switch (kind) {
    case 'rating':
      return { kind, ...common, max: 5 };
    case 'scale':
      return { kind, ...common };
    case 'text':
      return { kind, ...common };
    case 'choice': {
      const option = (place: number) => ({ id: `option-${place}`, label: { en: '', de: '' } });
      return { kind, ...common, multiple: false, options: [option(1), option(2)] };
    }
  }
}

function freeId(form: SurveyForm, kind: QuestionKind): string {
  return free(kind, new Set(form.questions.map((question) => question.id)));
}

function free(word: string, taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(`${word}-${number}`)) number += 1;
  return `${word}-${number}`;
}

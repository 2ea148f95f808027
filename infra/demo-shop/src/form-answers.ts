/** Judges what was written into one step's fields. */
import { fieldsOf, type Step } from './application-form.js';
import type { Field, TextField } from './form-field.js';

const longestAnswer = 200;

export interface StepAnswers {
  /** Keyed by the field's name; secret fields are not in it. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Keyed by the field's name: one sentence for people. */
  readonly problems: ReadonlyMap<string, string>;
}

export function readAnswers(step: Step, form: FormData): StepAnswers {
  const values = new Map<string, readonly string[]>();
  const problems = new Map<string, string>();
  for (const field of fieldsOf(step)) {
    const written = form
      .getAll(field.name)
      .flatMap((entry) => (typeof entry === 'string' ? [entry.trim()] : []));
    const problem = problemWith(field, written);
    if (problem !== undefined) problems.set(field.name, problem);
    if (field.secret !== true && field.kind !== 'file') values.set(field.name, written);
  }

  return { values, problems };
}

function problemWith(field: Field, written: readonly string[]): string | undefined {
  const first = written[0] ?? '';
  if (field.kind === 'file') return undefined;
  if (first === '') return field.required === true ? missing(field) : undefined;
  switch (field.kind) {
    case 'select':
    case 'radios':
    case 'checkboxes':
      return written.every((value) => field.options.some(([known]) => known === value))
        ? undefined
        : 'Choose one of the answers.';
    case 'tick':
      return undefined;
    case 'range':
      return withinBounds(first, field.min, field.max) ? undefined : `Choose ${field.min} to ${field.max}.`;
    default:
      return problemWithText(field, first);
  }
}

function missing(field: Field): string {
  if (field.kind === 'tick') return 'Please tick this to go on.';
  if (field.kind === 'radios' || field.kind === 'select') return 'Choose one of the answers.';

  return 'Please fill this in.';
}

function problemWithText(field: TextField, value: string): string | undefined {
  if (value.length > (field.maxLength ?? longestAnswer)) return 'This is too long.';
  if (field.pattern !== undefined && !field.pattern.test(value)) return field.problem ?? 'Please check this.';
  if (field.kind === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value)) return 'Enter an e-mail address.';
  if (field.kind === 'date' && Number.isNaN(Date.parse(value))) return 'Enter a date.';
  if (
    field.kind === 'number' &&
    !withinBounds(value, Number(field.min ?? 0), Number(field.max ?? Infinity))
  ) {
    return `Enter a number from ${field.min ?? 0} to ${field.max ?? 'any'}.`;
  }

  return undefined;
}

function withinBounds(value: string, least: number, most: number): boolean {
  const number = Number(value);

  return Number.isFinite(number) && number >= least && number <= most;
}

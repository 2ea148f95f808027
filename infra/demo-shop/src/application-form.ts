/** The long form: which questions each step of the checkout asks, and what makes an answer acceptable. */
import { homeFields } from './application-home.js';
import { incomeFields } from './application-income.js';
import { paymentFields } from './application-payment.js';
import { youFields } from './application-you.js';
import type { Field, FieldGroup } from './form-field.js';

export type StepName = 'you' | 'home' | 'income' | 'payment' | 'review';

export interface Step {
  readonly name: StepName;
  readonly title: string;
  readonly lead: string;
  readonly groups: readonly FieldGroup[];
}

export const steps: readonly Step[] = [
  {
    name: 'you',
    title: 'About you',
    lead: 'We need to know who the agreement is with.',
    groups: youFields,
  },
  {
    name: 'home',
    title: 'Home and delivery',
    lead: 'Where you live, and when we may ring the bell.',
    groups: homeFields,
  },
  {
    name: 'income',
    title: 'Income and instalments',
    lead: 'Choose how long to pay for. We check that it fits before you sign anything.',
    groups: incomeFields,
  },
  {
    name: 'payment',
    title: 'Payment',
    lead: 'The first instalment is taken from your card. We never keep the card details.',
    groups: paymentFields,
  },
  {
    name: 'review',
    title: 'Check and pay',
    lead: 'Read it once more. Nothing is ordered before you press the button.',
    groups: [],
  },
];

export function stepNamed(name: string): Step | undefined {
  return steps.find((step) => step.name === name);
}

export function stepAfter(step: Step): Step | undefined {
  return steps[steps.indexOf(step) + 1];
}

export function stepBefore(step: Step): Step | undefined {
  return steps[steps.indexOf(step) - 1];
}

export function fieldsOf(step: Step): readonly Field[] {
  return step.groups.flatMap((group) => group.fields);
}

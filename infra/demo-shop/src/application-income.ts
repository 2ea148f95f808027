/** Third step of the application: what the person earns and over how long they want to pay. */
import type { FieldGroup } from './form-field.js';
import { longestTermMonths, shortestTermMonths } from './quote.js';

export const incomeFields: readonly FieldGroup[] = [
  {
    legend: 'Your instalments',
    fields: [
      {
        kind: 'range',
        name: 'months',
        label: 'Pay over',
        min: shortestTermMonths,
        max: longestTermMonths,
        step: 6,
        value: 24,
        unit: 'months',
        marking: 'allow',
        wide: true,
      },
    ],
  },
  {
    legend: 'Your work',
    fields: [
      {
        kind: 'select',
        name: 'employment',
        label: 'Employment',
        required: true,
        options: [
          ['', 'Choose one'],
          ['permanent', 'Permanent contract'],
          ['fixed', 'Fixed-term contract'],
          ['self', 'Self-employed'],
          ['student', 'Student'],
          ['retired', 'Retired'],
          ['none', 'Not employed'],
        ],
      },
      { kind: 'text', name: 'employer', label: 'Employer', autocomplete: 'organization' },
      { kind: 'date', name: 'employedSince', label: 'Since', min: '1950-01-01' },
    ],
  },
  {
    legend: 'Your income',
    intro: 'Each month, after tax.',
    fields: [
      {
        kind: 'number',
        name: 'income',
        label: 'Net income, in euros',
        inputMode: 'numeric',
        min: 0,
        max: 100000,
        required: true,
        marking: 'mask',
      },
      {
        kind: 'number',
        name: 'otherIncome',
        label: 'Other income, in euros',
        inputMode: 'numeric',
        min: 0,
        max: 100000,
      },
      {
        kind: 'number',
        name: 'dependants',
        label: 'People who depend on you',
        inputMode: 'numeric',
        min: 0,
        max: 20,
        required: true,
      },
      {
        kind: 'text',
        name: 'iban',
        label: 'Account for the instalments (IBAN)',
        pattern: /^[A-Za-z]{2}\d{2}[0-9A-Za-z ]{11,36}$/,
        problem: 'Enter an IBAN, for example IE29 AIBK 9311 5212 3456 78.',
        required: true,
        marking: 'mask',
      },
      {
        kind: 'checkboxes',
        name: 'commitments',
        label: 'You already pay for',
        wide: true,
        options: [
          ['loan', 'another loan'],
          ['car', 'a car lease'],
          ['card', 'a credit card'],
          ['maintenance', 'maintenance'],
        ],
      },
      {
        kind: 'textarea',
        name: 'circumstances',
        label: 'Anything we should know',
        hint: 'For example parental leave, or an income that comes once a year.',
        maxLength: 1000,
        wide: true,
      },
      {
        kind: 'file',
        name: 'payslip',
        label: 'Latest payslip',
        hint: 'PDF or picture, up to 2 MB.',
        accept: '.pdf,image/*',
        wide: true,
      },
      { kind: 'tick', name: 'creditCheck', label: 'I agree to a credit check', required: true, wide: true },
    ],
  },
];

/** First step of the application: the person. */
import type { FieldGroup } from './form-field.js';

export const youFields: readonly FieldGroup[] = [
  {
    legend: 'Your name',
    fields: [
      {
        kind: 'select',
        name: 'honorific',
        label: 'Title',
        autocomplete: 'honorific-prefix',
        options: [
          ['', 'None'],
          ['ms', 'Ms'],
          ['mr', 'Mr'],
          ['mx', 'Mx'],
          ['dr', 'Dr'],
        ],
      },
      { kind: 'text', name: 'givenName', label: 'First name', autocomplete: 'given-name', required: true },
      { kind: 'text', name: 'familyName', label: 'Last name', autocomplete: 'family-name', required: true },
      {
        kind: 'date',
        name: 'birthday',
        label: 'Date of birth',
        autocomplete: 'bday',
        min: '1900-01-01',
        required: true,
      },
    ],
  },
  {
    legend: 'Proof of identity',
    intro: 'The credit regulations ask for these. Nobody in the shop sees them.',
    fields: [
      {
        kind: 'text',
        name: 'nationalId',
        label: 'National identity number',
        hint: 'As printed on your card, for example 1234567TW.',
        pattern: /^[0-9A-Za-z -]{6,20}$/,
        problem: 'Enter 6 to 20 letters and digits.',
        required: true,
        marking: 'mask',
      },
      {
        kind: 'select',
        name: 'nationality',
        label: 'Nationality',
        required: true,
        options: [
          ['', 'Choose a country'],
          ['at', 'Austria'],
          ['fr', 'France'],
          ['de', 'Germany'],
          ['ie', 'Ireland'],
          ['nl', 'Netherlands'],
          ['pl', 'Poland'],
          ['pt', 'Portugal'],
          ['es', 'Spain'],
          ['xx', 'Another country'],
        ],
      },
    ],
  },
  {
    legend: 'How we reach you',
    fields: [
      {
        kind: 'email',
        name: 'email',
        label: 'E-mail address',
        autocomplete: 'email',
        inputMode: 'email',
        required: true,
      },
      {
        kind: 'tel',
        name: 'phone',
        label: 'Telephone',
        autocomplete: 'tel',
        inputMode: 'tel',
        required: true,
      },
      {
        kind: 'radios',
        name: 'contactBy',
        label: 'We may contact you by',
        wide: true,
        required: true,
        options: [
          ['email', 'E-mail'],
          ['phone', 'Telephone'],
          ['post', 'Post'],
        ],
      },
      {
        kind: 'checkboxes',
        name: 'contactWhen',
        label: 'Best times to call',
        wide: true,
        options: [
          ['morning', 'Morning'],
          ['afternoon', 'Afternoon'],
          ['evening', 'Evening'],
        ],
      },
    ],
  },
];

/** What the finder asks. */

export interface Question {
  readonly name: string;
  readonly title: string;
  readonly lead: string;
  readonly answers: readonly (readonly [value: string, label: string])[];
}

export const questions: readonly Question[] = [
  {
    name: 'use',
    title: 'Where will you ride?',
    lead: 'Question 1 of 3. Choose what you do most.',
    answers: [
      ['city', 'In town, most days'],
      ['distance', 'Far out, on free days'],
      ['family', 'With children'],
    ],
  },
  {
    name: 'land',
    title: 'How is the land?',
    lead: 'Question 2 of 3.',
    answers: [
      ['flat', 'Flat, with wind'],
      ['hills', 'Hills'],
    ],
  },
  {
    name: 'budget',
    title: 'What may it cost?',
    lead: 'Question 3 of 3. You can pay by the month.',
    answers: [
      ['100000', 'Up to €1,000'],
      ['300000', 'Up to €3,000'],
      ['900000', 'What it takes'],
    ],
  },
];

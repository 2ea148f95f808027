/** What the customers of the tests say to their visitors, and how their sites are set up. */

import type { SiteEdit, SurveyForm } from '@alongside/protocol';

export const notice = {
  body: {
    en: 'We help you on our pages. What you write to us is kept for three months.',
    de: 'Wir helfen Ihnen auf unseren Seiten. Was Sie uns schreiben, wird drei Monate aufbewahrt.',
  },
} as const;

export const survey = {
  questions: [
    {
      kind: 'rating',
      id: 'helped',
      label: { en: 'How well were you helped?', de: 'Wie gut wurde Ihnen geholfen?' },
      required: false,
      max: 5,
    },
  ],
} satisfies SurveyForm;

export function maskedSite(name: string, origins: readonly string[]): SiteEdit {
  return {
    name,
    origins: [...origins],
    visitorCountries: ['FI'],
    masking: {
      text: 'masked',
      maskSelectors: [],
      blockSelectors: [],
      allowSelectors: [],
      noControlSelectors: [],
    },
    languages: ['en', 'de'],
  };
}

/** The customer of one run: made through the console's own API, with the proof page as its site and two agents. */

import { randomBytes } from 'node:crypto';
import type { SurveyForm } from '@alongside/protocol';
import type { SignIn } from '../../service/customer-api.js';
import { CustomerApi } from '../../service/customer-api.js';
import { notice } from '../../service/customer-words.js';

const survey = {
  questions: [
    {
      kind: 'rating',
      id: 'helped',
      label: { en: 'Were you helped?', de: 'Half es?' },
      required: false,
      max: 5,
    },
    { kind: 'text', id: 'else', label: { en: surveyQuestion(), de: 'Noch etwas?' }, required: false },
  ],
} satisfies SurveyForm;

/** Of the question that takes free text. */
export function surveyQuestion(): string {
  return 'Anything else?';
}

export interface ProofCustomer {
  readonly siteKey: string;
  readonly agent: SignIn;
  readonly colleague: SignIn;
}

/** Country, notice and survey are all given, since a view is refused where any of them is missing. */
export async function createProofCustomer(consoleOrigin: string, pageOrigin: string): Promise<ProofCustomer> {
  const mark = randomBytes(6).toString('hex');
  const name = `Proof ${mark}`;
  const api = await CustomerApi.create(consoleOrigin, { name, officer: person('officer', mark) });
  await api.describe({
    name,
    legalName: `${name} Oy`,
    country: 'FI',
    privacyContact: `privacy@${mark}.example`,
  });
  const site = await api.addSite(
    {
      name: `Site ${mark}`,
      origins: [pageOrigin],
      visitorCountries: ['FI'],
      masking: {
        text: 'shown',
        maskSelectors: ['.masked'],
        blockSelectors: ['.blocked'],
        allowSelectors: [],
        noControlSelectors: [],
      },
      languages: ['en', 'de'],
    },
    { notice, survey },
  );
  const work = { country: 'FI', siteIds: [site.siteId] };
  const [agent, colleague] = [person('agent', mark), person('colleague', mark)];
  await Promise.all([api.addAgent(agent, work), api.addAgent(colleague, work)]);
  return { siteKey: site.siteKey, agent, colleague };
}

function person(role: string, mark: string): SignIn {
  return {
    email: `${role}@${mark}.example`,
    displayName: `${role} of the proof`,
    password: randomBytes(12).toString('base64url'),
  };
}

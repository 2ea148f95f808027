/** The register as shipped. Editing it is a change of data: give it a new version and say what was verified when. */

import { euAdequacy } from './eu-adequacy.js';
import { swissAdequacy } from './swiss-adequacy.js';
import type { RegisterBody } from './transfer-register.js';
import { ukAdequacy } from './uk-adequacy.js';

/** Without the moment of its confirmation, which is a fact of an installation. */
export const shippedRegister: RegisterBody & { readonly version: string } = {
  version: '2026-08-05',
  adequacy: [...euAdequacy, ...ukAdequacy, ...swissAdequacy],
  certifications: [],
  scopeFacts: [],
  establishments: [],
  derogations: { consent: false, mostSharesAMonth: 0 },
};

/** The register as shipped. Editing it is a change of data: give it a new version and say what was verified when. */

import { euAdequacy } from './eu-adequacy.js';
import type { TransferRegister } from './transfer-register.js';
import { swissAdequacy, ukAdequacy } from './uk-and-swiss-adequacy.js';

export const currentRegister: TransferRegister = {
  version: '2026-08-05',
  adequacy: [...euAdequacy, ...ukAdequacy, ...swissAdequacy],
};

/** In which words of the panel, and in which language, a visitor was asked: what the ledger of consents names. */

import * as v from 'valibot';
import { exactObject } from './exact-object.js';
import { Language } from './language.js';

export const AskedIn = exactObject({ version: v.pipe(v.string(), v.isoDate()), language: Language });
export type AskedIn = v.InferOutput<typeof AskedIn>;

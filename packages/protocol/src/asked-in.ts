/** In which words of the panel, and in which language, a visitor was asked: what the ledger of consents names. */

import * as v from 'valibot';
import { exactObject } from './exact-object.js';
import { Language } from './language.js';

export const AskedIn = exactObject({ version: v.pipe(v.string(), v.isoDate()), language: Language });
export type AskedIn = v.InferOutput<typeof AskedIn>;

/**
 * `GET /v1/privacy/words/:version`: all sentences of the panel that asked for a consent then, by key; those of consents to
 * a transfer, which have versions of their own, at `GET /v1/privacy/transfer-words/:version`.
 */
export type AskedWords = Readonly<Record<Language, Readonly<Record<string, string>>>>;

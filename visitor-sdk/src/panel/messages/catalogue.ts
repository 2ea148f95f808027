/** The shape of a catalogue: a language that lacks a sentence, or has one too many, does not compile. */

import type { en } from './en.js';

export type MessageKey = keyof typeof en;
export type Catalogue = { readonly [K in MessageKey]: string };

/** Chat lines: numbered at COMMIT, shown to the other side only then. */

import * as v from 'valibot';
import { withoutCards } from './card-numbers.js';
import type { Party } from './engagement-view.js';
import { exactObject } from './exact-object.js';
import type { AgentId } from './ids.js';
import { LineId } from './ids.js';
import { limits } from './limits.js';
import { withoutNationalIds } from './numbers/national-id.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point.
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** `isWellFormed` in words that every browser of ours knows. */
const halfCharacters = /\p{Surrogate}/u;

/** Text that a person typed: well-formed Unicode without control characters but tab and newline, no cards and no national numbers. */
export function personText(maxLength: number) {
  return v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1),
    v.maxLength(maxLength),
    v.check((text) => !halfCharacters.test(text) && !controlCharacters.test(text), 'text'),
    v.transform((text) => withoutNationalIds(withoutCards(text))),
  );
}

/** They turn the text around them about, so that a name could change what stands beside it; letters need none. */
const directionMarks = /[\u202a-\u202e\u2066-\u2069]/g;

/** A name or a title, which people read in the middle of our own words: one line, with no power over them. */
export function personName(maxLength: number) {
  return v.pipe(
    v.string(),
    // Before anything is taken out, so that the published schema can say it.
    v.maxLength(maxLength),
    v.transform((text) => text.replace(directionMarks, '').replace(/[\t\n\u2028\u2029]+/g, ' ')),
    personText(maxLength),
  );
}

export const ChatSend = exactObject({ lineId: LineId, text: personText(limits.chatLineLength) });
export type ChatSend = v.InferOutput<typeof ChatSend>;

export const ChatTyping = exactObject({ typing: v.boolean() });
export type ChatTyping = v.InferOutput<typeof ChatTyping>;

/** A committed line. Numbers of one engagement start at 1 and have no gap. */
export interface ChatLine {
  readonly number: number;
  readonly lineId: LineId;
  readonly from: Party;
  /** Which agent, and what they are called. */
  readonly agentId?: AgentId;
  readonly agentName?: string;
  readonly text: string;
  readonly at: number;
  /** The customer keeps the words in its own store, which did not give them just now: `text` is empty. */
  readonly held?: true;
}

export interface ChatNumbered {
  readonly number: number;
  readonly at: number;
}

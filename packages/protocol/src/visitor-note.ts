/**
 * Reads the relay's notes on the visitor's page, without the schemas of relay-note.ts: every page that is shown would
 * load them. A test holds both against each other.
 */

import { readNoteText } from './note-text.js';
import type { VisitorNote } from './relay-note.js';

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
type Fields = ReadonlyMap<string, unknown>;

/** Reads a note to a visitor; undefined when it is none. */
export function readVisitorNote(text: string): VisitorNote | undefined {
  const [said, ...more] = fieldsOf(readNoteText(text));
  if (said === undefined || more.length > 0) return undefined;
  const [name, body] = said;
  const isNote = Object.hasOwn(checks, name) ? checks[name as keyof typeof checks] : undefined;
  const fields = fieldsOf(body);
  if (isNote?.(fields) !== true) return undefined;
  // What was checked is what the type says, field by field.
  return ownOnly(new Map([[name, ownOnly(fields)]])) as VisitorNote;
}

const checks = {
  admitted: (body: Fields): boolean => {
    const slot = body.get('slot');
    const role = body.get('role');
    return body.size === 2 && ((role === 'visitor' && slot === 0) || (role === 'agent' && isAgentSlot(slot)));
  },
  peer: (body: Fields): boolean =>
    isAgentSlot(body.get('slot')) &&
    uuid.test(String(body.get('agent'))) &&
    typeof body.get('agent') === 'string' &&
    typeof body.get('present') === 'boolean' &&
    body.size === (body.get('away') === true ? 4 : 3),
  behind: (body: Fields): boolean => body.size === 1 && isAgentSlot(body.get('slot')),
};

function fieldsOf(value: unknown): Fields {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

/** An object that inherits nothing: a page's scripts may have given every other one more fields. */
function ownOnly(fields: Fields): object {
  return Object.assign(Object.create(null) as object, Object.fromEntries(fields));
}

function isAgentSlot(slot: unknown): boolean {
  return Number.isInteger(slot) && Number(slot) >= 1 && Number(slot) <= 0xffff;
}

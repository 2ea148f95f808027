/** What the receipt says of people, acts and consents, each in one line. */

import type { Receipt } from '@alongside/protocol';
import type { MessageKey } from '../messages/catalogue.js';
import type { Speech } from '../messages/speech.js';

type Attendance = Receipt['attendance'][number];

/** What was not ended and cannot go on any more: the service was lost meanwhile, and the end with it. */
function isEndLost(
  { what, displayName, from, to, endLost }: Attendance,
  { attendance, endedAt }: Receipt,
): boolean {
  if (endLost) return true;
  if (to !== undefined) return false;
  if (endedAt !== undefined) return true;
  // Leases run beside each other, and so do agents; of one agent's others, a later one says that the former is over.
  if (what === 'control') return false;
  return attendance.some(
    (other) => other.what === what && other.displayName === displayName && other.from > from,
  );
}

/** With the basis on which they could read along, where it is told. */
export function personLine(speech: Speech, each: Attendance, receipt: Receipt): string {
  const { removedBy } = each;
  const part = attendanceLine(speech, each, receipt);
  const line = removedBy === undefined ? part : speech.say(`agents.receipt.removed.${removedBy}`, { part });
  return each.basis === undefined ? line : `${line} (${speech.basis(each.basis)})`;
}

function attendanceLine(speech: Speech, each: Attendance, receipt: Receipt): string {
  const fill = {
    name: each.displayName,
    country: speech.country(each.country),
    what:
      each.organisation === undefined
        ? speech.say(partOf(each))
        : speech.say('agents.receipt.expert', { organisation: each.organisation }),
    from: speech.time(each.from),
  };
  if (isEndLost(each, receipt)) return speech.say('receipt.personLost', fill);
  if (each.to === undefined) return speech.say('receipt.personNow', fill);
  const to = speech.time(each.to);
  return to === fill.from
    ? speech.say('receipt.personAt', fill)
    : speech.say('receipt.person', { ...fill, to });
}

/** Who led wrote with the visitor; beside them others took part. */
function partOf({ what, role, mode }: Attendance): MessageKey {
  if (mode !== undefined) return `agents.receipt.${mode}`;
  if (what !== 'chat' || role === undefined || role === 'lead') return `receipt.${what}`;
  return `agents.receipt.${role}`;
}

const knownActs: readonly string[] = ['point', 'draw', 'scroll', 'click', 'type', 'navigate'];
const knownScopes: readonly string[] = [
  'view',
  'watch',
  'show',
  'control',
  'voice',
  'video',
  'screen',
  'transfer',
];

/** A kind that this version does not know is still told, by its own name. */
export function actLine(speech: Speech, { kind, count }: Receipt['acts'][number]): string {
  const what = knownActs.includes(kind) ? speech.say(`receipt.act.${kind}` as MessageKey) : kind;
  return `${what}: ${count === 1 ? speech.say('receipt.once') : speech.say('receipt.times', { n: count })}`;
}

export function consentLine(
  speech: Speech,
  { scope, act, at, country, words }: Receipt['consents'][number],
): string {
  const told = knownScopes.includes(scope) ? speech.say(`receipt.scope.${scope}` as MessageKey) : scope;
  const what = country === undefined ? told : `${told} (${speech.country(country)})`;
  const consent = `${what}: ${speech.say(`receipt.${act}`)}, ${speech.time(at)}`;
  if (words === undefined) return consent;
  const { version, language: asked } = words;
  const language = new Intl.DisplayNames([speech.language], { type: 'language' }).of(asked) ?? asked;
  return speech.say('receipt.words', { consent, language, version });
}

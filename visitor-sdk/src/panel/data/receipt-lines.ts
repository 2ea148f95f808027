/** What the receipt says of people, acts and consents, each in one line. */

import type { Receipt } from '@alongside/protocol';
import type { MessageKey } from '../messages/catalogue.js';
import type { Speech } from '../messages/speech.js';

type Attendance = Receipt['attendance'][number];

/** What was not ended and cannot go on any more: the service was lost meanwhile, and the end with it. */
function isEndLost({ what, from, to, endLost }: Attendance, { attendance, endedAt }: Receipt): boolean {
  if (endLost) return true;
  if (to !== undefined) return false;
  if (endedAt !== undefined) return true;
  // Several may act beside each other; of the others, a later one says that the former is over.
  return what !== 'control' && attendance.some((other) => other.what === what && other.from > from);
}

export function personLine(speech: Speech, each: Attendance, receipt: Receipt): string {
  const fill = {
    name: each.displayName,
    country: speech.country(each.country),
    what: speech.say(`receipt.${each.what}`),
    from: speech.time(each.from),
  };
  if (isEndLost(each, receipt)) return speech.say('receipt.personLost', fill);
  if (each.to === undefined) return speech.say('receipt.personNow', fill);
  const to = speech.time(each.to);
  return to === fill.from
    ? speech.say('receipt.personAt', fill)
    : speech.say('receipt.person', { ...fill, to });
}

const knownActs: readonly string[] = ['point', 'draw', 'scroll', 'click', 'type', 'navigate'];
const knownScopes: readonly string[] = ['view', 'show', 'control', 'voice', 'video'];

/** A kind that this version does not know is still told, by its own name. */
export function actLine(speech: Speech, { kind, count }: Receipt['acts'][number]): string {
  const what = knownActs.includes(kind) ? speech.say(`receipt.act.${kind}` as MessageKey) : kind;
  return `${what}: ${count === 1 ? speech.say('receipt.once') : speech.say('receipt.times', { n: count })}`;
}

export function consentLine(speech: Speech, { scope, act, at }: Receipt['consents'][number]): string {
  const what = knownScopes.includes(scope) ? speech.say(`receipt.scope.${scope}` as MessageKey) : scope;
  return `${what}: ${speech.say(`receipt.${act}`)}, ${speech.time(at)}`;
}

/** How often a call that could not be joined is tried again. */

import type { RefusalCode } from '@alongside/protocol';

/** That media do not get through is nothing that the service could say. */
export type CallFailure = RefusalCode | 'mediaUnreachable';

/** After the first one. What the service refuses is refused at once; a way is looked for a quarter of a minute. */
const JOIN_TRIES = 5;
const WAY_TRIES = 2;
/** Of a page that was loaded anew the former one may be there for a moment still. */
const PAGE_TRIES = 2;

/** The visitor is in the call in another tab, which is asked to give it up by a press alone. */
export function isElsewhere(code: CallFailure): boolean {
  return code === 'conflict';
}

/** `failures`: how many there were before this one. */
export function isGivenUp(code: CallFailure, failures: number): boolean {
  if (code === 'callNotSealed' || code === 'callNotSupported' || code === 'callFlooded') return true;
  if (isElsewhere(code)) return failures >= PAGE_TRIES;
  return failures >= (code === 'mediaUnreachable' ? WAY_TRIES : JOIN_TRIES);
}

/** Tells the person who starts why something failed, each failure once, however many hear of it. */

import { sayError } from './say.js';
import { StartFailure, StartInterrupted } from './start-failure.js';

const told = new WeakSet<Error>();

export function tellFailure(error: unknown): void {
  if (error instanceof StartInterrupted) return;
  if (error instanceof Error) {
    if (told.has(error)) return;
    told.add(error);
  }
  if (error instanceof StartFailure)
    for (const line of error.message.split('\n')) sayError(`alongside: ${line}`);
  else
    sayError(`alongside: unexpected: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}`);
}

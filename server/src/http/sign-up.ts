/** Who may sign up a customer: anybody, who knows the code, or nobody. */

import { createHash, timingSafeEqual } from 'node:crypto';
import { type Reply, refuse } from '@alongside/protocol';

export type SignUp =
  | { readonly mode: 'open' }
  | { readonly mode: 'code'; readonly code: string }
  | { readonly mode: 'closed' };

/** A refusal, or undefined when it may go on. */
export function mayOpen(signUp: SignUp, code: string | undefined): Reply<never> | undefined {
  if (signUp.mode === 'open') return undefined;
  if (signUp.mode === 'closed') return refuse('notPermitted', 'signUp');
  return isSame(code ?? '', signUp.code) ? undefined : refuse('notPermitted', 'code');
}

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** What a lease lets an agent do: one rule for the relay, the visitor's page and the console. */

import type { LeasedKind } from './engagement-view.js';
import type { IntentKind } from './frame-header.js';

/** In the order in which people are told of them, from looking to acting. */
export const leasedKinds: readonly LeasedKind[] = ['point', 'draw', 'scroll', 'click', 'type', 'navigate'];

/** A hand that draws, clicks or types shows where it is: these kinds include pointing. */
const pointing: readonly LeasedKind[] = ['point', 'draw', 'click', 'type'];

/** Whether a lease of these kinds covers an intent. */
export function covers(kinds: readonly LeasedKind[], intent: IntentKind): boolean {
  if (intent === 'point') return kinds.some((kind) => pointing.includes(kind));
  return kinds.includes(intent);
}

/** Pointing and drawing only show something; the others change the page. */
export function isShownOnly(kind: IntentKind): boolean {
  return kind === 'point' || kind === 'draw';
}

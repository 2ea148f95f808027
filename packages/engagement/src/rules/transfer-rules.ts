/** Showing a conversation where nothing but the visitor's explicit consent covers it (GDPR Art. 49(1)(a)). */

import { limits } from '@alongside/protocol';
import type { ActiveEngagement, Engagement, WaitingEngagement } from '../engagement.js';
import type { HappeningOf } from '../happening.js';
import type { EntryDraft, Moment, Outcome } from '../outcome.js';
import { moved, refused, unchanged } from '../outcome.js';

/** Before somebody has come, or while it runs; afterwards nothing is shown that could be agreed to. */
type Open = WaitingEngagement | ActiveEngagement;

const scope = 'transfer';

/** One question at a time, to a visitor who is there to read it. */
export function askTransfer(
  engagement: Open,
  happening: HappeningOf<'askTransfer'>,
  { now }: Moment,
): Outcome {
  const { askId, agentId, displayName, country } = happening;
  if (engagement.asksNothing) return refused('consentMissing');
  if (!engagement.visitor.connected) return refused('peerAbsent');
  if (engagement.transfer?.agentId === agentId) return unchanged(engagement);
  if (engagement.transfer !== undefined) return refused('conflict');
  const expiresAt = now + limits.transferAskMs;
  const transfer = { askId, agentId, displayName, country, expiresAt };
  return moved({ ...engagement, transfer }, ['transfer:asked']);
}

export function grantTransfer(
  engagement: Open,
  { askId, version, language }: HappeningOf<'grantTransfer'>,
  { now, committed }: Moment,
): Outcome {
  const { transfer, transfers = [] } = engagement;
  if (transfer === undefined || transfer.askId !== askId) return refused('askExpired');
  const { country, expiresAt } = transfer;
  if (committed === undefined) {
    if (expiresAt <= now) return refused('askExpired');
    const granted = { country, version, language };
    return { kind: 'commit', entries: [{ type: 'consent', scope, act: 'granted', transfer: granted }] };
  }
  const agreed = [...transfers.filter((each) => each !== country), country];
  return moved({ ...withoutQuestion(engagement), transfers: agreed }, ['transfer:granted']);
}

export function refuseTransfer(engagement: Open, { askId }: HappeningOf<'refuseTransfer'>): Outcome {
  const { transfer } = engagement;
  if (transfer === undefined || transfer.askId !== askId) return refused('askExpired');
  const { country } = transfer;
  const no: EntryDraft = { type: 'consent', scope, act: 'refused', transfer: { country } };
  return moved(withoutQuestion(engagement), ['transfer:refused'], [no]);
}

export function expireTransfer(
  engagement: Open,
  { askId }: HappeningOf<'expireTransfer'>,
  { now }: Moment,
): Outcome {
  const { transfer } = engagement;
  if (transfer === undefined || transfer.askId !== askId || transfer.expiresAt > now)
    return refused('askExpired');
  return moved(withoutQuestion(engagement), ['transfer:cancelled']);
}

/** At once. Who is in by it leaves by a happening of their own, since the lead may have nobody to pass to. */
export function withdrawTransfers(engagement: Open, { recorded }: HappeningOf<'withdrawTransfers'>): Outcome {
  const { transfers: _agreed, ...rest } = withoutQuestion(engagement);
  const { transfers = [], transfer } = engagement;
  if (transfers.length === 0) return unchanged(engagement);
  const asked = transfer === undefined ? [] : (['transfer:cancelled'] as const);
  const taken = transfers.map(
    (country): EntryDraft => ({ type: 'consent', scope, act: 'withdrawn', transfer: { country } }),
  );
  return moved(rest, [...asked, 'transfer:withdrawn'], recorded ? [] : taken);
}

/** The same engagement with nothing asked of this kind. */
export function withoutQuestion<E extends Engagement>(engagement: E): E {
  const { transfer: _question, ...rest } = engagement;
  // The field is optional, so what is left is of the same type; the compiler cannot follow it through the union.
  return rest as E;
}

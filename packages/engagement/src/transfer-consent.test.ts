/** Explicit consent to a transfer: asked once, committed before it counts, taken back at once. */

import type { AgentId, AskId, EngagementId, EngagementLedger, SiteId, TenantId } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { nextDeadline } from './deadline.js';
import type { Engagement } from './engagement.js';
import { engagementView } from './engagement-view.js';
import { fromLedger, reconcile } from './from-ledger.js';
import type { Happening } from './happening.js';
import type { Committed, Outcome } from './outcome.js';
import { may } from './permission.js';
import { transition } from './transition.js';

const now = 1_000_000;
const aki = 'agent-aki' as AgentId;
const ben = 'agent-ben' as AgentId;
const askId = 'ask-1' as AskId;
const ledger: EngagementLedger = {
  ...{ engagementId: 'e' as EngagementId, tenantId: 't' as TenantId, siteId: 's' as SiteId },
  ...{ siteName: 'Shop', version: 1, phase: 'waiting', requestedAt: now, language: 'en' },
  ...{ consents: [], lastChatNumber: 1, lastLease: 0 },
};
const waiting = here(fromLedger(ledger, { now, lostAt: now }).engagement);
const asking = { type: 'askTransfer', askId, agentId: ben, displayName: 'Ben', country: 'IN' } as const;
const asked = next(waiting, asking);
const yes = { type: 'grantTransfer', askId, version: '2026-11-22', language: 'en' } as const;
const granted = next(asked, yes, { version: 2, entry: 1 });

function here(engagement: Engagement): Engagement {
  return next(engagement, { type: 'visitorReturned' });
}

function outcomeOf(engagement: Engagement, happening: Happening, committed?: Committed, at = now): Outcome {
  return transition(engagement, happening, committed === undefined ? { now: at } : { now: at, committed });
}

function next(engagement: Engagement, happening: Happening, committed?: Committed): Engagement {
  const outcome = outcomeOf(engagement, happening, committed);
  if (outcome.kind !== 'moved') throw new Error(`${happening.type}: ${outcome.kind}`);
  return outcome.next;
}

describe('the question', () => {
  it('[TR1] is shown to the visitor with who and where, and is over after its time', () => {
    expect(engagementView(asked).transfer).toMatchObject({ displayName: 'Ben', country: 'IN' });
    const deadline = nextDeadline(asked);
    expect(deadline?.at).toBe(now + limits.transferAskMs);
    expect(outcomeOf(asked, { type: 'expireTransfer', askId }).kind).toBe('refused');
    const over = outcomeOf(asked, { type: 'expireTransfer', askId }, undefined, now + limits.transferAskMs);
    expect(over).toMatchObject({ kind: 'moved', changes: ['transfer:cancelled'] });
    expect(over.kind === 'moved' && 'transfer' in over.next).toBe(false);
  });

  it('[TR1] is one at a time, and put to nobody who is away', () => {
    expect(outcomeOf(asked, asking)).toMatchObject({ kind: 'moved', changes: [] });
    const other = { ...asking, agentId: aki };
    expect(outcomeOf(asked, other)).toMatchObject({ refusal: { code: 'conflict' } });
    const away = next(waiting, { type: 'visitorLeft' });
    expect(outcomeOf(away, asking)).toMatchObject({ refusal: { code: 'peerAbsent' } });
  });

  it('[TR1] goes with somebody else who accepts, and with the end', () => {
    const accept = { type: 'accept', agentId: aki, displayName: 'Aki' } as const;
    expect(next(asked, accept, { version: 2, entry: 0 })).not.toHaveProperty('transfer');
    const end = { type: 'end', by: 'visitor', reason: 'visitorEnded' } as const;
    expect(next(asked, end, { version: 2, entry: 0 })).not.toHaveProperty('transfer');
  });

  it('[PE2] is never put to somebody who may not be asked, and neither is any other', () => {
    const child = here(fromLedger({ ...ledger, asksNothing: true }, { now, lostAt: now }).engagement);
    expect(outcomeOf(child, asking)).toMatchObject({ refusal: { code: 'consentMissing' } });
    const helped = next(
      child,
      { type: 'accept', agentId: aki, displayName: 'Aki' },
      { version: 2, entry: 0 },
    );
    const adult = next(
      waiting,
      { type: 'accept', agentId: aki, displayName: 'Aki' },
      { version: 2, entry: 0 },
    );
    for (const command of ['view:ask', 'call:start'] as const) {
      expect(may({ agentId: aki }, command, engagementView(helped))).toBe(false);
      expect(may({ agentId: aki }, command, engagementView(adult))).toBe(true);
    }
    expect(may('visitor', 'call:start', engagementView(helped))).toBe(false);
    expect(may('visitor', 'chat:send', engagementView(helped))).toBe(true);
  });
});

describe('the answer', () => {
  it('[TR2] commits a yes with the country and the words, and then counts', () => {
    const transfer = { country: 'IN', version: '2026-11-22', language: 'en' };
    expect(outcomeOf(asked, yes)).toEqual({
      kind: 'commit',
      entries: [{ type: 'consent', scope: 'transfer', act: 'granted', transfer }],
    });
    expect([granted.transfers, 'transfer' in granted]).toEqual([['IN'], false]);
    expect(outcomeOf(granted, yes)).toMatchObject({ refusal: { code: 'askExpired' } });
    const late = outcomeOf(asked, yes, undefined, now + limits.transferAskMs);
    expect(late).toMatchObject({ refusal: { code: 'askExpired' } });
  });

  it('[TR2] reports a no, which agrees to nothing', () => {
    const no = outcomeOf(asked, { type: 'refuseTransfer', askId });
    expect(no).toMatchObject({
      reports: [{ type: 'consent', scope: 'transfer', act: 'refused', transfer: { country: 'IN' } }],
    });
    expect(no.kind === 'moved' && no.next.transfers).toBeUndefined();
  });

  it('[TR3] is taken back at once, and reported', () => {
    const taken = outcomeOf(granted, { type: 'withdrawTransfers' });
    expect(outcomeOf(granted, { type: 'withdrawTransfers', recorded: true })).toMatchObject({ reports: [] });
    expect(taken).toMatchObject({
      changes: ['transfer:withdrawn'],
      reports: [{ type: 'consent', scope: 'transfer', act: 'withdrawn', transfer: { country: 'IN' } }],
    });
    expect(taken.kind === 'moved' && taken.next).not.toHaveProperty('transfers');
    expect(may('visitor', 'transfer:withdraw', engagementView(granted))).toBe(true);
    expect(may('visitor', 'transfer:withdraw', engagementView(waiting))).toBe(false);
  });
});

describe('who is in by it', () => {
  const accept = { type: 'accept', agentId: ben, displayName: 'Ben', byConsent: true } as const;
  const active = next(granted, accept, { version: 3, entry: 0 });

  it('is shown as such, also after a rebuild', () => {
    expect(engagementView(active).agents).toMatchObject([{ agentId: ben, byConsent: true }]);
    const agent = { agentId: ben, displayName: 'Ben', byConsent: true } as const;
    const kept: EngagementLedger = { ...ledger, phase: 'active', agent, transfers: ['IN'] };
    const rebuilt = fromLedger(kept, { now, lostAt: now }).engagement;
    expect(engagementView(rebuilt).agents).toMatchObject([{ agentId: ben, byConsent: true }]);
    expect(rebuilt.transfers).toEqual(['IN']);
  });

  it('[TR4] a newer ledger takes a consent away and adds none', () => {
    const agent = { agentId: ben, displayName: 'Ben', byConsent: true } as const;
    const newer = { ...ledger, phase: 'active', version: 9, agent } as const;
    expect(reconcile(active, { ...newer, transfers: ['US'] }, now).engagement.transfers).toEqual([]);
    expect(reconcile(active, { ...newer, transfers: ['IN', 'US'] }, now).engagement.transfers).toEqual([
      'IN',
    ]);
  });
});

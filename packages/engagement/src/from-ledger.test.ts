/** Rebuilding from the ledger: only what it holds, only what is young enough, and only ever less than memory. */

import type { EngagementLedger } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { aki, engagements, noor, start } from '../test/engagement-samples.js';
import { engagementView, fromLedger, nextDeadline, reconcile } from './index.js';

const { engagementId, tenantId, siteId } = engagements.active;
const agent = { agentId: aki, displayName: 'Aki' };
const viewConsent = { scope: 'view', entry: 5, grantedAt: start - 9000 } as const;
const ledger: EngagementLedger = {
  ...{ engagementId, tenantId, siteId, siteName: 'Shop', version: 6, phase: 'active' },
  ...{ requestedAt: start - 20_000, language: 'de', agent, consents: [viewConsent] },
  ...{ lastChatNumber: 3, lastLease: 2 },
};
const soon = { now: start + 3000, lostAt: start };

describe('fromLedger', () => {
  it('[RB2] continues a view whose consent is committed, when the loss is young', () => {
    const { engagement, reports } = fromLedger(ledger, soon);
    expect(engagement).toMatchObject({
      phase: 'active',
      view: { state: 'on', entry: 5, since: start - 9000, expiresAt: start - 9000 + limits.viewMs },
      visitor: { connected: false, since: start },
      lastChatNumber: 3,
      lastLease: 2,
    });
    expect(reports).toEqual([]);
    expect(engagementView(engagement).view).toMatchObject({ state: 'on', paused: true });
    expect(nextDeadline(engagement)).toEqual({ at: start + 60_000, happening: { type: 'awayTooLong' } });
  });

  it('[RB2] does not continue it after a minute, nor without the consent', () => {
    const late = fromLedger(ledger, { now: start + 60_000, lostAt: start });
    expect(late.engagement).toMatchObject({ view: { state: 'off' } });
    expect(late.reports).toEqual([{ type: 'consent', scope: 'view', act: 'withdrawn', agentId: aki }]);
    const old = { ...viewConsent, grantedAt: soon.now - limits.viewMs };
    expect(fromLedger({ ...ledger, consents: [old] }, soon)).toMatchObject({
      engagement: { view: { state: 'off' } },
      reports: [{ scope: 'view', act: 'withdrawn' }],
    });
    expect(fromLedger({ ...ledger, consents: [] }, soon).engagement).toMatchObject({
      view: { state: 'off' },
    });
  });

  it('[RB3] restores no lease, question or call, and withdraws what belonged to one', () => {
    const consents = (['voice', 'video', 'control'] as const).map((scope) => ({ ...viewConsent, scope }));
    const { engagement, reports } = fromLedger({ ...ledger, consents }, soon);
    expect(engagement).toMatchObject({
      control: { leases: [] },
      call: { state: 'off' },
      view: { state: 'off' },
    });
    expect(reports.map((report) => 'scope' in report && report.scope)).toEqual(['voice', 'video', 'control']);
  });

  it('keeps what the site wants of its calls, and that somebody disputes it', () => {
    expect(fromLedger({ ...ledger, relayOnly: true }, soon).engagement.relayOnly).toBe(true);
    expect(fromLedger(ledger, soon).engagement).not.toHaveProperty('relayOnly');
    expect(fromLedger({ ...ledger, screens: 'any' }, soon).engagement.screens).toBe('any');
    expect(fromLedger(ledger, soon).engagement).not.toHaveProperty('screens');
    expect(fromLedger({ ...ledger, mediaSealed: true }, soon).engagement.mediaSealed).toBe(true);
    expect(fromLedger(ledger, soon).engagement).not.toHaveProperty('mediaSealed');
    expect(fromLedger({ ...ledger, disputed: true }, soon).engagement.disputed).toBe(true);
    expect(fromLedger(ledger, soon).engagement).not.toHaveProperty('disputed');
  });

  it('[RB6] opens nothing of a ledger that contradicts itself', () => {
    const { agent: _agent, ...nobody } = ledger;
    for (const phase of ['active', 'wrapUp'] as const) {
      expect(fromLedger({ ...nobody, phase }, soon).engagement.phase).toBe('closed');
    }
    expect(
      fromLedger({ ...nobody, phase: 'waiting', consents: [viewConsent] }, soon).engagement,
    ).not.toHaveProperty('view');
    expect(fromLedger({ ...ledger, phase: 'closed' }, soon).engagement.phase).toBe('closed');
    expect(fromLedger({ ...ledger, phase: 'wrapUp' }, soon).engagement.phase).toBe('wrapUp');
  });
});

describe('reconcile', () => {
  const current = { ...engagements.everything, ledgerVersion: 6, version: start };

  it('[RB1] lets an older or equal ledger change nothing', () => {
    for (const version of [1, 5, 6]) {
      const { engagement, reports } = reconcile(current, { ...ledger, version, consents: [] }, start);
      expect(engagement).toBe(current);
      expect(reports).toEqual([]);
    }
  });

  it('[RB4] lets a newer one of the same phase and agent only take away', () => {
    const kept = reconcile(current, { ...ledger, version: 7 }, start).engagement;
    expect(kept).toMatchObject({
      view: { state: 'on' },
      control: { leases: [{ lease: 1 }] },
      call: { state: 'on' },
    });
    expect(kept.ledgerVersion).toBe(7);
    const { engagement: taken, reports } = reconcile(current, { ...ledger, version: 7, consents: [] }, start);
    expect(reports).toEqual([{ type: 'leaseEnded', lease: 1, by: 'system', reason: 'viewEnded' }]);
    expect(taken).toMatchObject({ view: { state: 'off' }, control: { leases: [] }, call: { state: 'on' } });
    const bare = { ...engagements.active, ledgerVersion: 6 };
    expect(reconcile(bare, { ...ledger, version: 7 }, start).engagement).toMatchObject({
      view: { state: 'off' },
    });
  });

  it('[RB8] learns who the visitor is from whatever ticket says so, and forgets it for none', () => {
    const told = { ...ledger, visitorName: 'Mira', topic: 'Loans', confirmedAs: 'Customer 4711' };
    const { engagement } = reconcile(current, { ...told, version: 6, consents: [] }, start);
    expect(engagement).toMatchObject({ visitorName: 'Mira', topic: 'Loans', confirmedAs: 'Customer 4711' });
    expect(engagement.version).toBe(current.version + 1);
    expect(engagement).toMatchObject({ view: { state: 'on' }, ledgerVersion: 6 });
    expect(reconcile(engagement, { ...told, visitorName: 'Mallory' }, start).engagement).toBe(engagement);
    for (const more of [{}, { agent: { agentId: noor, displayName: 'Noor' } }]) {
      const later = reconcile(engagement, { ...ledger, ...more, version: 7 }, start).engagement;
      expect(later).toMatchObject({ visitorName: 'Mira', topic: 'Loans' });
    }
  });

  it('[RB4] [RB5] lets another phase or agent replace memory, with nothing shared, and counts on', () => {
    const other = { ...ledger, version: 7, agent: { agentId: noor, displayName: 'Noor' } };
    const { engagement, reports } = reconcile(current, other, start - 5000);
    expect(engagement).toMatchObject({
      agent: { agentId: noor },
      view: { state: 'off' },
      call: { state: 'off' },
    });
    expect(engagement.visitor).toBe(current.visitor);
    expect(engagement.version).toBeGreaterThan(current.version);
    expect(reports.map(({ type }) => type)).toEqual(['consent', 'leaseEnded', 'callEnded']);
    const waiting = { ...engagements.waiting, ledgerVersion: 1 };
    expect(reconcile(waiting, ledger, start).engagement.phase).toBe('active');
  });
});

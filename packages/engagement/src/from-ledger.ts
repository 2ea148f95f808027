/**
 * Rebuilds an engagement from what the ledger holds, never from what a client claims. Leases, questions and calls
 * are not restored; a view is, when its consent is committed and too little time has passed to ask again.
 */

import type { EngagementLedger } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { AgentSeat, Engagement, Presence, ViewConsent } from './engagement.js';
import { agentOf } from './engagement.js';
import type { EntryDraft } from './outcome.js';
import { closeView } from './rules/view-rules.js';

export interface Rebuilt {
  readonly engagement: Engagement;
  /** Consents that the ledger still holds and that do not hold any more. */
  readonly reports: readonly EntryDraft[];
}

export interface Rebuilding {
  readonly now: number;
  /** When this node's engagements were lost: both sides must be back within the return time of it. */
  readonly lostAt: number;
}

export function fromLedger(ledger: EngagementLedger, { now, lostAt }: Rebuilding): Rebuilt {
  const inTime = now - lostAt < limits.returnMs;
  const away: Presence = { connected: false, since: inTime ? Math.min(lostAt, now) : now };
  const { topic, visitorName, confirmedAs } = ledger;
  const core = {
    engagementId: ledger.engagementId,
    tenantId: ledger.tenantId,
    siteId: ledger.siteId,
    siteName: ledger.siteName,
    version: now,
    ledgerVersion: ledger.version,
    requestedAt: ledger.requestedAt,
    ...(topic === undefined ? {} : { topic }),
    ...(visitorName === undefined ? {} : { visitorName }),
    ...(confirmedAs === undefined ? {} : { confirmedAs }),
    language: ledger.language,
    visitor: away,
    lastChatNumber: ledger.lastChatNumber,
    lastLease: ledger.lastLease,
  };
  const agent: AgentSeat | undefined = ledger.agent && { ...ledger.agent, presence: away };
  // A ledger that says active without an agent contradicts itself; such an engagement is closed to everybody.
  if (ledger.phase === 'closed' || (agent === undefined && ledger.phase !== 'waiting')) {
    return {
      engagement: { ...core, phase: 'closed', ...(agent === undefined ? {} : { agent }) },
      reports: [],
    };
  }
  if (agent === undefined || ledger.phase === 'waiting') {
    return { engagement: { ...core, phase: 'waiting' }, reports: [] };
  }
  if (ledger.phase === 'wrapUp') return { engagement: { ...core, phase: 'wrapUp', agent }, reports: [] };
  const view = viewFrom(ledger, inTime, now);
  const off = { state: 'off' } as const;
  return {
    engagement: { ...core, phase: 'active', agent, view, control: { leases: [] }, call: off },
    reports: notRestored(ledger, view),
  };
}

function viewFrom(ledger: EngagementLedger, inTime: boolean, now: number): ViewConsent {
  const consent = ledger.consents.find((each) => each.scope === 'view');
  if (consent === undefined || !inTime) return { state: 'off' };
  const { entry, grantedAt: since } = consent;
  const expiresAt = since + limits.viewMs;
  return expiresAt <= now ? { state: 'off' } : { state: 'on', entry, since, expiresAt };
}

function notRestored(ledger: EngagementLedger, view: ViewConsent): EntryDraft[] {
  const agent = ledger.agent === undefined ? {} : { agentId: ledger.agent.agentId };
  return ledger.consents
    .filter(({ scope }) => scope !== 'view' || view.state !== 'on')
    .map(({ scope }) => ({ type: 'consent', scope, act: 'withdrawn', ...agent }));
}

/**
 * What a ticket's ledger changes in an engagement that is in memory. An older ledger changes nothing. A newer one
 * of the same phase and agent can only take away; anything else is rebuilt, with the presence that memory knows.
 */
export function reconcile(current: Engagement, ledger: EngagementLedger, now: number): Rebuilt {
  if (ledger.version <= current.ledgerVersion) return { engagement: current, reports: [] };
  const same = current.phase === ledger.phase && agentOf(current)?.agentId === ledger.agent?.agentId;
  if (same) return { engagement: takeAway(current, ledger), reports: [] };
  const rebuilt = fromLedger(ledger, { now, lostAt: Number.NEGATIVE_INFINITY });
  const version = Math.max(current.version + 1, now);
  const lastChatNumber = Math.max(current.lastChatNumber, ledger.lastChatNumber);
  return {
    engagement: { ...rebuilt.engagement, version, lastChatNumber, visitor: current.visitor },
    reports: rebuilt.reports,
  };
}

function takeAway(current: Engagement, ledger: EngagementLedger): Engagement {
  const raised = {
    ...current,
    version: current.version + 1,
    ledgerVersion: ledger.version,
    lastChatNumber: Math.max(current.lastChatNumber, ledger.lastChatNumber),
    lastLease: Math.max(current.lastLease, ledger.lastLease),
  };
  if (raised.phase !== 'active' || raised.view.state !== 'on') return raised;
  if (ledger.consents.some(({ scope }) => scope === 'view')) return raised;
  return closeView(raised, true).next;
}

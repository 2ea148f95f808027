/**
 * Rebuilds an engagement from what the ledger holds, never from what a client claims. Leases, questions and calls
 * are not restored; a view is, when its consent is committed and too little time has passed to ask again.
 */

import type { AgentId, EngagementLedger } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { ActiveEngagement, ActiveSeat, Engagement, Presence, ViewConsent } from './engagement.js';
import { agentOf } from './engagement.js';
import type { EntryDraft } from './outcome.js';
import { leftOf } from './rules/call-presence-rules.js';
import { closeCall } from './rules/call-rules.js';
import { endLeases } from './rules/control-rules.js';
import { closeView } from './rules/view-rules.js';

export interface Rebuilt {
  readonly engagement: Engagement;
  /** What the ledger still holds and what does not hold any more: consents, and who was in a call. */
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
  const core = {
    engagementId: ledger.engagementId,
    tenantId: ledger.tenantId,
    siteId: ledger.siteId,
    siteName: ledger.siteName,
    version: now,
    ledgerVersion: ledger.version,
    requestedAt: ledger.requestedAt,
    ...introduction(ledger),
    language: ledger.language,
    visitor: away,
    lastChatNumber: ledger.lastChatNumber,
    lastLease: ledger.lastLease,
    ...consenting(ledger),
    ...(ledger.disputed ? { disputed: ledger.disputed } : {}),
    ...(ledger.relayOnly ? { relayOnly: ledger.relayOnly } : {}),
    ...(ledger.mediaSealed ? { mediaSealed: ledger.mediaSealed } : {}),
    ...(ledger.screens ? { screens: ledger.screens } : {}),
  };
  const [agent, ...joined] = seatsFrom(ledger, away);
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
    engagement: {
      ...{ ...core, phase: 'active', agent, joined, hiddenFrom: ledger.hidden ?? [] },
      ...{ lastPlace: 1 + joined.length, view, control: { leases: [] }, call: off },
    },
    reports: notRestored(ledger, view),
  };
}

/** What the visitor may be asked, and has agreed to of where agents work. */
function consenting({
  transfers,
  asksNothing,
}: EngagementLedger): Pick<Engagement, 'transfers' | 'asksNothing'> {
  return {
    ...(transfers === undefined ? {} : { transfers }),
    ...(asksNothing ? { asksNothing } : {}),
  };
}

/** The lead first. Whoever came in beside them is told to the visitor again before they see the page. */
function seatsFrom(ledger: EngagementLedger, presence: Presence): readonly ActiveSeat[] {
  if (ledger.agent === undefined) return [];
  const { requestedAt: since, leadSupervises: supervises = false } = ledger;
  const { byConsent, ...agent } = ledger.agent;
  const seat = { ...agent, presence, place: 1, since, noticed: true, supervises };
  const lead = { ...seat, ...(byConsent ? { byConsent } : {}) };
  const joined = (ledger.joined ?? []).map(
    ({ agentId, displayName, role, joinedAt, byConsent: each }, index) => ({
      ...{ agentId, displayName, presence, place: index + 2, since: joinedAt, noticed: false },
      supervises: role === 'supervisor',
      ...(each ? { byConsent: each } : {}),
    }),
  );
  return [lead, ...joined];
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
 * What a ticket's ledger changes in an engagement that is in memory. An older ledger changes nothing but who the
 * visitor said they are, where memory does not know. A newer one
 * of the same phase and agent can only take away; anything else is rebuilt, with the presence that memory knows.
 */
export function reconcile(current: Engagement, ledger: EngagementLedger, now: number): Rebuilt {
  if (ledger.version <= current.ledgerVersion)
    return { engagement: introducedTo(current, ledger), reports: [] };
  const same = current.phase === ledger.phase && agentOf(current)?.agentId === ledger.agent?.agentId;
  if (same) return takeAway(introducedTo(current, ledger), ledger);
  const rebuilt = fromLedger(ledger, { now, lostAt: Number.NEGATIVE_INFINITY });
  const version = Math.max(current.version + 1, now);
  const lastChatNumber = Math.max(current.lastChatNumber, ledger.lastChatNumber);
  return {
    engagement: {
      ...introduction(current),
      ...{ ...rebuilt.engagement, version, lastChatNumber, visitor: current.visitor },
    },
    reports: [...rebuilt.reports, ...replaced(current, now)],
  };
}

/** What memory knows of leases and a call that are not restored; consents are taken from the ledger. */
function replaced(current: Engagement, now: number): readonly EntryDraft[] {
  if (current.phase !== 'active') return [];
  const lent = endLeases(current, { by: 'system', reason: 'ended' }).reports;
  const called = closeCall(current, 'system', now).reports.filter(({ type }) => type !== 'consent');
  return [...lent, ...called];
}

type Introduction = Pick<Engagement, 'topic' | 'visitorName' | 'confirmedAs'>;

function introduction({
  topic,
  visitorName,
  confirmedAs,
}: Pick<EngagementLedger, keyof Introduction>): Introduction {
  return {
    ...(topic === undefined ? {} : { topic }),
    ...(visitorName === undefined ? {} : { visitorName }),
    ...(confirmedAs === undefined ? {} : { confirmedAs }),
  };
}

/** Where the customer keeps it, only the visitor's own ticket brings it; whoever came back first did not have it. */
function introducedTo(current: Engagement, ledger: EngagementLedger): Engagement {
  const said = introduction(ledger);
  const isNew = Object.keys(said).some((part) => !(part in current));
  return isNew ? { ...current, ...said, ...introduction(current), version: current.version + 1 } : current;
}

function takeAway(current: Engagement, ledger: EngagementLedger): Rebuilt {
  const raised = {
    ...current,
    version: current.version + 1,
    ledgerVersion: ledger.version,
    lastChatNumber: Math.max(current.lastChatNumber, ledger.lastChatNumber),
    lastLease: Math.max(current.lastLease, ledger.lastLease),
    ...(current.transfers === undefined ? {} : { transfers: stillAgreed(current.transfers, ledger) }),
  };
  if (raised.phase !== 'active') return { engagement: raised, reports: [] };
  const { engagement: kept, reports } = withoutDeparted(raised, ledger);
  if (kept.view.state !== 'on' || ledger.consents.some(({ scope }) => scope === 'view')) {
    return { engagement: kept, reports };
  }
  const closed = closeView(kept, true);
  return { engagement: closed.next, reports: [...reports, ...closed.reports] };
}

function stillAgreed(countries: readonly string[], { transfers = [] }: EngagementLedger): readonly string[] {
  return countries.filter((each) => transfers.includes(each));
}

/** Of the agents beside the lead only those whom the ledger knows stay, and hidden stays what either says is. */
function withoutDeparted(
  current: ActiveEngagement,
  ledger: EngagementLedger,
): { readonly engagement: ActiveEngagement; readonly reports: readonly EntryDraft[] } {
  const known = new Set<AgentId>((ledger.joined ?? []).map(({ agentId }) => agentId));
  const hiddenFrom = [...new Set([...current.hiddenFrom, ...(ledger.hidden ?? [])])];
  const gone = current.joined.filter(({ agentId }) => !known.has(agentId));
  const isGone = (agentId: AgentId) => gone.some((each) => each.agentId === agentId);
  const joined = current.joined.filter(({ agentId }) => !isGone(agentId));
  const { call } = current;
  const theirs = new Set(
    current.control.leases.flatMap(({ lease, agentId }) => (isGone(agentId) ? [lease] : [])),
  );
  const lent = endLeases(current, { by: 'system', reason: 'left' }, (lease) => theirs.has(lease));
  const kept = { ...lent.next, joined, hiddenFrom };
  if (call.state !== 'on' || call.present === undefined) return { engagement: kept, reports: lent.reports };
  const present = call.present.filter(({ agentId }) => !isGone(agentId));
  const left = call.present.filter(({ agentId }) => isGone(agentId));
  return {
    engagement: { ...kept, call: { ...call, present } },
    reports: [...lent.reports, ...left.map(leftOf)],
  };
}

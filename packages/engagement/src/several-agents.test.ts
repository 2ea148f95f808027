/** Several agents in one engagement: each rule by itself, beside the walk over every state. */

import type { AgentId, EngagementLedger } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { aki, ben, controlAsk, engagements, noor, start, sue, viewAsk } from '../test/engagement-samples.js';
import type { ActiveEngagement, Engagement, Happening, Moment, Outcome } from './index.js';
import {
  agentsOf,
  engagementView,
  fromLedger,
  may,
  mayAct,
  mayPublish,
  mayWatch,
  nextDeadline,
  reconcile,
  refusalOf,
  transition,
  undo,
} from './index.js';

const { shared, sharedAsked, leadAway, viewed, active, calling } = engagements;
const now = start + 5;
const committed = { now, committed: { version: 9, entry: 7 } };

function step(engagement: Engagement, happening: Happening, moment: Moment = committed) {
  const outcome = transition(engagement, happening, moment);
  if (outcome.kind !== 'moved')
    throw new Error(`${happening.type} did not happen: ${JSON.stringify(outcome)}`);
  return outcome;
}

function activeAfter(
  engagement: Engagement,
  happening: Happening,
  moment: Moment = committed,
): ActiveEngagement {
  const { next } = step(engagement, happening, moment);
  if (next.phase !== 'active') throw new Error('It is not active any more.');
  return next;
}

const entriesOf = (outcome: Outcome) => (outcome.kind === 'commit' ? outcome.entries : undefined);
const namesOf = (engagement: ActiveEngagement) => agentsOf(engagement).map(({ displayName }) => displayName);
const join = (agentId: AgentId, role: 'agent' | 'supervisor' = 'agent'): Happening => ({
  ...{ type: 'join', agentId, displayName: agentId.slice(0, 4), role },
});
const agentNumber = (number: number) =>
  `99999999-9999-4999-8999-${String(number).padStart(12, '0')}` as AgentId;

describe('joining', () => {
  it('[MA1] commits first, changes nothing of what runs, and is answered again as before', () => {
    const happening = join(noor);
    expect(entriesOf(transition(viewed, happening, { now }))).toEqual([
      { type: 'joined', agentId: noor, role: 'agent' },
    ]);
    const { next, changes, reports } = step(viewed, happening);
    expect(next).toMatchObject({ agent: { agentId: aki }, view: viewed.view, control: viewed.control });
    expect([changes, reports]).toEqual([['agent:joined'], []]);
    expect(step(next, happening, { now }).next).toBe(next);
    expect(undo([{ type: 'joined', agentId: noor, role: 'agent' }])).toEqual([
      { type: 'departed', agentId: noor, reason: 'ended' },
    ]);
  });

  it('[MA1] [MA2] takes sixteen agents, each with a place that nobody had before', () => {
    let engagement: ActiveEngagement = active;
    for (let number = 2; number <= limits.agents; number += 1) {
      engagement = activeAfter(engagement, join(agentNumber(number)));
    }
    expect(agentsOf(engagement).map(({ place }) => place)).toEqual(
      Array.from({ length: limits.agents }, (_, index) => index + 1),
    );
    expect(transition(engagement, join(noor), committed)).toEqual({
      kind: 'refused',
      refusal: { code: 'conflict' },
    });
    expect(refusalOf({ agentId: noor }, 'engagement:join', engagementView(engagement))).toBe('conflict');
    const freed = activeAfter(engagement, { type: 'leave', agentId: agentNumber(16), reason: 'left' });
    expect(agentsOf(activeAfter(freed, join(noor))).at(-1)?.place).toBe(17);
  });
});

describe('what each may do', () => {
  const view = engagementView(shared);
  it.each([
    ['engagement:end', [true, false, false]],
    ['engagement:handOver', [true, false, false]],
    ['engagement:takeLead', [false, false, true]],
    ['engagement:leave', [true, true, true]],
    ['chat:send', [true, true, true]],
    ['frames:pass', [true, true, true]],
    ['delivery:offer', [true, true, false]],
    ['call:start', [true, false, false]],
    ['view:cancel', [true, false, false]],
    // The open question is Ben's.
    ['control:cancel', [false, true, false]],
    ['control:end', [true, true, false]],
  ] as const)('[MA3] %s is for lead, agent and supervisor as listed', (command, expected) => {
    expect([aki, ben, sue].map((agentId) => may({ agentId }, command, view))).toEqual(expected);
    expect(may({ agentId: noor }, command, view)).toBe(false);
  });

  it('[MA3] an agent gives back their own leases alone', () => {
    const given = step(shared, { type: 'endControl', by: 'agent', agentId: ben });
    expect(given.reports).toEqual([{ type: 'leaseEnded', lease: 2, by: 'agent', reason: 'released' }]);
    const others = transition(shared, { type: 'endControl', by: 'agent', agentId: ben, lease: 1 }, { now });
    expect(others).toMatchObject({ refusal: { code: 'leaseMissing' } });
    const mine = transition(shared, { type: 'cancelControl', agentId: aki }, { now });
    expect(mine).toMatchObject({ refusal: { code: 'wrongState' } });
  });

  it('[MA3] nobody acts under the lease of another', () => {
    expect(mayAct(shared, { agentId: ben, intent: 'point', lease: 2 }, now)).toBe(true);
    expect(mayAct(shared, { agentId: ben, intent: 'click', lease: 1 }, now)).toBe(false);
    expect(mayAct(shared, { agentId: aki, intent: 'point', lease: 2 }, now)).toBe(false);
  });

  it('[MA3] what is granted is lent to who asked, not to the lead', () => {
    const asked = activeAfter(shared, { type: 'cancelControl', agentId: ben });
    const askId = controlAsk;
    const question: Happening = { type: 'askControl', askId, agentId: ben, kinds: ['type'], leaseMs: 30_000 };
    const granted = activeAfter(activeAfter(asked, question), { type: 'grantControl', askId, lease: 3 });
    expect(granted.control.leases.at(-1)).toMatchObject({ lease: 3, agentId: ben });
    const byStranger = transition(asked, { ...question, agentId: noor }, { now });
    expect(byStranger).toMatchObject({ refusal: { code: 'notPermitted' } });
  });
});

describe('seeing the page', () => {
  it('[MA4] needs that the visitor was told, which commits first', () => {
    const joined = activeAfter(viewed, join(noor));
    expect([mayWatch(joined, aki), mayWatch(joined, noor)]).toEqual([true, false]);
    expect(refusalOf({ agentId: noor }, 'frames:pass', engagementView(joined))).toBe('consentMissing');
    const notice: Happening = { type: 'noticeAgent', agentId: noor };
    expect(entriesOf(transition(joined, notice, { now }))).toEqual([{ type: 'noticed', agentId: noor }]);
    const told = activeAfter(joined, notice);
    expect([mayWatch(told, aki), mayWatch(told, noor)]).toEqual([true, true]);
    expect(may({ agentId: noor }, 'frames:pass', engagementView(told))).toBe(true);
  });

  it('[MA6] is taken from one agent at once, with all that stands on it', () => {
    const { next, changes, reports } = step(shared, { type: 'hideFrom', agentId: ben });
    expect([mayWatch(next, aki), mayWatch(next, ben), mayWatch(next, sue)]).toEqual([true, false, true]);
    expect(changes).toEqual(['control:cancelled', 'control:ended', 'agent:hidden']);
    expect(reports).toEqual([
      { type: 'leaseEnded', lease: 2, by: 'visitor', reason: 'takenBack' },
      { type: 'consent', scope: 'watch', act: 'withdrawn', agentId: ben },
    ]);
    expect(next).toMatchObject({ view: { state: 'on' }, control: { leases: [{ lease: 1 }] } });
    expect(may({ agentId: ben }, 'control:ask', engagementView(next))).toBe(false);
    const show: Happening = { type: 'showTo', agentId: ben };
    expect(entriesOf(transition(next, show, { now }))).toEqual([
      { type: 'consent', scope: 'watch', act: 'granted', agentId: ben },
    ]);
    expect(mayWatch(activeAfter(next, show), ben)).toBe(true);
  });

  it('[MA6] stays taken from who leaves and comes back', () => {
    const hidden = activeAfter(shared, { type: 'hideFrom', agentId: ben });
    const left = activeAfter(hidden, { type: 'leave', agentId: ben, reason: 'left' });
    const back = activeAfter(activeAfter(left, join(ben)), { type: 'noticeAgent', agentId: ben });
    expect(mayWatch(back, ben)).toBe(false);
    expect(engagementView(back).agents.at(-1)).toMatchObject({ agentId: ben, noticed: true, hidden: true });
  });

  it('[MA6] taken from the last who could see it ends the view', () => {
    const { next, reports } = step(viewed, { type: 'hideFrom', agentId: aki });
    expect(mayPublish(next)).toBe(false);
    expect(reports.map(({ type }) => type)).toEqual(['consent', 'consent']);
    const two = activeAfter(shared, { type: 'hideFrom', agentId: aki });
    const one = activeAfter(two, { type: 'hideFrom', agentId: sue });
    expect(mayPublish(one)).toBe(true);
    expect(mayPublish(activeAfter(one, { type: 'leave', agentId: ben, reason: 'left' }))).toBe(false);
  });

  it('[MA6] is given to who asks for it, even if it was hidden from them', () => {
    const hidden = activeAfter(sharedAsked, { type: 'hideFrom', agentId: sue });
    const asking = activeAfter(active, { type: 'hideFrom', agentId: aki });
    const askId = viewAsk;
    const asked = activeAfter(asking, { type: 'askView', askId, agentId: aki, kinds: [] });
    const grant: Happening = { type: 'grantView', askId, lease: 1 };
    expect(entriesOf(transition(asked, grant, { now }))).toEqual([
      { type: 'consent', scope: 'view', act: 'granted', agentId: aki },
      { type: 'consent', scope: 'watch', act: 'granted', agentId: aki },
    ]);
    expect(mayWatch(activeAfter(asked, grant), aki)).toBe(true);
    const given = activeAfter(hidden, grant);
    expect([mayWatch(given, aki), mayWatch(given, ben), mayWatch(given, sue)]).toEqual([false, true, false]);
  });
});

describe('leaving', () => {
  it('[MA5] ends what is of the agent alone', () => {
    const { next, changes, reports } = step(shared, { type: 'leave', agentId: ben, reason: 'left' }, { now });
    expect(next).toMatchObject({ view: { state: 'on' }, control: { leases: [{ lease: 1, agentId: aki }] } });
    expect(changes).toEqual(['control:cancelled', 'control:ended', 'agent:departed']);
    expect(reports).toEqual([
      { type: 'leaseEnded', lease: 2, by: 'system', reason: 'left' },
      { type: 'departed', agentId: ben, reason: 'left' },
    ]);
    const lost = step(shared, { type: 'agentLeft', agentId: ben }, { now });
    expect(lost.next).toMatchObject({
      control: { asked: {}, leases: [{ lease: 1 }] },
      view: { state: 'on' },
    });
  });

  it('[MA8] of the lead passes it to an agent before a supervisor; the rest goes on', () => {
    const swapped: ActiveEngagement = { ...shared, joined: [...shared.joined].reverse() };
    const { next, reports } = step(swapped, { type: 'leave', agentId: aki, reason: 'left' }, { now });
    expect(next).toMatchObject({ phase: 'active', agent: { agentId: ben }, joined: [{ agentId: sue }] });
    expect(next).toMatchObject({ view: { state: 'on' }, control: { leases: [{ lease: 2, agentId: ben }] } });
    expect(reports.slice(1)).toEqual([
      { type: 'departed', agentId: aki, reason: 'left' },
      { type: 'leadPassed', agentId: ben, from: aki, stays: false },
    ]);
    expect(transition(active, { type: 'leave', agentId: aki, reason: 'left' }, { now }).kind).toBe('refused');
    expect(may({ agentId: aki }, 'engagement:leave', engagementView(active))).toBe(false);
  });

  it('[MA8] passes the lead of who is lost after a minute, not before', () => {
    const due = nextDeadline(leadAway);
    const happening = { type: 'leave', agentId: aki, reason: 'lost' } as const;
    expect(due).toEqual({ at: start + limits.returnMs, happening });
    expect(transition(leadAway, happening, { now: start + limits.returnMs - 1 }).kind).toBe('refused');
    const { next, changes } = step(leadAway, happening, { now: start + limits.returnMs });
    expect(next).toMatchObject({ agent: { agentId: ben }, joined: [], call: { state: 'off' } });
    expect(next).toMatchObject({ view: { state: 'on' } });
    expect(changes).toEqual(['call:ended', 'agent:departed', 'lead:passed']);
  });

  it('[MA9] is what who has joined does after a minute away', () => {
    const alone = activeAfter(shared, { type: 'agentLeft', agentId: ben }, { now });
    const due = nextDeadline({ ...alone, control: { leases: [] } });
    expect(due).toEqual({
      at: now + limits.returnMs,
      happening: { type: 'leave', agentId: ben, reason: 'lost' },
    });
  });

  it('[PR3] stops what is shared once every agent has been away for a minute', () => {
    const one = activeAfter(shared, { type: 'agentLeft', agentId: aki }, { now });
    const two = activeAfter(one, { type: 'agentLeft', agentId: sue }, { now });
    expect(engagementView(two).view).toMatchObject({ paused: false });
    const none = activeAfter(two, { type: 'agentLeft', agentId: ben }, { now: now + 1000 });
    expect(engagementView(none).view).toMatchObject({ paused: true });
    const over = { now: now + 1000 + limits.returnMs };
    expect(transition(none, { type: 'awayTooLong' }, { now: over.now - 1 }).kind).toBe('refused');
    expect(step(none, { type: 'awayTooLong' }, over).next).toMatchObject({ view: { state: 'off' } });
  });

  it('[MA10] is what all but the lead do at the end', () => {
    const { next } = step(shared, { type: 'end', by: 'visitor', reason: 'visitorEnded' });
    expect(next.phase).toBe('wrapUp');
    expect(agentsOf(next).map(({ agentId }) => agentId)).toEqual([aki]);
    for (const key of ['joined', 'hiddenFrom', 'lastPlace']) expect(next).not.toHaveProperty(key);
  });
});

describe('the lead', () => {
  it('[MA7] is handed over by a commit; both stay, and the question for a call ends', () => {
    const both = activeAfter(engagements.callAskedByAgent, join(ben));
    const pass: Happening = { type: 'passLead', agentId: ben, by: aki };
    expect(entriesOf(transition(both, pass, { now }))).toEqual([
      { type: 'leadPassed', agentId: ben, from: aki, stays: true },
    ]);
    const { next, changes, reports } = step(both, pass);
    expect(next).toMatchObject({
      agent: { agentId: ben },
      joined: [{ agentId: aki }],
      call: { state: 'off' },
    });
    expect(changes).toEqual(['call:cancelled', 'lead:passed']);
    expect(reports).toEqual([]);
    expect(undo([{ type: 'leadPassed', agentId: ben, from: aki, stays: true }])).toEqual([
      { type: 'leadPassed', agentId: aki, from: ben, stays: true },
    ]);
  });

  it('[MA7] leaves view, leases and places as they are, and those in the order of coming', () => {
    const passed = activeAfter(shared, { type: 'passLead', agentId: sue, by: aki });
    expect(namesOf(passed)).toEqual(['Sue', 'Aki', 'Ben']);
    expect(passed).toMatchObject({ view: shared.view, control: shared.control });
    const roles = engagementView(passed).agents.map(({ role, place }) => [role, place]);
    expect(roles).toEqual([
      ['lead', 3],
      ['agent', 1],
      ['agent', 2],
    ]);
    const away = activeAfter(shared, { type: 'agentLeft', agentId: ben });
    expect(transition(away, { type: 'passLead', agentId: ben, by: aki }, { now })).toMatchObject({
      refusal: { code: 'peerAbsent' },
    });
  });
});

describe('rebuilding', () => {
  const ledger: EngagementLedger = {
    ...{
      engagementId: active.engagementId,
      tenantId: active.tenantId,
      siteId: active.siteId,
      siteName: 'Shop',
    },
    ...{ version: 20, phase: 'active', requestedAt: start - 1000, language: 'en' },
    agent: { agentId: aki, displayName: 'Aki' },
    joined: [{ agentId: ben, displayName: 'Ben', role: 'supervisor', joinedAt: start - 10 }],
    hidden: [sue],
    consents: [{ scope: 'view', entry: 3, grantedAt: start }],
    ...{ lastChatNumber: 4, lastLease: 2 },
  };

  it('[RB7] brings back who had joined, to be told of anew, and hides what was hidden', () => {
    const { engagement } = fromLedger(ledger, { now, lostAt: start });
    expect(engagement).toMatchObject({
      agent: { agentId: aki, place: 1, noticed: true },
      joined: [{ agentId: ben, place: 2, noticed: false, supervises: true, presence: { connected: false } }],
      hiddenFrom: [sue],
    });
    expect([mayWatch(engagement, aki), mayWatch(engagement, ben)]).toEqual([true, false]);
  });

  it('[RB7] over memory takes out who has left, with their leases', () => {
    const { engagement } = reconcile(shared, { ...ledger, joined: [] }, now);
    expect(engagement).toMatchObject({ joined: [], hiddenFrom: [sue], control: { leases: [{ lease: 1 }] } });
    const present = [ben, sue].map((agentId) => ({
      ...{ presenceId: `of-${agentId}`, agentId, mode: 'speak' as const, since: start, noticed: true },
    }));
    const { call } = calling;
    if (call.state !== 'on') throw new Error('There is a call.');
    const inCall = { ...shared, call: { ...call, present } };
    const without = reconcile(inCall, { ...ledger, joined: [] }, now);
    expect(without.engagement).toMatchObject({ call: { state: 'on', present: [] } });
    expect(without.reports).toEqual([
      { type: 'leaseEnded', lease: 2, by: 'system', reason: 'left' },
      ...[ben, sue].map((agentId) => ({ type: 'callLeft', presenceId: `of-${agentId}` })),
    ]);
    const same = reconcile(shared, { ...ledger, version: 1, joined: [] }, now);
    expect(same.engagement).toBe(shared);
  });
});

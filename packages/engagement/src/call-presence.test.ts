/** People in a call beside the lead: rules CA7 to CA9, MA7 and MA8 of SPEC.md. */

import { type AgentId, limits } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { aki, ben, engagements, start, sue } from '../test/engagement-samples.js';
import type { ActiveEngagement, EntryDraft, Happening } from './index.js';
import { callRoleOf, engagementView, may, nextDeadline, transition, undo } from './index.js';

const now = start + 5;
const calling: ActiveEngagement = {
  ...engagements.shared,
  call: { state: 'on', callId: 'call', since: start, visitorVoice: true, visitorVideo: false },
};
const attend = (agentId: typeof ben, mode: 'speak' | 'whisper' | 'listen', presenceId = `${mode}-1`) =>
  ({ type: 'attendCall', presenceId, agentId, mode }) as const;
const notice = (presenceId: string) => ({ type: 'noticeCall', presenceId }) as const;
const words = { version: '2026-11-24', language: 'en' } as const;
const letIn = (presenceId: string) => ({ ...notice(presenceId), words }) as const;

function outcome(engagement: ActiveEngagement, happening: Happening, committed = true) {
  return transition(engagement, happening, { now, ...(committed ? acknowledged([]) : {}) });
}

function acknowledged(entries: readonly EntryDraft[]) {
  return { committed: { version: 9, entry: 7, entries } };
}

function step(engagement: ActiveEngagement, ...happenings: readonly Happening[]) {
  let next = engagement;
  let last = { changes: [] as readonly string[], reports: [] as readonly object[] };
  for (const happening of happenings) {
    const moved = outcome(next, happening);
    if (moved.kind !== 'moved' || moved.next.phase !== 'active')
      throw new Error(`${happening.type} was refused.`);
    next = moved.next;
    last = moved;
  }
  return { next, ...last };
}

const roleOf = (engagement: ActiveEngagement, agentId: typeof ben) =>
  callRoleOf(agentId, engagementView(engagement));

describe('somebody in a call beside the lead', () => {
  it('[CA8] comes in by a commit, hears and is heard once the visitor was shown them, and goes at once', () => {
    expect(outcome(calling, attend(sue, 'listen'), false)).toEqual({
      kind: 'commit',
      entries: [
        { type: 'callAttended', presenceId: 'listen-1', callId: 'call', agentId: sue, mode: 'listen' },
      ],
    });
    const { next: attending, changes } = step(calling, attend(sue, 'listen'));
    expect([changes, roleOf(attending, sue)]).toEqual([['call:attended'], 'announced']);
    expect(outcome(attending, notice('listen-1'), false)).toEqual({
      kind: 'commit',
      entries: [{ type: 'callNoticed', presenceId: 'listen-1' }],
    });
    const { next: listening } = step(attending, notice('listen-1'));
    expect(roleOf(listening, sue)).toBe('listen');
    const { next: gone, reports } = step(listening, { type: 'leaveCall', agentId: sue });
    expect([roleOf(gone, sue), reports]).toEqual(['absent', [{ type: 'callLeft', presenceId: 'listen-1' }]]);
    expect(
      undo([{ type: 'callAttended', presenceId: 'p', callId: 'c', agentId: sue, mode: 'listen' }]),
    ).toEqual([{ type: 'callLeft', presenceId: 'p' }]);
  });

  it('[CA8] is shown anew in another way, and what was said of the former one counts no more', () => {
    const { next, reports } = step(
      calling,
      attend(sue, 'listen'),
      notice('listen-1'),
      attend(sue, 'whisper'),
    );
    expect([roleOf(next, sue), reports]).toEqual([
      'announced',
      [{ type: 'callLeft', presenceId: 'listen-1' }],
    ]);
    expect(outcome(next, notice('listen-1'))).toMatchObject({ refusal: { code: 'notFound' } });
    expect(roleOf(step(next, notice('whisper-1')).next, sue)).toBe('whisper');
    expect(outcome(next, attend(sue, 'whisper', 'again'), false)).toMatchObject({
      kind: 'moved',
      next,
      changes: [],
    });
  });

  it('[CA8] speaks, unless they are a supervisor; the lead is in it as such, and only so many fit', () => {
    for (const mode of ['listen', 'whisper'] as const)
      expect(outcome(calling, attend(ben, mode)), mode).toMatchObject({ refusal: { code: 'notPermitted' } });
    expect(outcome(calling, attend(aki, 'speak'))).toMatchObject({ refusal: { code: 'notPermitted' } });
    expect(outcome(engagements.shared, attend(ben, 'speak'))).toMatchObject({
      refusal: { code: 'wrongState' },
    });
    expect(roleOf(step(calling, attend(ben, 'speak'), notice('speak-1')).next, ben)).toBe('speak');
    const full = calledBy(limits.callPresent);
    expect(outcome(full, attend(ben, 'speak'))).toMatchObject({ refusal: { code: 'conflict' } });
  });

  it('[CA8] may act on media while they are in it, and never end it', () => {
    const view = engagementView(step(calling, attend(sue, 'listen')).next);
    for (const command of ['call:join', 'call:consume', 'call:leave'] as const)
      expect([may({ agentId: sue }, command, view), may({ agentId: ben }, command, view)]).toEqual([
        true,
        false,
      ]);
    expect([aki, ben, sue].map((agentId) => may({ agentId }, 'call:attend', view))).toEqual([
      false,
      true,
      true,
    ]);
    expect(may({ agentId: sue }, 'call:end', view)).toBe(false);
    expect(may('visitor', 'call:notice', view)).toBe(true);
  });

  it('[CA9] goes with the call, and with their part in the conversation', () => {
    const { next } = step(calling, attend(ben, 'speak'), attend(sue, 'listen'));
    const left = (id: string) => ({ type: 'callLeft', presenceId: id });
    const ended = step(next, { type: 'endCall', by: 'visitor' });
    expect(ended.reports).toEqual(expect.arrayContaining([left('speak-1'), left('listen-1')]));
    const without = step(next, { type: 'leave', agentId: ben, reason: 'left' });
    expect(without.reports).toContainEqual(left('speak-1'));
    expect(without.next.call).toMatchObject({ state: 'on', present: [{ agentId: sue }] });
  });
});

describe('a call whose lead passes', () => {
  const stays = { callId: 'call', presenceId: 'stays' };
  const pass = { type: 'passLead', agentId: ben, by: aki, stays } as const;

  /** Committed as it was at first, and settled in what it had become meanwhile. */
  function passedAfter(first: ActiveEngagement, then: ActiveEngagement) {
    const asked = outcome(first, pass, false);
    if (asked.kind !== 'commit') throw new Error('Nothing is committed.');
    const settled = transition(then, pass, { now, ...acknowledged(asked.entries) });
    if (settled.kind !== 'moved' || settled.next.phase !== 'active') throw new Error('It was refused.');
    return { next: settled.next, reports: settled.reports };
  }

  it('[MA7] goes on with somebody whom the visitor is shown in it, and the one who led speaks on', () => {
    const { next: both } = step(calling, attend(ben, 'speak'), notice('speak-1'));
    expect(outcome(both, pass, false)).toMatchObject({
      kind: 'commit',
      entries: [
        { type: 'leadPassed', agentId: ben },
        { type: 'callAttended', presenceId: 'stays', agentId: aki, mode: 'speak', noticed: true },
      ],
    });
    const { next, reports } = passedAfter(both, both);
    expect(next).toMatchObject({
      agent: { agentId: ben },
      call: { callId: 'call', present: [{ agentId: aki }] },
    });
    expect([roleOf(next, ben), roleOf(next, aki)]).toEqual(['lead', 'speak']);
    expect(reports).toEqual([{ type: 'callLeft', presenceId: 'speak-1' }]);
  });

  it('[CA9] leaves no presence open that was committed while the call ended, or the lead went', () => {
    const { next: both } = step(calling, attend(ben, 'speak'), notice('speak-1'));
    const left = { type: 'callLeft', presenceId: 'stays' };
    const hungUp = passedAfter(both, step(both, { type: 'endCall', by: 'visitor' }).next);
    expect([hungUp.next.call, hungUp.reports]).toEqual([{ state: 'off' }, [left]]);
    const leads = passedAfter(both, step(both, { type: 'leave', agentId: aki, reason: 'left' }).next);
    expect([leads.next.agent.agentId, leads.reports]).toEqual([ben, [left]]);
  });

  it('[CA9] lets nobody speak on of whom the ledger does not know', () => {
    const { next: both } = step(calling, attend(ben, 'speak'), notice('speak-1'));
    const { next, reports } = passedAfter({ ...both, call: { state: 'off' } }, both);
    expect([roleOf(next, ben), roleOf(next, aki)]).toEqual(['lead', 'absent']);
    expect(reports).toEqual([{ type: 'callLeft', presenceId: 'speak-1' }]);
  });

  it.each([
    ['is not in it', []],
    ['is in it, and the visitor was not shown that', [attend(ben, 'speak')]],
  ] as const)('[MA11] asks into it who is to lead and %s, and goes on', (_when, before) => {
    const { next: first } = step(calling, ...before);
    const asked = outcome(first, pass, false);
    if (asked.kind !== 'moved' || asked.next.phase !== 'active') throw new Error('Nobody was asked.');
    const { next, changes } = asked;
    const heir = { agentId: ben, by: aki, expiresAt: now + limits.askMs };
    expect([changes, next.agent.agentId]).toEqual([['lead:offered'], aki]);
    expect(next.call).toMatchObject({ state: 'on', callId: 'call', heir });
    const here = before.length > 0 ? [] : [attend(ben, 'speak')];
    const { next: both } = step(next, ...here, notice('speak-1'));
    expect(both.agent.agentId).toBe(aki);
    const passed = passedAfter(both, both);
    expect(passed.next).toMatchObject({ agent: { agentId: ben }, call: { present: [{ agentId: aki }] } });
    expect(passed.next.call).not.toHaveProperty('heir');
  });

  it('[MA11] stays with its lead when whoever was asked does not come', () => {
    const { handing } = engagements;
    const at = start + limits.askMs;
    expect(nextDeadline(handing)).toEqual({ at, happening: { type: 'expireHeir' } });
    const kept = transition(handing, { type: 'expireHeir' }, { now: at });
    expect(kept).toMatchObject({ changes: ['lead:kept'], reports: [], next: { agent: { agentId: aki } } });
    expect(kept.kind === 'moved' && kept.next).toMatchObject({ call: { state: 'on' } });
    expect(kept.kind === 'moved' && kept.next).not.toHaveProperty('call.heir');
  });

  it.each([
    ['declines', { type: 'keepLead', agentId: ben }, ['lead:declined']],
    ['is asked no more', { type: 'keepLead', agentId: aki }, ['lead:kept']],
    ['leaves', { type: 'leave', agentId: ben, reason: 'left' }, ['agent:departed', 'lead:kept']],
  ] as const)('[MA11] stays with its lead at once when whoever was asked %s', (_how, happening, changes) => {
    const kept = step(engagements.handing, happening);
    expect([kept.changes, kept.next.agent.agentId]).toEqual([changes, aki]);
    expect(kept.next.call).toMatchObject({ state: 'on' });
    expect(kept.next.call).not.toHaveProperty('heir');
  });

  it('[MA11] is declined or taken back by these two alone, while somebody is asked', () => {
    const allowed = (engagement: ActiveEngagement) =>
      [aki, ben, sue].map((agentId) => may({ agentId }, 'engagement:keepLead', engagementView(engagement)));
    const joined = [...engagements.handing.joined, ...engagements.overheard.joined.slice(1)];
    expect(allowed({ ...engagements.handing, joined })).toEqual([true, true, false]);
    expect(allowed(calling)).toEqual([false, false, false]);
  });

  it('[MA11] is taken back in the ledger where who is to lead went out of it while that was committed', () => {
    const { next: both } = step(calling, attend(ben, 'speak'), notice('speak-1'));
    const asked = outcome(both, pass, false);
    if (asked.kind !== 'commit') throw new Error('Nothing is committed.');
    const { next: without } = step(both, { type: 'leaveCall', agentId: ben });
    const settled = transition(without, pass, { now, ...acknowledged(asked.entries) });
    expect(settled).toEqual({ kind: 'refused', refusal: { code: 'conflict' } });
  });

  it('[MA8] goes on when the lead leaves it to somebody who is in it', () => {
    const { next: both } = step(calling, attend(ben, 'speak'), notice('speak-1'));
    const { next } = step(both, { type: 'leave', agentId: aki, reason: 'left' });
    expect(next.call).toMatchObject({ state: 'on', callId: 'call', present: [] });
    expect(roleOf(next, ben)).toBe('lead');
  });
});

/** With so many others in the call. */
function calledBy(count: number): ActiveEngagement {
  const { call } = calling;
  if (call.state !== 'on') throw new Error('There is a call.');
  const present = Array.from({ length: count }, (_, index) => ({
    ...{ presenceId: `other-${index}`, agentId: `agent-${index}` as typeof ben, mode: 'speak' as const },
    ...{ since: start, noticed: true },
  }));
  return { ...calling, call: { ...call, present } };
}

describe('an expert in a call', () => {
  const lin = '7f0c7b0e-5d0c-4f0e-9a64-5a6f1c1f7a01' as AgentId;
  const known = { displayName: 'Dr. Lin', organisation: 'Optics Ltd' };
  const come = (presenceId: string, agentId = lin, callId = 'call') =>
    ({ ...attend(agentId, 'speak', presenceId), expert: { ...known, callId } }) as const;

  it('[CA11] comes by a commit into the call they were invited to, and is heard once the visitor lets them in', () => {
    expect(outcome(calling, come('p'), false)).toEqual({
      kind: 'commit',
      entries: [
        { type: 'callAttended', presenceId: 'p', callId: 'call', agentId: lin, mode: 'speak', expert: true },
      ],
    });
    const { next: arrived } = step(calling, come('p'));
    expect(roleOf(arrived, lin)).toBe('announced');
    // That a page shows them is not the visitor's yes.
    expect(outcome(arrived, notice('p'), false)).toEqual({
      kind: 'refused',
      refusal: { code: 'consentMissing' },
    });
    expect(outcome(arrived, letIn('p'), false)).toEqual({
      kind: 'commit',
      entries: [{ type: 'callNoticed', presenceId: 'p', words }],
    });
    const { next: shown } = step(arrived, letIn('p'));
    expect(roleOf(shown, lin)).toBe('expert');
    expect(shown.call).toMatchObject({ present: [{ agentId: lin, expert: known }] });
    // Nothing else is theirs: no rule of an engagement knows them.
    for (const command of ['chat:send', 'frames:pass', 'view:ask', 'call:end', 'call:remove'] as const)
      expect(may({ agentId: lin }, command, engagementView(shown)), command).toBe(false);
  });

  it('[CA11] is let into no other call, in no other way, and only so many are', () => {
    const refusedWith = (code: string) => ({ kind: 'refused', refusal: { code } });
    expect(outcome(calling, come('p', lin, 'another'))).toEqual(refusedWith('wrongState'));
    expect(outcome(calling, { ...come('p'), mode: 'listen' })).toEqual(refusedWith('wrongState'));
    expect(outcome(calling, come('p', ben))).toEqual(refusedWith('wrongState'));
    const others = Array.from({ length: limits.callExperts }, (_, at) =>
      come(`p${at}`, lin.replace('7f0c7b0e', `7f0c7b0${at}`) as AgentId),
    );
    const { next: full } = step(calling, ...others);
    expect(outcome(full, come('p'))).toEqual(refusedWith('conflict'));
    // Who takes part in the conversation still has a place.
    expect(outcome(full, attend(sue, 'listen')).kind).toBe('moved');
  });

  it('[CA11] is taken out by the visitor and by agents at once, which takes out nobody else', () => {
    const { next: both } = step(calling, come('p'), attend(sue, 'listen'));
    expect(may('visitor', 'call:remove', engagementView(both))).toBe(true);
    expect(may({ agentId: aki }, 'call:remove', engagementView(both))).toBe(true);
    expect(outcome(both, { type: 'removeExpert', presenceId: 'listen-1', by: aki })).toEqual({
      kind: 'refused',
      refusal: { code: 'notFound' },
    });
    for (const by of ['visitor', aki] as const) {
      const { next, reports } = step(both, { type: 'removeExpert', presenceId: 'p', by });
      expect([roleOf(next, lin), roleOf(next, sue)]).toEqual(['absent', 'announced']);
      expect(reports).toEqual([{ type: 'callLeft', presenceId: 'p', removedBy: by }]);
    }
  });

  it('[CA11] goes with the call, and with it each presence is over', () => {
    const { next } = step(calling, come('p'), letIn('p'));
    const { reports } = step(next, { type: 'endCall', by: 'visitor' });
    expect(reports).toContainEqual({ type: 'callLeft', presenceId: 'p' });
  });
});

/** Walks every state and every happening: what the list does not allow is refused, whatever it is. */

import { limits } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import type { EngagementName, HappeningName } from '../test/engagement-samples.js';
import { aki, engagements, happenings, start } from '../test/engagement-samples.js';
import { after, committed, entries, moment, nameOf } from '../test/steps.js';
import type { Engagement, Happening, Outcome } from './index.js';
import { agentOf, engagementView, transition, undo } from './index.js';

/** What a pair leads to: `moved`, `commit`, `same`, or the refusal's code when it is not `wrongState`. */
type Expected =
  | 'moved'
  | 'commit'
  | 'same'
  | 'askExpired'
  | 'alreadyTaken'
  | 'notPermitted'
  | 'consentMissing'
  | 'leaseMissing'
  | 'conflict'
  | 'peerAbsent'
  | 'notFound'
  | 'wrongState';
type Row = Partial<Record<HappeningName, Expected>>;

const lines = { lineCommitted: 'moved', oldLineCommitted: 'same', dispute: 'moved' } as const;
/** [PR1] Leaving twice, or returning twice, changes nothing. */
const visitorHere = { visitorLeft: 'moved', visitorReturned: 'same' } as const;
const visitorGone = { visitorLeft: 'same', visitorReturned: 'moved' } as const;
const agentHere = { agentLeft: 'moved', agentReturned: 'same' } as const;
const noAsks = {
  ...{ grantView: 'askExpired', grantOtherView: 'askExpired', refuseView: 'askExpired' },
  ...{ refuseOtherView: 'askExpired', grantControl: 'askExpired', grantOtherControl: 'askExpired' },
  ...{ grantViewUsedLease: 'askExpired' },
  ...{ grantUsedLease: 'askExpired', refuseControl: 'askExpired', refuseOtherControl: 'askExpired' },
  ...{ acceptCallByVisitor: 'askExpired', acceptCallByAgent: 'askExpired', acceptOtherCall: 'askExpired' },
  ...{ refuseCallByVisitor: 'askExpired', refuseCallByAgent: 'askExpired', expireAsk: 'askExpired' },
} as const satisfies Row;
const noLease = {
  ...{ endControlByVisitor: 'leaseMissing', endControlByAgent: 'leaseMissing' },
  ...{ expireLease: 'leaseMissing', expireOtherLease: 'leaseMissing' },
  ...{ endOneLease: 'leaseMissing', endOtherLease: 'leaseMissing' },
} as const satisfies Row;
/** The lead alone. */
const oneAgent = {
  ...{ joinNoor: 'commit', joinBen: 'commit', benLeaves: 'same', passToBen: 'notFound', passToLead: 'same' },
  ...{ noticeSue: 'notFound', hideFromBen: 'notFound', hideFromLead: 'moved', showToLead: 'same' },
} as const satisfies Row;
const several = {
  ...{ joinNoor: 'commit', joinBen: 'same', leadLeaves: 'moved', benLeaves: 'moved', passToBen: 'commit' },
  ...{ passToLead: 'same', noticeSue: 'same', hideFromBen: 'moved', hideFromLead: 'moved' },
  showToLead: 'same',
} as const satisfies Row;
const inActive = {
  ...oneAgent,
  ...lines,
  ...visitorHere,
  ...agentHere,
  ...noAsks,
  ...noLease,
  accept: 'same',
  acceptByOther: 'alreadyTaken',
  sueLeavesCall: 'same',
  end: 'commit',
  endRecorded: 'moved',
} as const satisfies Row;
const nothingShared = { stopSharing: 'same', askControl: 'consentMissing' } as const satisfies Row;
const callFree = { startCallByAgent: 'moved', startCallByVisitor: 'moved' } as const satisfies Row;
const viewOn = {
  ...{ stopSharing: 'moved', cancelView: 'moved', stopView: 'moved', stopViewRecorded: 'moved' },
} as const satisfies Row;

const allowed: Record<EngagementName, Row> = {
  waiting: {
    ...lines,
    ...visitorHere,
    offer: 'moved',
    accept: 'commit',
    acceptByOther: 'commit',
    end: 'commit',
    endRecorded: 'moved',
  },
  waitingAlone: {
    ...lines,
    ...visitorGone,
    offer: 'moved',
    accept: 'commit',
    acceptByOther: 'commit',
    end: 'commit',
    endRecorded: 'moved',
  },
  offered: {
    ...{ ...lines, ...visitorHere, declineOffer: 'moved', declineOfferOfOther: 'notPermitted' },
    ...{ accept: 'commit', acceptByOther: 'alreadyTaken', end: 'commit', endRecorded: 'moved' },
  },
  active: { ...inActive, ...nothingShared, ...callFree, askView: 'moved' },
  visitorAway: {
    ...{
      ...inActive,
      ...visitorGone,
      ...viewOn,
      askControl: 'moved',
      endCall: 'moved',
      grantCamera: 'commit',
    },
    ...{ grantMicrophone: 'same', withdrawMicrophone: 'moved', withdrawCamera: 'same' },
    noticeListening: 'notFound',
    removeListener: 'notFound',
  },
  agentAway: {
    ...{ ...inActive, ...viewOn, ...callFree, agentLeft: 'same', agentReturned: 'moved' },
    ...{
      grantControl: 'peerAbsent',
      grantUsedLease: 'conflict',
      refuseControl: 'moved',
      cancelControl: 'moved',
    },
  },
  viewAsked: {
    ...{ ...inActive, ...callFree, askControl: 'consentMissing', stopSharing: 'moved' },
    ...{ grantView: 'commit', grantViewUsedLease: 'commit', refuseView: 'moved', cancelView: 'moved' },
  },
  viewAskedWithMore: {
    ...{ ...inActive, ...callFree, askControl: 'consentMissing', stopSharing: 'moved' },
    ...{ grantView: 'commit', grantViewUsedLease: 'conflict', refuseView: 'moved', cancelView: 'moved' },
  },
  viewed: { ...inActive, ...viewOn, ...callFree, askControl: 'moved' },
  controlAsked: {
    ...{ ...inActive, ...viewOn, ...callFree, grantControl: 'commit', grantUsedLease: 'conflict' },
    ...{ refuseControl: 'moved', cancelControl: 'moved' },
  },
  leased: {
    ...inActive,
    ...viewOn,
    ...callFree,
    askControl: 'moved',
    endControlByVisitor: 'moved',
    endControlByAgent: 'moved',
    endOneLease: 'moved',
    expireLease: 'wrongState',
  },
  leasedTwice: {
    ...{ ...inActive, ...viewOn, ...callFree, grantControl: 'conflict', grantUsedLease: 'conflict' },
    ...{ refuseControl: 'moved', cancelControl: 'moved', endControlByVisitor: 'moved' },
    ...{ endControlByAgent: 'moved', endOneLease: 'moved', expireLease: 'wrongState' },
  },
  callAskedByAgent: {
    ...{ ...inActive, askView: 'moved', askControl: 'consentMissing', stopSharing: 'moved' },
    ...{ acceptCallByVisitor: 'commit', refuseCallByVisitor: 'moved', cancelCallByAgent: 'moved' },
  },
  callAskedByVisitor: {
    ...{ ...inActive, askView: 'moved', askControl: 'consentMissing', stopSharing: 'moved' },
    ...{ acceptCallByAgent: 'commit', refuseCallByAgent: 'moved', cancelCallByVisitor: 'moved' },
  },
  calling: {
    ...{
      ...inActive,
      askView: 'moved',
      askControl: 'consentMissing',
      stopSharing: 'moved',
      endCall: 'moved',
    },
    ...{
      grantCamera: 'commit',
      grantMicrophone: 'same',
      withdrawMicrophone: 'moved',
      withdrawCamera: 'same',
      noticeListening: 'notFound',
      removeListener: 'notFound',
    },
  },
  everything: {
    ...{
      ...inActive,
      ...viewOn,
      askControl: 'moved',
      endControlByVisitor: 'moved',
      endControlByAgent: 'moved',
      endOneLease: 'moved',
      expireLease: 'wrongState',
    },
    ...{
      grantCamera: 'same',
      grantMicrophone: 'same',
      withdrawMicrophone: 'moved',
      withdrawCamera: 'moved',
      endCall: 'moved',
      noticeListening: 'notFound',
      removeListener: 'notFound',
    },
  },
  shared: {
    ...{
      ...inActive,
      ...several,
      ...viewOn,
      ...callFree,
      grantControl: 'conflict',
      grantUsedLease: 'conflict',
    },
    ...{ refuseControl: 'moved', endControlByVisitor: 'moved', endControlByAgent: 'moved' },
    ...{ endOneLease: 'moved', expireLease: 'wrongState' },
  },
  sharedAsked: {
    ...{
      ...inActive,
      ...several,
      ...callFree,
      noticeSue: 'commit',
      hideFromLead: 'same',
      showToLead: 'commit',
    },
    ...{ askControl: 'consentMissing', stopSharing: 'moved', grantView: 'commit' },
    ...{ grantViewUsedLease: 'commit', refuseView: 'moved', cancelView: 'moved' },
  },
  leadAway: {
    ...{
      ...inActive,
      ...several,
      ...viewOn,
      agentLeft: 'same',
      agentReturned: 'moved',
      noticeSue: 'notFound',
    },
    ...{ askControl: 'moved', endCall: 'moved', grantCamera: 'commit', grantMicrophone: 'same' },
    ...{
      withdrawMicrophone: 'moved',
      withdrawCamera: 'same',
      noticeListening: 'notFound',
      removeListener: 'notFound',
    },
    ...{ passToBen: 'moved', benListens: 'notPermitted' },
  },
  overheard: {
    ...{ ...inActive, ...several, askView: 'moved', askControl: 'consentMissing', stopSharing: 'moved' },
    ...{ endCall: 'moved', grantCamera: 'commit', grantMicrophone: 'same', withdrawMicrophone: 'moved' },
    ...{ withdrawCamera: 'same', sueListens: 'same', benListens: 'notPermitted' },
    ...{ noticeListening: 'commit', removeListener: 'notFound', sueLeavesCall: 'moved' },
    passToBen: 'moved',
  },
  handing: {
    ...{ ...inActive, ...several, askView: 'moved', askControl: 'consentMissing', stopSharing: 'moved' },
    ...{ endCall: 'moved', grantCamera: 'commit', grantMicrophone: 'same', withdrawMicrophone: 'moved' },
    ...{ withdrawCamera: 'same', benListens: 'notPermitted' },
    ...{ noticeListening: 'notFound', removeListener: 'notFound', noticeSue: 'notFound' },
    ...{ passToBen: 'moved', benDeclines: 'moved', takeLeadBack: 'moved', keepLeadOfOthers: 'notPermitted' },
  },
  wrapUp: {
    ...lines,
    ...visitorHere,
    ...agentHere,
    accept: 'alreadyTaken',
    acceptByOther: 'alreadyTaken',
    close: 'commit',
    closeRecorded: 'moved',
  },
  wrapUpAlone: {
    ...{ ...lines, ...visitorHere, agentLeft: 'same', agentReturned: 'moved' },
    ...{ accept: 'alreadyTaken', acceptByOther: 'alreadyTaken', close: 'commit', closeRecorded: 'moved' },
  },
  closed: { ...lines, ...visitorHere },
};

/** Freezes all the way down, so that a rule that writes into its argument throws. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}

const names = Object.keys(engagements) as EngagementName[];
const happeningNames = Object.keys(happenings) as HappeningName[];

describe.each(names)('[EG1] [EG2] [EG8] [PR1] in %s', (state) => {
  it.each(happeningNames)('%s is what the list says, or refused', (name) => {
    const before: Engagement = frozen(engagements[state]);
    const outcome = transition(before, happenings[name], moment);
    expect(nameOf(outcome, before)).toBe(allowed[state][name] ?? 'wrongState');
    if (outcome.kind === 'moved') sound(before, outcome);
    if (outcome.kind !== 'commit') return;
    expect(outcome.entries.length).toBeGreaterThan(0);
    const done = transition(before, happenings[name], committed);
    expect(nameOf(done, before)).toBe('moved');
    if (done.kind !== 'moved') return;
    expect(done.next.ledgerVersion).toBe(9);
    sound(before, done);
  });
});

/** What holds after every step, whatever it was. */
function sound(before: Engagement, { next, changes }: Extract<Outcome, { kind: 'moved' }>): void {
  if (next === before) {
    expect(changes).toEqual([]);
    return;
  }
  expect(next.version).toBe(before.version + Math.max(1, changes.length));
  for (const key of ['engagementId', 'tenantId', 'siteId', 'requestedAt'] as const) {
    expect(next[key]).toBe(before[key]);
  }
  if (next.phase !== 'active') {
    for (const key of ['view', 'control', 'call']) expect(next).not.toHaveProperty(key);
    return;
  }
  const isLent = next.control.asked !== undefined || next.control.leases.length > 0;
  if (isLent) expect(next.view.state).toBe('on');
  if (next.view.state !== 'on') return;
  for (const { expiresAt } of next.control.leases) expect(expiresAt).toBeGreaterThan(start);
  expect(next.lastLease).toBeGreaterThanOrEqual(before.lastLease);
}

describe('phases', () => {
  it('[EG3] go back to waiting when the offer is over', () => {
    const early = transition(engagements.offered, happenings.expireOffer, moment);
    expect(early).toEqual({ kind: 'refused', refusal: { code: 'wrongState' } });
    const late = after('offered', 'expireOffer', { now: start + 20_000 } as typeof committed);
    expect(late.next.phase).toBe('waiting');
    expect(late.next).not.toHaveProperty('offer');
    expect(after('offered', 'declineOffer').next.phase).toBe('waiting');
  });

  it('[EG4] become active with the agent, connected, and nothing shared', () => {
    for (const state of ['waiting', 'offered'] as const) {
      expect(entries(state, 'accept')).toEqual([{ type: 'accepted', agentId: aki }]);
      const { next } = after(state, 'accept');
      expect(next).toMatchObject({ phase: 'active', view: { state: 'off' }, call: { state: 'off' } });
      expect(agentOf(next)).toMatchObject({ agentId: aki, presence: { connected: true } });
      expect(next).not.toHaveProperty('offer');
    }
  });

  it('[EG5] stay with the agent who has it: nobody else gets it, and asking again changes nothing', () => {
    for (const state of ['active', 'everything', 'shared', 'wrapUp'] as const) {
      const taken = transition(engagements[state], happenings.acceptByOther, moment);
      expect(taken, state).toEqual({ kind: 'refused', refusal: { code: 'alreadyTaken' } });
    }
    const again = after('everything', 'accept', moment as typeof committed);
    expect(again).toMatchObject({ changes: [], reports: [] });
    expect(again.next).toBe(engagements.everything);
  });

  it('[EG9] count committed lines upwards only, in each of them', () => {
    for (const state of names) {
      expect(after(state, 'lineCommitted').next.lastChatNumber, state).toBe(5);
      const old = transition(engagements[state], happenings.oldLineCommitted, moment);
      expect(nameOf(old, engagements[state]), state).toBe('same');
    }
  });

  it('[EG10] stay disputed, in each of them', () => {
    for (const state of names) {
      const { next } = after(state, 'dispute');
      expect(next).toMatchObject({ phase: engagements[state].phase, disputed: true });
      expect(nameOf(transition(next, happenings.dispute, moment), next)).toBe('same');
    }
  });

  it('[EG6] end: accepted in wrap-up, not accepted closed; told by records without a commit', () => {
    expect(after('everything', 'end').next).toMatchObject({
      phase: 'wrapUp',
      ended: { by: 'visitor', reason: 'visitorEnded', at: committed.now },
    });
    expect(after('everything', 'endRecorded', moment as typeof committed).next.phase).toBe('wrapUp');
    const unaccepted = after('waiting', 'end');
    expect(unaccepted.next.phase).toBe('closed');
    expect(unaccepted.reports).toEqual([{ type: 'closed' }]);
  });

  it('[EG7] close for good, told by records without a commit', () => {
    expect(after('wrapUp', 'close').next.phase).toBe('closed');
    const told = after('wrapUp', 'closeRecorded', moment as typeof committed);
    expect([told.next.phase, told.reports]).toEqual(['closed', []]);
  });
});

describe('presence', () => {
  it('[PR2] of the agent holds the lease', () => {
    const { next, reports, changes } = after('leased', 'agentLeft');
    expect(next).toMatchObject({ control: { leases: [] }, view: { state: 'on' } });
    expect(reports).toEqual([{ type: 'leaseEnded', lease: 1, by: 'system', reason: 'left' }]);
    expect(changes).toEqual(['control:ended', 'participant:left']);
    expect(after('leased', 'visitorLeft').next).toMatchObject({ control: { leases: [{ lease: 1 }] } });
    expect(after('leasedTwice', 'agentLeft').reports).toHaveLength(2);
    expect(after('leasedTwice', 'agentLeft').next).toMatchObject({ control: { asked: {}, leases: [] } });
  });

  it('[PR3] missing for a minute stops what is shared', () => {
    for (const state of ['visitorAway', 'agentAway'] as const) {
      expect(transition(engagements[state], happenings.awayTooLong, { now: start + 59_999 }).kind).toBe(
        'refused',
      );
      const { next } = after(state, 'awayTooLong', { now: start + 60_000 } as typeof committed);
      expect(next).toMatchObject({ phase: 'active', view: { state: 'off' }, control: { leases: [] } });
      expect(next).toMatchObject({ call: { state: 'off' } });
    }
  });
});

describe('the view', () => {
  it('[VW2] is given by a committed consent for the agent who asked, in time', () => {
    expect(entries('viewAsked', 'grantView')).toEqual([
      { type: 'consent', scope: 'view', act: 'granted', agentId: aki },
    ]);
    expect(after('viewAsked', 'grantView').next).toMatchObject({ view: { state: 'on', entry: 7 } });
    const late = transition(engagements.viewAsked, happenings.grantView, { now: start + 60_000 });
    expect(late).toEqual({ kind: 'refused', refusal: { code: 'askExpired' } });
  });

  it('names the words in which the visitor was asked, whoever answered a call that they started', () => {
    const words = { version: '2026-11-22', language: 'de' } as const;
    const committed = (engagement: Engagement, happening: Happening) => {
      const outcome = transition(engagement, happening, { now: start });
      return outcome.kind === 'commit' ? outcome.entries : outcome;
    };
    expect(committed(engagements.viewAsked, { ...happenings.grantView, words })).toMatchObject([{ words }]);
    expect(committed(engagements.controlAsked, { ...happenings.grantControl, words })).toMatchObject([
      { words },
    ]);
    const { active } = engagements;
    const begun = transition(active, { ...happenings.startCallByVisitor, words }, { now: start });
    const asked = begun.kind === 'moved' ? begun.next : active;
    expect(JSON.stringify(engagementView(asked))).not.toContain('words');
    const other = { version: '2020-01-01', language: 'en' } as const;
    const answered = committed(asked, { ...happenings.acceptCallByAgent, words: other });
    expect(answered).toMatchObject([{ words }, { words }, { type: 'callStarted' }]);
  });

  it('[VW3] refused is reported', () => {
    expect(after('viewAsked', 'refuseView').reports).toEqual([
      { type: 'consent', scope: 'view', act: 'refused', agentId: aki },
    ]);
  });

  it('[VW4] stopped ends the lease; what records withdrew is not reported back', () => {
    const ended = { type: 'leaseEnded', lease: 1, by: 'system', reason: 'viewEnded' };
    const withdrawn = { type: 'consent', scope: 'view', act: 'withdrawn', agentId: aki };
    expect(after('leased', 'stopView').reports).toEqual([ended, withdrawn]);
    expect(after('leased', 'cancelView').reports).toEqual([ended, withdrawn]);
    expect(after('leased', 'stopViewRecorded').reports).toEqual([ended]);
    expect(after('leased', 'stopView').changes).toEqual(['control:ended', 'view:stopped']);
  });

  it('[VW5] taken back in the ledger when its grant came too late', () => {
    expect(undo(entries('viewAsked', 'grantView'))).toEqual([
      { type: 'consent', scope: 'view', act: 'withdrawn', agentId: aki },
    ]);
    expect(undo(entries('controlAsked', 'grantControl'))).toEqual([
      { type: 'leaseEnded', lease: 1, by: 'system', reason: 'ended' },
    ]);
    expect(undo(entries('callAskedByAgent', 'acceptCallByVisitor')).map(({ type }) => type)).toEqual([
      'consent',
      'callEnded',
    ]);
    for (const [state, name] of [
      ['waiting', 'accept'],
      ['active', 'end'],
      ['wrapUp', 'close'],
    ] as const) {
      expect(undo(entries(state, name))).toEqual([]);
    }
  });
});

describe('a view that is asked with more', () => {
  it('[VW7] commits the consent and the lease, which lasts as long as the view', () => {
    expect(after('active', 'askView').next).toMatchObject({ view: { kinds: ['point', 'draw'] } });
    expect(entries('viewAskedWithMore', 'grantView')).toEqual([
      { type: 'consent', scope: 'view', act: 'granted', agentId: aki },
      { type: 'leaseGranted', lease: 1, agentId: aki, kinds: ['point', 'draw'], leaseMs: limits.viewMs },
    ]);
    const granted = after('viewAskedWithMore', 'grantView');
    const expiresAt = committed.now + limits.viewMs;
    expect(granted.changes).toEqual(['view:granted', 'control:granted']);
    expect(granted.next).toMatchObject({
      view: { state: 'on', expiresAt },
      control: { leases: [{ lease: 1, agentId: aki, kinds: ['point', 'draw'], expiresAt }] },
      lastLease: 1,
    });
    expect(entries('viewAsked', 'grantView')).toHaveLength(1);
    expect(after('viewAsked', 'grantView').next).toMatchObject({ control: { leases: [] }, lastLease: 0 });
  });

  it('[VW7] lends nothing to an agent who has left meanwhile', () => {
    const alone = after('viewAskedWithMore', 'agentLeft').next;
    const granted = transition(alone, happenings.grantView, committed);
    expect(granted).toMatchObject({
      next: { view: { state: 'on' }, control: { leases: [] }, lastLease: 1 },
      changes: ['view:granted'],
      reports: [{ type: 'leaseEnded', lease: 1, reason: 'left' }],
    });
  });
});

describe('control', () => {
  it('[CO2] runs from the moment it takes effect, for the kinds asked, once each', () => {
    const asked = after('viewed', 'askControl').next;
    expect(asked).toMatchObject({ control: { asked: { kinds: ['click'] }, leases: [] } });
    expect(after('controlAsked', 'grantControl').next).toMatchObject({
      control: {
        leases: [{ lease: 1, agentId: aki, kinds: ['click'], expiresAt: committed.now + 30_000 }],
      },
      lastLease: 1,
    });
  });

  it('[CO1] [CO2] is lent beside what is lent already, each with its own end', () => {
    const happening = { ...happenings.grantControl, lease: 3 };
    const granted = transition(engagements.leasedTwice, happening, committed);
    expect(granted).toMatchObject({
      kind: 'moved',
      next: { control: { leases: [{ lease: 1 }, { lease: 2 }, { lease: 3 }] } },
    });
    if (granted.kind === 'moved') expect(granted.next).not.toHaveProperty('control.asked');
    const leases = Array.from({ length: limits.leases }, (_, at) => ({
      ...{ lease: at + 1, agentId: aki, kinds: ['click' as const], expiresAt: start + 60_000 },
    }));
    const full = { ...engagements.viewed, control: { leases }, lastLease: limits.leases };
    expect(transition(full, happenings.askControl, moment)).toMatchObject({
      refusal: { code: 'wrongState' },
    });
  });

  it('[CO3] one lease is taken back alone, or all at once', () => {
    const one = after('leasedTwice', 'endOneLease');
    expect(one.next).toMatchObject({ control: { asked: {}, leases: [{ lease: 2 }] } });
    expect(one.reports).toMatchObject([{ lease: 1, by: 'visitor', reason: 'takenBack' }]);
    const all = after('leasedTwice', 'endControlByVisitor');
    expect(all.next).toMatchObject({ control: { leases: [] } });
    expect(all.reports).toMatchObject([{ lease: 1 }, { lease: 2 }]);
    expect(all.changes).toEqual(['control:ended']);
  });

  it('[PR5] ends when the visitor stays away', () => {
    const away = after('leasedTwice', 'visitorLeft').next;
    const early = { now: committed.now + limits.leaseAwayMs - 1 };
    expect(transition(away, { type: 'endLeasesAway' }, early)).toMatchObject({ kind: 'refused' });
    const gone = transition(away, { type: 'endLeasesAway' }, { now: committed.now + limits.leaseAwayMs });
    expect(gone).toMatchObject({
      next: { view: { state: 'on' }, control: { leases: [] } },
      reports: [
        { lease: 1, reason: 'left' },
        { lease: 2, reason: 'left' },
      ],
    });
  });

  it('[CO3] ends with its reason', () => {
    expect(after('leased', 'endControlByVisitor').reports).toMatchObject([{ reason: 'takenBack' }]);
    expect(after('leased', 'endControlByAgent').reports).toMatchObject([{ reason: 'released' }]);
    const over = { now: start + 60_000 } as typeof committed;
    expect(after('leased', 'expireLease', over).reports).toMatchObject([{ reason: 'expired', by: 'system' }]);
    expect(after('everything', 'end').reports).toContainEqual({
      ...{ type: 'leaseEnded', lease: 1, by: 'system', reason: 'ended' },
    });
  });
});

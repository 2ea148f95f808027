/** Due dates, what may happen to a case, and what no walk through its states may ever reach. */

import {
  type CaseAct,
  type EngagementId,
  identityMeans,
  refusalGrounds,
  rightsKinds,
} from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { actsFor, advanceCase, missingOf } from './advance-case.js';
import { answerDue, lateClocks, openClocks } from './case-clocks.js';
import { type CaseFacts, newCase } from './case-facts.js';
import { daysDue, monthsDue, workingDaysDue } from './due-dates.js';
import { groundsFor, lawOf } from './refusal-grounds.js';

const at = (date: string) => Date.parse(`${date}T10:00:00Z`);
const day = (time: number) => new Date(time).toISOString().slice(0, 10);
const DAY_MS = 24 * 3_600_000;

describe('a month', () => {
  it.each([
    ['2026-03-05', 1, '2026-04-06'], // 5 April is a Sunday.
    ['2027-01-31', 1, '2027-03-01'], // February ends on a Sunday.
    ['2026-08-31', 1, '2026-09-30'],
    ['2026-11-25', 1, '2026-12-28'], // Christmas Day, then a weekend.
    ['2026-08-31', 3, '2026-11-30'],
  ])('from %s, %i of them end on %s', (from, months, due) => {
    expect(day(monthsDue(at(from), months))).toBe(due);
  });
});

it.each([
  ['2026-08-31', '2026-10-15'],
  ['2027-01-31', '2027-03-17'],
])('45 days from %s end on %s, working day or not', (from, due) => {
  expect(day(daysDue(at(from), 45))).toBe(due);
});

it('two working days from a Friday end on Tuesday', () => {
  expect(day(workingDaysDue(at('2026-08-28'), 2))).toBe('2026-09-01');
});

const received = at('2026-08-31');
const shown = newCase('access', { receivedAt: received, identity: 'returnSecret' });

function after(facts: CaseFacts, ...acts: readonly (readonly [CaseAct, number])[]): CaseFacts {
  return acts.reduce((before, [act, now]) => {
    const next = advanceCase(before, act, now);
    if (!next.ok) throw new Error(`${act.act}: ${next.refusal.code} ${next.refusal.detail}`);
    return next.value;
  }, facts);
}

const taken = after(shown, [{ act: 'take' }, received]);

describe('an extension', () => {
  const extend: CaseAct = { act: 'extend', justification: 'Many requests at once.' };

  it('gives two months more, and tells within 45 days by itself', () => {
    const extended = after(taken, [extend, received + DAY_MS]);
    expect(day(answerDue(extended, received))).toBe('2026-11-30');
    expect(openClocks(extended, received).map(({ clock }) => clock)).toEqual(['answer']);
  });

  it('is for once', () => {
    const extended = after(taken, [extend, received + DAY_MS]);
    expect(advanceCase(extended, extend, received + 2 * DAY_MS)).toMatchObject({
      refusal: { code: 'conflict' },
    });
  });

  it('comes too late once the month is over', () => {
    expect(advanceCase(taken, extend, at('2026-10-01'))).toMatchObject({ refusal: { code: 'conflict' } });
  });

  it.each(['complaint', 'minor'] as const)('is not for a %s', (kind) => {
    const facts = after({ ...shown, kind }, [{ act: 'take' }, received]);
    expect(advanceCase(facts, extend, received)).toMatchObject({ ok: false });
  });
});

describe('reasonable doubt of who asks', () => {
  it('stops the month and not the 45 days', () => {
    const doubted = after(newCase('access', { receivedAt: received }), [
      { act: 'askIdentity', reason: 'Another name.' },
      received,
    ]);
    const tenLater = received + 10 * DAY_MS;
    expect(day(answerDue(doubted, tenLater))).toBe('2026-10-10');
    const known = after(doubted, [{ act: 'confirmIdentity', means: 'mailLoop' }, tenLater]);
    expect([known.state, day(answerDue(known, tenLater + 5 * DAY_MS))]).toEqual(['received', '2026-10-10']);
    expect(day(openClocks(known, tenLater).find(({ clock }) => clock === 'firstReply')?.at ?? 0)).toBe(
      '2026-10-15',
    );
  });

  it('keeps no case from being named, whichever way it was overcome', () => {
    const unnamed = newCase('access', { receivedAt: received, isNamed: false });
    for (const means of identityMeans) {
      const known = after(unnamed, [{ act: 'confirmIdentity', means }, received]);
      expect(actsFor(known, received), means).toContain('name');
    }
    expect(actsFor(newCase('access', { receivedAt: received, identity: 'returnSecret' }), received)).toEqual([
      'take',
      'answer',
    ]);
  });

  it('[RT10] is of one conversation: a number that is put right asks for it anew, and for its pack', () => {
    const unnamed = newCase('access', { receivedAt: received, isNamed: false });
    const naming = { act: 'name', engagementId: 'known-by-now' as EngagementId } as const;
    const named = after(
      unnamed,
      [{ act: 'confirmIdentity', means: 'mailLoop' }, received],
      [naming, received],
    );
    expect(named.identity).toBe('mailLoop');
    const other = after({ ...named, packMadeAt: received }, [naming, received]);
    expect([other.identity, other.packMadeAt, missingOf(other)]).toEqual([
      undefined,
      undefined,
      ['identity'],
    ]);
  });

  it('lets a case be refused and nothing else', () => {
    const unknown = newCase('access', { receivedAt: received });
    expect(actsFor(unknown, received)).not.toContain('take');
    expect(missingOf(unknown)).toEqual(['identity']);
    const yes = { act: 'answer', outcome: 'granted', text: 'Here it is.' } as const;
    expect(advanceCase(unknown, yes, received)).toMatchObject({ refusal: { code: 'wrongState' } });
    const no = {
      act: 'answer',
      outcome: 'refused',
      text: 'We could not tell who asks.',
      ground: 'identityNotShown',
    } as const;
    expect(after(unknown, [no, received]).state).toBe('answered');
  });
});

describe('an answer that is no', () => {
  it('needs a ground that is for such a request', () => {
    for (const kind of rightsKinds) {
      const facts = { ...taken, kind };
      const no = { act: 'answer', outcome: 'refused', text: 'No.' } as const;
      expect(advanceCase(facts, no, received), kind).toMatchObject({ refusal: { code: 'invalid' } });
      for (const ground of refusalGrounds) {
        const isGround = groundsFor(kind).includes(ground);
        expect(advanceCase(facts, { ...no, ground }, received).ok, `${kind} ${ground}`).toBe(isGround);
        expect(lawOf(ground)).toContain('Art.');
      }
    }
  });

  it('is what an objection to more than a legitimate interest gets', () => {
    const yes = { act: 'answer', outcome: 'granted', text: 'We stop.' } as const;
    const objection = { ...taken, kind: 'objection' } as const;
    expect(advanceCase({ ...objection, objectsTo: 'feedback' }, yes, received).ok).toBe(true);
    for (const objectsTo of ['conversation', 'rights', undefined] as const)
      expect(advanceCase({ ...objection, objectsTo }, yes, received)).toMatchObject({
        refusal: { code: 'invalid' },
      });
  });
});

describe('what is late', () => {
  it('is told of each clock by itself', () => {
    const referred = newCase('erasure', { receivedAt: received, isReferred: true, state: 'referred' });
    const clocks = (now: number) => lateClocks(referred, now).map(({ clock }) => clock);
    expect(clocks(at('2026-09-02'))).toEqual([]);
    expect(clocks(at('2026-09-03'))).toEqual(['referral']);
    expect(clocks(at('2026-09-08'))).toEqual(['referral', 'supportPack']);
    expect(clocks(at('2026-10-01'))).toEqual(['referral', 'supportPack', 'answer']);
    expect(clocks(at('2026-10-16'))).toEqual(['referral', 'supportPack', 'answer', 'firstReply']);
  });

  it('is an answer that was not carried out within 72 hours', () => {
    const yes = { act: 'answer', outcome: 'granted', text: 'Done.' } as const;
    const answered = after(taken, [yes, received]);
    expect(lateClocks(answered, received + 3 * DAY_MS)).toEqual([]);
    expect(lateClocks(answered, received + 3 * DAY_MS + 1).map(({ clock }) => clock)).toEqual(['execution']);
  });
});

/** Of what came in on 31 August 2026, by the calendar: a month, three, 45 days, 72 hours. A pause moves months on. */
const dates = {
  month: '2026-09-30',
  months: '2026-11-30',
  complaint: '2026-10-15',
  minor: '2026-09-03',
} as const;

function answeredBy({ kind, extendedAt, pausedMs, pausedSince }: CaseFacts, now: number): string {
  if (kind === 'complaint' || kind === 'minor') return dates[kind];
  const due = at(extendedAt === undefined ? dates.month : dates.months);
  return day(due + pausedMs + (pausedSince === undefined ? 0 : now - pausedSince));
}

/** A walk of its own for each seed, so that a failure can be walked again. */
function walk(seed: number): readonly { act: CaseAct; before: CaseFacts; facts: CaseFacts; now: number }[] {
  let state = seed;
  const draw = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pick = <T>(list: readonly T[]): T => list[draw(list.length)] as T;
  const acts = (): CaseAct =>
    pick<() => CaseAct>([
      () => ({ act: 'askIdentity', reason: 'Doubt.' }),
      () => ({ act: 'confirmIdentity', means: pick(identityMeans) }),
      () => ({ act: 'take' }),
      () => ({ act: 'extend', justification: 'Much to do.' }),
      () => ({ act: 'answer', outcome: 'granted', text: 'Yes.' }),
      () => ({ act: 'answer', outcome: 'refused', text: 'No.', ground: pick(refusalGrounds) }),
      () => ({ act: 'execute' }),
      () => ({ act: 'close' }),
    ])();
  let facts = newCase(pick(rightsKinds), { receivedAt: received, objectsTo: 'feedback' });
  let now = received;
  const steps = [];
  for (let step = 0; step < 40; step += 1) {
    now += draw(6) * DAY_MS;
    const act = acts();
    const before = facts;
    const next = advanceCase(facts, act, now);
    if (next.ok) facts = next.value;
    steps.push({ act, before, facts, now });
  }
  return steps;
}

it('no walk through 1,000 cases closes one without an answer, or carries out what was not granted', () => {
  const faults: string[] = [];
  let closed = 0;
  for (let seed = 1; seed <= 1000; seed += 1) {
    for (const { act, before, facts, now } of walk(seed)) {
      if (facts.state === 'closed') closed += 1;
      const wrong = faultOf({ before, facts, now });
      if (wrong !== undefined) faults.push(`seed ${seed}, ${act.act}: ${wrong}`);
    }
  }
  expect(faults).toEqual([]);
  expect(closed).toBeGreaterThan(500);
});

function faultOf({ before, facts, now }: { before: CaseFacts; facts: CaseFacts; now: number }) {
  const { state, outcome, answeredAt, executedAt, identity, kind } = facts;
  if (state === 'closed' && answeredAt === undefined) return 'closed without an answer';
  if (state === 'closed' && outcome !== 'refused' && executedAt === undefined)
    return 'closed, not carried out';
  if (executedAt !== undefined && outcome === 'refused') return 'a refusal carried out';
  const isOpenToAll = kind === 'complaint' || kind === 'minor';
  if (executedAt !== undefined && !isOpenToAll && identity === undefined) return 'carried out for a stranger';
  // Nothing outlives its date unseen.
  const isLate = lateClocks(facts, now).some(({ clock }) => clock === 'answer');
  const due = answeredBy(facts, now);
  if (answeredAt === undefined && due < day(now) && !isLate) return 'late and not told';
  if (isLate && (answeredAt !== undefined || day(now) < due)) return 'told of too early';
  if (before.state === 'closed' && facts !== before) return 'moved after its end';
  return actsFor(facts, now).length > 0 || state === 'closed' ? undefined : 'stuck';
}

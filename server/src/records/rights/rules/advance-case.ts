/** What may happen to a case, and what it is afterwards: every officer's act goes through here. */

import {
  accept,
  type CaseAct,
  type CaseActName,
  type CaseMissing,
  type Reply,
  refuse,
} from '@alongside/protocol';
import { answerDue } from './case-clocks.js';
import type { CaseFacts } from './case-facts.js';
import { mayObject } from './legal-bases.js';
import { applies } from './refusal-grounds.js';

export function advanceCase(facts: CaseFacts, act: CaseAct, now: number): Reply<CaseFacts> {
  if (!actsFor(facts, now).includes(act.act)) return refuse(refusedAs(facts, act.act), act.act);
  switch (act.act) {
    case 'name':
      return accept({ ...(facts.isNamed ? unproven(facts) : facts), isNamed: true });
    case 'askIdentity':
      return accept({ ...facts, state: 'identityCheck', pausedSince: now });
    case 'confirmIdentity':
      return accept({ ...resumed(facts, now), identity: act.means });
    case 'take':
      return accept({ ...facts, state: 'inProgress' });
    case 'extend':
      return accept({ ...facts, extendedAt: now });
    case 'answer':
      return answered(facts, act, now);
    case 'execute':
      return accept({ ...facts, state: 'executed', executedAt: now });
    case 'close':
      return accept({ ...facts, state: 'closed' });
  }
}

/** Who has not shown that the data are theirs is given none of it: without that a case can be refused, and no more. */
export function actsFor(facts: CaseFacts, now: number): readonly CaseActName[] {
  switch (facts.state) {
    case 'received':
    case 'referred':
      return [
        ...naming(facts),
        ...identifying(facts),
        ...(isReady(facts) ? (['take'] as const) : []),
        'answer',
      ];
    case 'identityCheck':
      return [...naming(facts), 'confirmIdentity', 'answer'];
    case 'inProgress':
      return [...(mayExtend(facts, now) ? (['extend'] as const) : []), 'answer'];
    case 'answered':
      return facts.outcome === 'refused' ? ['close'] : ['execute'];
    case 'executed':
      return ['close'];
    case 'closed':
      return [];
  }
}

/** What the case waits for, as the officer's list says it. */
export function missingOf(facts: CaseFacts): readonly CaseMissing[] {
  switch (facts.state) {
    case 'received':
    case 'identityCheck':
    case 'referred':
      return [
        ...(facts.isNamed ? [] : (['engagement'] as const)),
        ...(facts.identity === undefined ? (['identity'] as const) : []),
        ...(isReady(facts) ? (['take'] as const) : []),
      ];
    case 'inProgress':
      return ['answer'];
    case 'answered':
      return facts.outcome === 'refused' ? ['close'] : ['execution'];
    case 'executed':
      return ['close'];
    case 'closed':
      return [];
  }
}

/** Until somebody has taken it: a number that was mistaken can be put right. What came with the receipt is of that one. */
const naming = ({ isNamed, identity }: CaseFacts) =>
  isNamed && identity === 'returnSecret' ? [] : (['name'] as const);

/** Who showed that the former conversation is theirs has shown nothing of this one, and its pack is another one's. */
function unproven(facts: CaseFacts): CaseFacts {
  return { ...facts, identity: undefined, packMadeAt: undefined };
}

function identifying(facts: CaseFacts): readonly CaseActName[] {
  return facts.identity === undefined ? ['askIdentity', 'confirmIdentity'] : [];
}

/** A complaint is heard whoever brings it, and a child's data are not kept for want of a proof. */
function isReady({ kind, identity, isNamed }: CaseFacts): boolean {
  if (kind === 'complaint') return true;
  return isNamed && (identity !== undefined || kind === 'minor');
}

/** Once, by who can say why, and before the month is over. */
function mayExtend(facts: CaseFacts, now: number): boolean {
  if (facts.kind === 'complaint' || facts.kind === 'minor') return false;
  return facts.extendedAt === undefined && now <= answerDue(facts, now);
}

function refusedAs(facts: CaseFacts, act: CaseActName): 'conflict' | 'wrongState' {
  return act === 'extend' && facts.state === 'inProgress' ? 'conflict' : 'wrongState';
}

function resumed(facts: CaseFacts, now: number): CaseFacts {
  const { pausedSince, pausedMs } = facts;
  const stood = pausedSince === undefined ? 0 : Math.max(0, now - pausedSince);
  const state = facts.state === 'identityCheck' ? (facts.isReferred ? 'referred' : 'received') : facts.state;
  return { ...facts, state, pausedSince: undefined, pausedMs: pausedMs + stood };
}

type Answer = Extract<CaseAct, { act: 'answer' }>;

function answered(facts: CaseFacts, { outcome, ground }: Answer, now: number): Reply<CaseFacts> {
  if (outcome === 'granted' && ground !== undefined) return refuse('invalid', 'ground');
  if (outcome !== 'granted' && (ground === undefined || !applies(ground, facts.kind)))
    return refuse('invalid', 'ground');
  if (facts.state !== 'inProgress' && outcome !== 'refused') return refuse('wrongState', 'answer');
  const { kind, objectsTo } = facts;
  // What is kept on another ground than legitimate interests cannot be objected to; saying yes would promise nothing.
  if (kind === 'objection' && outcome !== 'refused' && !(objectsTo !== undefined && mayObject(objectsTo)))
    return refuse('invalid', 'objectsTo');
  const met = { ...resumed(facts, now), state: 'answered', outcome, answeredAt: now } as const;
  return accept(met);
}

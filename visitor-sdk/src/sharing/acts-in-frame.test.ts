/** Acts that the page around hands on: under its leases, as far as this page allows them. */

import type { AgentId } from '@alongside/protocol';
import { beforeEach, expect, it } from 'vitest';
import type { IncomingIntent } from '../cobrowse/cobrowse-controller.js';
import type { FromFrame } from '../cobrowse/joined/join-words.js';
import { ActsInFrame } from './acts-in-frame.js';

const agent = 'aki' as AgentId;
const lease = { lease: 3, agentId: agent, kinds: ['point', 'click'], expiresAtMs: 9 } as const;
const scroll: IncomingIntent = {
  ...{ slot: 1, agent, intent: 'scroll', lease: 3, seenEpoch: 1, seenSequence: 1 },
  body: { kind: 'scroll', ref: 4, id: 1, left: 0, top: 0 },
};
const point: IncomingIntent = { ...scroll, intent: 'point', body: { kind: 'point', ref: 5, at: null } };

let said: FromFrame[];
let done: IncomingIntent[];
let finish: () => void;
const shown = {
  act: (intent: IncomingIntent) => {
    done.push(intent);
    return new Promise<void>((resolve) => {
      finish = resolve;
    });
  },
  leave: () => undefined,
  forget: () => undefined,
};
const acts = (mayAct: boolean) =>
  new ActsInFrame({ mayAct, control: async () => ({}) as never, say: (words) => said.push(words) });

beforeEach(() => {
  [said, done] = [[], []];
});

it('shows where something is on every page, and does more only where the page allows it', () => {
  const refusing = acts(false);
  for (const intent of [point, scroll]) refusing.take({ ask: 'act', intent, name: 'Aki' }, shown);
  expect(done).toEqual([point]);
  const body = { outcome: 'refused', refusal: 'inFrame', ref: 4 };
  expect(said).toEqual([{ kind: 'answer', slot: 1, body }]);
  acts(true).take({ ask: 'act', intent: scroll, name: 'Aki' }, shown);
  expect(done).toEqual([point, scroll]);
});

it('acts under the leases that it was told of last, and under none before', () => {
  const acting = acts(true);
  expect(acting.leases.all()).toEqual([]);
  acting.take({ ask: 'leases', leases: [lease] }, shown);
  expect(acting.leases.all()).toEqual([lease]);
  acting.take({ ask: 'leases', leases: [] }, shown);
  expect(acting.leases.all()).toEqual([]);
});

it('does nothing that has ceased, until that is answered', async () => {
  const acting = acts(true);
  acting.take({ ask: 'leases', leases: [lease] }, shown);
  acting.take({ ask: 'cease', slot: 1, ref: 4 }, shown);
  expect(acting.leases.all(), 'what is not under way cannot cease').toEqual([lease]);
  acting.take({ ask: 'act', intent: scroll, name: 'Aki' }, shown);
  acting.take({ ask: 'cease', slot: 1, ref: 4 }, shown);
  expect(acting.leases.all()).toEqual([{ ...lease, kinds: ['point'] }]);
  const next: IncomingIntent = { ...scroll, body: { kind: 'scroll', ref: 6, id: 1, left: 0, top: 0 } };
  acting.take({ ask: 'act', intent: next, name: 'Aki' }, shown);
  expect(done).toEqual([scroll]);
  finish();
  await expect.poll(() => acting.leases.all()).toEqual([lease]);
  await expect.poll(() => done).toEqual([scroll, next]);
});

it('asks the visitor through the page around', async () => {
  const acting = acts(true);
  const asked = acting.confirm({ reason: 'submit', label: 'Send', slot: 2 });
  expect(said).toEqual([{ kind: 'confirm', question: 1, slot: 2, reason: 'submit', label: 'Send' }]);
  acting.take({ ask: 'confirmed', question: 7, yes: true }, shown);
  acting.take({ ask: 'confirmed', question: 1, yes: true }, shown);
  expect(await asked).toBe(true);
});

it('tells of doubt only where something may have been lent', () => {
  const acting = acts(true);
  acting.onDoubt();
  expect(said).toEqual([]);
  acting.take({ ask: 'leases', leases: [lease] }, shown);
  acting.onDoubt();
  expect(said).toEqual([{ kind: 'doubt' }]);
});

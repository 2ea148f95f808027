/** Acts handed on to a joined frame, whose page may say anything. */

import type { AgentId, IntentRefusal } from '@alongside/protocol';
import { intentLimits } from '@alongside/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FIRST_FRAME_NUMBER } from '../joined/frame-numbers.js';
import type { ActInFrame, SaidOfActs } from '../joined/join-words.js';
import type { FrameDoor } from '../joined/joined.js';
import { FrameActs } from './frame-acts.js';
import type { IncomingIntent, Lease } from './intent-gate.js';

const agent = 'aki' as AgentId;
const lease: Lease = { lease: 3, agentId: agent, kinds: ['draw', 'click', 'type'], expiresAtMs: 9e9 };
const ID = FIRST_FRAME_NUMBER + 5;

let asked: ActInFrame[];
let hear: (said: SaidOfActs | undefined) => void;
let leases: readonly Lease[];
let refusal: IntentRefusal | undefined;
let confirmed: unknown[];
let told: unknown[];
let acts: FrameActs;

const door: FrameDoor = {
  element: { isConnected: true } as HTMLIFrameElement,
  ownNumber: (id) => id - FIRST_FRAME_NUMBER,
  pageNumber: (own) => own + FIRST_FRAME_NUMBER,
  send: (ask) => asked.push(ask),
  listen: (listener) => {
    hear = listener;
  },
};
const target = { id: ID, tag: 'a', role: '', label: '', box: { left: 30, top: 40, width: 9, height: 9 } };
const click = { kind: 'click', ref: 4, target, fx: 0.5, fy: 0.5 } as const;
const draw = { kind: 'draw', ref: 6, mark: { mark: 'highlight', stroke: 1, anchor: ID } } as const;
const intentOf = (body: IncomingIntent['body'], intent: IncomingIntent['intent']): IncomingIntent => ({
  ...{ slot: 1, agent, intent, lease: 3, seenEpoch: 1, seenSequence: 1, body },
});
const press = () => acts.run(intentOf(click, 'click'), click);
const say = (body: unknown, slot = 1) => hear({ kind: 'answer', slot, body });
const question = { kind: 'confirm', question: 1, slot: 1, reason: 'submit', label: 'Send' } as const;
const answersAsked = () => asked.filter(({ ask }) => ask === 'confirmed');

beforeEach(() => {
  vi.useFakeTimers();
  [asked, leases, refusal, confirmed, told] = [[], [lease], undefined, [], []];
  acts = new FrameActs({
    window: globalThis as unknown as Window & typeof globalThis,
    geometry: { cornerIn: () => ({ x: 20, y: 10 }) },
    check: { refusalInside: () => refusal, isListed: () => false },
    leases: { all: () => leases },
    now: () => Date.now(),
    doorOf: (id) => (id === ID ? door : undefined),
    agentName: () => 'Aki',
    mayDraw: () => leases.length > 0,
    forget: (slot, stroke) => told.push(['forget', slot, stroke]),
    confirm: async (request) => confirmed.push(request) > 0,
    tellMark: (mark, by, how) => told.push([mark.mark, by.slot, how.alsoDrawer]),
    say: () => undefined,
  });
});
afterEach(() => {
  acts.stop();
  vi.useRealTimers();
});

it('hands an act on in the frame’s own numbers and places, after the leases that it is done under', async () => {
  const answer = press();
  await vi.advanceTimersByTimeAsync(0);
  const body = { ...click, target: { ...target, id: 5, box: { ...target.box, left: 10, top: 30 } } };
  expect(asked).toEqual([
    { ask: 'leases', leases },
    { ask: 'act', name: 'Aki', intent: intentOf(body, 'click') },
  ]);
  say({ outcome: 'done', ref: 4, slot: 9, target: { ...target, id: 6 } });
  expect(await answer).toEqual({
    ...{ outcome: 'done', ref: 4, slot: 1 },
    target: { ...target, id: FIRST_FRAME_NUMBER + 6, box: { ...target.box, left: 50, top: 50 } },
  });
});

it('takes no word of the frame for an answer that is none', async () => {
  const answer = press();
  await vi.advanceTimersByTimeAsync(0);
  say({ outcome: 'done', ref: 5 });
  say({ outcome: 'done', ref: 4 }, 2);
  say({ outcome: 'trip', away: true });
  say('done');
  await vi.advanceTimersByTimeAsync(4_000);
  say({ outcome: 'refused', ref: 4, refusal: 'masked' });
  expect(await answer).toEqual({ outcome: 'refused', ref: 4, refusal: 'masked' });
});

it.each([
  ['says nothing', () => vi.advanceTimersByTimeAsync(6_000), 'failed'],
  ['is gone', async () => hear(undefined), 'targetGone'],
  [
    'is covered meanwhile',
    () => {
      refusal = 'covered';
      return vi.advanceTimersByTimeAsync(60);
    },
    'covered',
  ],
])('gives an act up when the frame %s', async (_, happen, because) => {
  const answer = press();
  await vi.advanceTimersByTimeAsync(0);
  await happen();
  expect(await answer).toEqual({ outcome: 'refused', ref: 4, refusal: because });
  if (because === 'covered') expect(asked).toContainEqual({ ask: 'cease', slot: 1, ref: 4 });
});

it('hands on nothing where the frame cannot be reached', async () => {
  refusal = 'excluded';
  expect(await press()).toMatchObject({ refusal: 'excluded' });
  const elsewhere = { ...click, target: { ...target, id: ID + 1 } };
  expect(await acts.run(intentOf(elsewhere, 'click'), elsewhere)).toMatchObject({ refusal: 'targetGone' });
  expect(asked).toEqual([]);
});

it('asks the visitor for the frame only while an act of that agent is under way, or a moment after', async () => {
  const answer = press();
  await vi.advanceTimersByTimeAsync(0);
  hear({ ...question, slot: 2 });
  hear({ ...question, question: 2, reason: 'else' as 'submit' });
  hear({ ...question, question: 3 });
  await vi.advanceTimersByTimeAsync(0);
  expect(confirmed).toEqual([{ reason: 'submit', label: 'Send', slot: 1 }]);
  expect(answersAsked()).toMatchObject([{ yes: false }, { yes: false }, { question: 3, yes: true }]);
  say({ outcome: 'done', ref: 4 });
  await answer;
  await vi.advanceTimersByTimeAsync(2_000);
  hear({ ...question, question: 4 });
  await vi.advanceTimersByTimeAsync(0);
  expect(confirmed).toHaveLength(1);
  expect(answersAsked().at(-1)).toMatchObject({ question: 4, yes: false });
});

it('tells the frame of every lease that ends, and takes its agent’s marks away', async () => {
  const answer = acts.run(intentOf(draw, 'draw'), draw);
  await vi.advanceTimersByTimeAsync(0);
  say({ outcome: 'done', ref: 6 });
  await answer;
  expect(acts.marks()).toHaveLength(1);
  leases = [];
  await vi.advanceTimersByTimeAsync(60);
  expect(asked.slice(-2)).toEqual([
    { ask: 'leases', leases: [] },
    { ask: 'leave', slot: 1 },
  ]);
  expect(told).toEqual([
    ['highlight', 1, false],
    ['clear', 1, true],
  ]);
  expect(acts.marks()).toEqual([]);
});

it('undoes the newest mark, be it in a frame or on the page', async () => {
  const onPage = { kind: 'draw', ref: 7, mark: { mark: 'highlight', stroke: 2, anchor: 9 } } as const;
  const answer = acts.run(intentOf(draw, 'draw'), draw);
  await vi.advanceTimersByTimeAsync(0);
  say({ outcome: 'done', ref: 6 });
  await answer;
  acts.onPage(intentOf(onPage, 'draw'), onPage);
  const undo = () =>
    acts.take(intentOf({ kind: 'draw', ref: 8, mark: { mark: 'undo' } }, 'draw'), { mark: 'undo' });
  expect([undo(), undo(), undo()]).toEqual([false, true, false]);
  expect(told.at(-1)).toEqual(['undo', 1, false]);
});

it('undoes what the agent names, where something newer has gone with its element', async () => {
  const answer = acts.run(intentOf(draw, 'draw'), draw);
  await vi.advanceTimersByTimeAsync(0);
  say({ outcome: 'done', ref: 6 });
  await answer;
  const gone = { kind: 'draw', ref: 7, mark: { mark: 'highlight', stroke: 2, anchor: 9 } } as const;
  acts.onPage(intentOf(gone, 'draw'), gone);
  const mark = { mark: 'undo', stroke: 1 } as const;
  expect(acts.take(intentOf({ kind: 'draw', ref: 8, mark }, 'draw'), mark)).toBe(true);
  expect(asked.at(-1)).toMatchObject({ ask: 'act', intent: { body: { mark } } });
  expect(acts.marks()).toEqual([]);
});

it('keeps the newest marks of the page and its frames together', async () => {
  const answer = acts.run(intentOf(draw, 'draw'), draw);
  await vi.advanceTimersByTimeAsync(0);
  say({ outcome: 'done', ref: 6 });
  await answer;
  const drawOnPage = (stroke: number) => {
    acts.visitorDrew(
      { mark: 'rectangle', stroke, anchor: 9, from: [0, 0], to: [1, 1] },
      { slot: 0, name: '' },
    );
  };
  for (let stroke = 1; stroke < intentLimits.marks; stroke += 1) drawOnPage(stroke);
  expect(acts.marks()).toHaveLength(1);
  drawOnPage(intentLimits.marks);
  expect(asked.at(-1)).toEqual({ ask: 'forget', slot: 1, stroke: 1 });
  expect(acts.marks()).toEqual([]);
  drawOnPage(intentLimits.marks + 1);
  expect(told.at(-1)).toEqual(['forget', 0, 1]);
});

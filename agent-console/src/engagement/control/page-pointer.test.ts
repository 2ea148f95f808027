/** From points to intents: which element is meant, and what is sent back of its fingerprint. */

import type { AgentId, ControlState, IntentBody, IntentTarget } from '@alongside/protocol';
import { colourOf, parseIntentBody } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import type { IntentOutcome } from '../player/intent-answers.js';
import type { Located } from '../player/replay-messages.js';
import { Lent } from './lease.js';
import { PageMarks } from './page-marks.js';
import { PagePointer } from './page-pointer.js';
import { relativeTo } from './stroke.js';

const located: Located = {
  place: { id: 7, fx: 0.25, fy: 0.75 },
  box: { left: 10, top: 20, width: 40, height: 80 },
  tag: 'button',
  label: 'in the replay',
  field: 'none',
};
const target: IntentTarget = {
  id: 7,
  tag: 'button',
  role: 'button',
  label: 'on the page',
  box: { left: 12, top: 20, width: 40, height: 80 },
};

class Page {
  readonly acts: { readonly body: IntentBody; readonly lease: number }[] = [];
  asked = 0;
  readonly marks = new PageMarks();
  identified: IntentTarget | undefined = target;
  #ref = 0;

  nextRef = (): number => {
    this.#ref += 1;
    return this.#ref;
  };

  act = async (body: IntentBody, lease: number): Promise<IntentOutcome> => {
    if (body.kind === 'point') {
      this.asked += 1;
      return { outcome: 'done', target: this.identified, slot: 3 };
    }
    this.acts.push({ body, lease });
    return { outcome: 'done', target: undefined, slot: 3 };
  };
}

const lease = () => 5;

const replay = { locate: async () => located, scroll: async () => ({ id: 3, left: 0, top: 120 }) };

describe('a click', () => {
  it('carries the fingerprint that the visitor’s page gave, not the replay’s', async () => {
    const page = new Page();
    const pointer = new PagePointer({ page, replay, lease });
    const found = await pointer.identifyAt({ x: 1, y: 1 });
    if (found === undefined) throw new Error('not identified');
    await pointer.click(found);
    expect(page.acts).toEqual([
      { body: { kind: 'click', ref: expect.any(Number), target, fx: 0.25, fy: 0.75 }, lease: 5 },
    ]);
    expect(parseIntentBody(page.acts[0]?.body)).toBeDefined();
  });

  it('asks once for a target that it has just learnt of', async () => {
    const page = new Page();
    const pointer = new PagePointer({ page, replay, lease });
    await pointer.identifyAt({ x: 1, y: 1 });
    await pointer.identifyAt({ x: 2, y: 1 });
    expect(page.asked).toBe(1);
  });

  it.each([undefined, { ...target, id: 8 }])('is not made when the page says %o', async (identified) => {
    const page = new Page();
    page.identified = identified;
    expect(await new PagePointer({ page, replay, lease }).identifyAt({ x: 1, y: 1 })).toBeUndefined();
  });
});

describe('scrolling', () => {
  it('goes to an absolute place under the lease', async () => {
    const page = new Page();
    new PagePointer({ page, replay, lease }).scroll({ x: 1, y: 1 }, { dx: 0, dy: 40 });
    await expect.poll(() => page.acts.length).toBe(1);
    expect(page.acts[0]).toEqual({ body: { kind: 'scroll', ref: 1, id: 3, left: 0, top: 120 }, lease: 5 });
  });
});

describe('what no lease covers', () => {
  it('is not sent at all', async () => {
    const page = new Page();
    const pointer = new PagePointer({ page, replay, lease: () => undefined });
    expect(await pointer.identifyAt({ x: 1, y: 1 })).toBeUndefined();
    expect(await pointer.navigate('/')).toEqual({ outcome: 'refused', refusal: 'leaseMissing' });
    expect([page.acts, page.asked]).toEqual([[], 0]);
  });

  it('is done under the lease that covers it, and lasts longest', () => {
    const agentId = 'aki' as AgentId;
    const now = 1000;
    const control: ControlState = {
      leases: [
        { lease: 1, agentId, kinds: ['click'], expiresAt: 2000 },
        { lease: 2, agentId, kinds: ['click', 'scroll'], expiresAt: 3000 },
        { lease: 3, agentId, kinds: ['navigate'], expiresAt: 1000 },
        { lease: 4, agentId: 'noor' as AgentId, kinds: ['type'], expiresAt: 9000 },
      ],
    };
    const lent = new Lent(control, { agentId, now });
    const kinds = ['point', 'draw', 'scroll', 'click', 'type', 'navigate'] as const;
    expect(kinds.map((kind) => lent.for(kind))).toEqual([2, undefined, 2, 2, undefined, undefined]);
    expect([lent.acts, lent.has('point')]).toEqual([true, false]);
  });
});

describe('drawing', () => {
  it('sends points relative to the box the line began on', async () => {
    const page = new Page();
    const pointer = new PagePointer({ page, replay, lease });
    await pointer.startStroke({ x: 30, y: 60 }, 'draw');
    pointer.continueStroke({ x: 50, y: 100 });
    pointer.endStroke();
    const points = [
      [0.5, 0.5],
      [1, 1],
    ];
    const mark = { mark: 'pen', stroke: 1, anchor: 7, points };
    expect(page.acts[0]?.body).toEqual({ kind: 'draw', ref: 1, mark });
    // It is here at once, in the colour that the visitor sees it in.
    await expect
      .poll(() => page.marks.marks.value)
      .toMatchObject([{ mark, drawer: 'own', colour: colourOf(3) }]);
    expect(parseIntentBody(page.acts[0]?.body)).toBeDefined();
  });

  it('keeps what is drawn before it is known on which element, with a hand that has lifted by then', async () => {
    const page = new Page();
    const found: ((value: Located) => void)[] = [];
    const slow = { ...replay, locate: () => new Promise<Located>((resolve) => found.push(resolve)) };
    const pointer = new PagePointer({ page, replay: slow, lease });
    const line = (x: number): void => {
      void pointer.startStroke({ x, y: 60 }, 'draw');
      pointer.continueStroke({ x: x + 20, y: 100 });
      pointer.endStroke();
    };
    line(10);
    line(30);
    for (const resolve of found) resolve(located);
    await expect.poll(() => page.acts.length).toBe(2);
    const lines = page.acts.map(({ body }) => body.kind === 'draw' && 'points' in body.mark && body.mark);
    const from = [0, 0.5];
    expect(lines).toMatchObject([
      { stroke: 1, points: [from, [0.5, 1]] },
      {
        stroke: 2,
        points: [
          [0.5, 0.5],
          [1, 1],
        ],
      },
    ]);
  });

  it('sends the newest end of a shape, and a highlight with its words', async () => {
    const page = new Page();
    const pointer = new PagePointer({ page, replay, lease });
    await pointer.startStroke({ x: 10, y: 20 }, 'rectangle');
    pointer.continueStroke({ x: 30, y: 60 });
    pointer.continueStroke({ x: 50, y: 100 });
    pointer.endStroke();
    await pointer.highlight({ x: 1, y: 1 }, '  Look here ');
    await pointer.highlight({ x: 1, y: 1 }, ' ');
    expect(page.acts.map(({ body }) => body.kind === 'draw' && body.mark)).toEqual([
      { mark: 'rectangle', stroke: 1, anchor: 7, from: [0, 0], to: [1, 1] },
      { mark: 'highlight', stroke: 2, anchor: 7, message: 'Look here' },
      { mark: 'highlight', stroke: 3, anchor: 7 },
    ]);
    expect(page.marks.marks.value.map(({ mark }) => mark.mark)).toEqual(['rectangle', 'highlight']);
    const sent = () => page.acts.map(({ body }) => body.kind === 'draw' && body.mark).at(-1);
    pointer.takeMarks('undo');
    expect(page.marks.marks.value.map(({ mark }) => mark.mark)).toEqual(['rectangle']);
    expect(sent()).toEqual({ mark: 'undo', stroke: 3 });
    pointer.takeMarks('clear');
    expect([page.marks.marks.value, sent()]).toEqual([[], { mark: 'clear' }]);
  });

  it('is taken back on a page with an older SDK, which knows no mark by its number', async () => {
    const page = new Page();
    const pointer = new PagePointer({ page, replay, lease });
    await pointer.highlight({ x: 1, y: 1 }, '');
    const sent: unknown[] = [];
    page.act = async (body) => {
      const mark = body.kind === 'draw' ? body.mark : undefined;
      sent.push(mark);
      const isKnown = mark?.mark === 'undo' && mark.stroke === undefined;
      return isKnown
        ? { outcome: 'done', target: undefined, slot: 3 }
        : { outcome: 'refused', refusal: 'malformed' };
    };
    pointer.takeMarks('undo');
    await expect.poll(() => sent).toEqual([{ mark: 'undo', stroke: 1 }, { mark: 'undo' }]);
  });

  it('takes away what the visitor’s page did not take', async () => {
    const page = new Page();
    page.act = async () => ({ outcome: 'refused', refusal: 'targetGone' });
    const pointer = new PagePointer({ page, replay, lease });
    await pointer.highlight({ x: 1, y: 1 }, '');
    expect(page.marks.marks.value).toEqual([]);
  });

  it('stays within what the protocol lets a line be', () => {
    expect(relativeTo({ left: 0, top: 0, width: 1, height: 1 }, { x: 9_999, y: -9_999 })).toEqual([50, -50]);
    expect(relativeTo({ left: 0, top: 0, width: 0, height: 0 }, { x: 2, y: 3 })).toEqual([2, 3]);
  });
});

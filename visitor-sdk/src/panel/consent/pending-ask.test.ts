/** Which question waits for the visitor. */

import { engagementView, may } from '@alongside/engagement';
import type { EngagementView } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { engagements } from '../../../../packages/engagement/test/engagement-samples.js';
import { pendingAsk } from './pending-ask.js';

const off = { state: 'off' } as const;
const expiresAt = 1;
const view = (over: object): EngagementView =>
  ({ phase: 'active', view: off, control: { leases: [] }, call: off, ...over }) as unknown as EngagementView;
const asked = (askId: string, more: object = {}) => ({ state: 'asked', askId, expiresAt, ...more });

it('shows one question at a time', () => {
  const both = view({
    view: asked('a', { kinds: ['point'] }),
    call: asked('b', { by: 'agent', media: 'voice' }),
  });
  expect(pendingAsk(both)).toEqual({ kind: 'view', askId: 'a', expiresAt, kinds: ['point'] });
  expect(pendingAsk(view({ call: asked('b', { by: 'agent', media: 'video' }) }))).toEqual({
    kind: 'video',
    askId: 'b',
    expiresAt,
  });
  const control = { asked: { askId: 'c', expiresAt, kinds: ['click'], leaseMs: 60_000 }, leases: [] };
  const on = { state: 'on', entry: 1, since: 0, expiresAt, paused: false };
  expect(pendingAsk(view({ view: on, control }))).toEqual({
    kind: 'control',
    askId: 'c',
    expiresAt,
    kinds: ['click'],
    leaseMs: 60_000,
  });
});

it('asks nothing for the visitor’s own call, outside a conversation, or after its end', () => {
  expect(pendingAsk(undefined)).toBeUndefined();
  expect(pendingAsk(view({}))).toBeUndefined();
  expect(pendingAsk(view({ call: asked('b', { by: 'visitor', media: 'voice' }) }))).toBeUndefined();
  expect(pendingAsk(view({ phase: 'wrapUp', view: asked('a') }))).toBeUndefined();
});

const answers = [
  ['view', 'view:grant'],
  ['control', 'control:grant'],
  ['voice', 'call:answer'],
  ['video', 'call:answer'],
] as const;

it.each(Object.entries(engagements))('in the state "%s" asks only what may be answered', (_, engagement) => {
  const shown = engagementView(engagement);
  const kind = pendingAsk(shown)?.kind;
  const answerable = answers.filter(([, command]) => may('visitor', command, shown)).map(([each]) => each);
  if (kind === undefined) expect(answerable).toEqual([]);
  else expect(answerable).toContain(kind);
});

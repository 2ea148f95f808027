import type { AgentId, LeasedKind } from '@alongside/protocol';
import { intentLimits } from '@alongside/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import type { IncomingIntent, Lease } from './intent-gate.js';
import { IntentGate } from './intent-gate.js';
import { addressOf } from './page-action.js';

const kinds: readonly LeasedKind[] = ['scroll', 'click', 'type', 'navigate'];
const aki = 'aki' as AgentId;
const noor = 'noor' as AgentId;

describe('IntentGate', () => {
  let now: number;
  let ageMs: number | undefined;
  let lease: Lease | undefined;
  let other: Lease | undefined;
  let gate: IntentGate;

  beforeEach(() => {
    now = 1000;
    ageMs = 0;
    lease = { lease: 3, agentId: aki, kinds, expiresAtMs: 5000 };
    other = undefined;
    const all = () => [lease, other].filter((each) => each !== undefined);
    gate = new IntentGate({ leases: { all }, now: () => now, viewAgeMs: () => ageMs });
  });

  const scroll = (over: Partial<IncomingIntent> = {}): IncomingIntent => ({
    slot: 1,
    agent: aki,
    intent: 'scroll',
    lease: 3,
    seenEpoch: 1,
    seenSequence: 1,
    body: { kind: 'scroll', ref: 4, id: 1, left: 0, top: 0 },
    ...over,
  });
  const point = (): IncomingIntent => scroll({ intent: 'point', body: { kind: 'point', ref: 5, at: null } });
  const refusal = (intent: IncomingIntent) => {
    const opened = gate.open(intent);
    return opened.ok ? undefined : opened.refusal;
  };

  it('opens a leased intent', () => {
    expect(gate.open(scroll())).toMatchObject({ ok: true, body: { kind: 'scroll' } });
  });
  it('answers a body it cannot read without its number', () => {
    expect(gate.open(scroll({ body: { kind: 'scroll', ref: 4 } }))).toEqual({
      ok: false,
      refusal: 'malformed',
      ref: undefined,
    });
  });
  it('answers any other refusal with the number', () => {
    lease = undefined;
    expect(gate.open(scroll())).toEqual({ ok: false, refusal: 'leaseMissing', ref: 4 });
  });
  it('wants the header and the body to say the same', () => {
    expect(refusal(scroll({ intent: 'click' }))).toBe('kindMismatch');
    expect(refusal({ ...point(), intent: 'navigate' })).toBe('kindMismatch');
  });
  it('lets nobody act under another lease, after it, or beyond it', () => {
    expect(refusal(scroll({ lease: 2 }))).toBe('leaseMissing');
    expect(refusal(scroll({ agent: noor }))).toBe('notYourLease');
    now = 5000;
    expect(refusal(scroll())).toBe('leaseExpired');
    now = 1000;
    lease = { lease: 3, agentId: aki, kinds: ['click'], expiresAtMs: 5000 };
    expect(refusal(scroll())).toBe('kindNotLeased');
  });
  it('needs a lease to point, be it one to act with, and no fresh view', () => {
    ageMs = undefined;
    expect(refusal(point())).toBeUndefined();
    lease = { lease: 3, agentId: aki, kinds: ['scroll'], expiresAtMs: 5000 };
    expect(refusal(point())).toBe('kindNotLeased');
    lease = { lease: 3, agentId: aki, kinds: ['point'], expiresAtMs: 5000 };
    expect(refusal(point())).toBeUndefined();
    lease = undefined;
    expect(refusal(point())).toBe('leaseMissing');
  });
  it('keeps several leases apart, each with its kinds, its agent and its end', () => {
    other = { lease: 4, agentId: noor, kinds: ['click'], expiresAtMs: 9000 };
    expect(refusal(scroll())).toBeUndefined();
    expect(refusal(scroll({ lease: 4, agent: noor }))).toBe('kindNotLeased');
    expect(refusal(scroll({ lease: 4 }))).toBe('notYourLease');
    now = 5000;
    expect(refusal(scroll())).toBe('leaseExpired');
    lease = undefined;
    expect(refusal(scroll({ lease: 4, agent: noor }))).toBe('kindNotLeased');
  });
  it('acts on no stale view', () => {
    ageMs = intentLimits.staleMs;
    expect(refusal(scroll())).toBeUndefined();
    ageMs = intentLimits.staleMs + 1;
    expect(refusal(scroll())).toBe('stale');
    ageMs = undefined;
    expect(refusal(scroll())).toBe('stale');
  });
  it('slows acts down to ten a second, and pointing to ninety, apart from one another', () => {
    const passed = (make: () => IncomingIntent, tries: number) =>
      Array.from({ length: tries }, () => refusal(make())).filter((code) => code === undefined).length;
    expect(passed(scroll, 25)).toBe(intentLimits.leasedPerSecond);
    expect(passed(point, 150)).toBe(intentLimits.shownPerSecond);
    now += 1000;
    expect(passed(scroll, 25)).toBe(intentLimits.leasedPerSecond);
  });
});

describe('addressOf', () => {
  const here = { origin: 'https://shop.example' };
  it.each([
    ['/', 'https://shop.example/'],
    ['/a/b?c=d#e', 'https://shop.example/a/b?c=d#e'],
    ['/a/../b', 'https://shop.example/b'],
  ])('leads to %s', (path, address) => {
    expect(addressOf(path, here)).toBe(address);
  });
  it.each([
    '',
    'a',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'https://shop.example/',
    'javascript:alert(1)',
    '\\\\evil.example',
    ' /a',
  ])('leads nowhere by %j', (path) => {
    expect(addressOf(path, here)).toBeUndefined();
  });
  it('leads nowhere on a page that is no web page', () => {
    expect(addressOf('/a', { origin: 'null' })).toBeUndefined();
  });
});

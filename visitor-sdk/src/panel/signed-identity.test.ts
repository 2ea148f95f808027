/** A page's word for its visitor: asked for with their yes only, and never in the way of their message. */

import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { VisitorDetails } from '../embedding/public-api.js';
import { FirstMessage } from './first-message.js';
import type { Answer, VisitorHttp } from './session/visitor-http.js';
import { readDetails } from './visitor-details.js';

const form = { message: 'Hello', name: '', topic: '' };
const refused = { ok: false, failure: 'invalid', detail: 'identity' } as const;
const opened = { ok: true, value: {} } as Answer<never>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('console', { error: () => undefined });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function page(details: VisitorDetails, answers: readonly Answer<never>[] = [opened]) {
  const left = [...answers];
  const sent: { readonly engagementId: string; readonly identity?: string }[] = [];
  const failed: unknown[] = [];
  const http = {
    begin: async (body: (typeof sent)[number]) => {
      sent.push(body);
      return left.shift();
    },
  } as unknown as VisitorHttp;
  const first = new FirstMessage({
    http,
    site: { config: signal({ notice: { version: 1, language: 'en' } }) } as never,
    returns: { read: () => undefined, keep: () => 'site', forget: () => undefined } as never,
    details: signal(details),
    fail: (reason) => void failed.push(reason),
    onBegun: () => undefined,
  });
  return { first, sent, failed };
}

it('sends what the page’s server has signed for this engagement', async () => {
  const token = vi.fn(({ engagementId }: { readonly engagementId: string }) => `signed ${engagementId}`);
  const { first, sent, failed } = page({ token });
  expect(first.identity.offered.value).toBe(true);
  await first.send(form);
  expect(sent.map(({ engagementId, identity }) => identity === `signed ${engagementId}`)).toEqual([true]);
  expect(failed).toEqual([]);
});

it('asks the page for nothing when the visitor says no', async () => {
  const token = vi.fn(() => 'signed');
  const { first, sent, failed } = page({ token });
  first.identity.agreed.value = false;
  await first.send(form);
  expect(token).not.toHaveBeenCalled();
  expect(sent).toEqual([expect.not.objectContaining({ identity: expect.anything() })]);
  expect(failed).toEqual([]);
});

it.each([
  ['throws', () => Promise.reject(new Error('offline'))],
  ['never answers', () => new Promise<string>(() => undefined)],
  ['answers with nothing', () => ''],
  ['answers with too much', () => 'x'.repeat(2_001)],
  ['answers with something else', () => 7 as never],
])('goes on without a page that %s, and tells it', async (_what, token) => {
  let asked = (): void => undefined;
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const answer = () => {
    asked();
    return token();
  };
  const { first, sent, failed } = page({ token: answer });
  const sending = first.send(form);
  await isAsked;
  await vi.advanceTimersByTimeAsync(5_000);
  await sending;
  expect(sent.map(({ identity }) => identity)).toEqual([undefined]);
  expect(failed).toEqual(['identityRefused']);
  expect(first.progress.value.state).toBe('idle');
});

it('sends the message again without a token that is refused', async () => {
  const { first, sent, failed } = page({ token: () => 'forged' }, [refused, opened]);
  await first.send(form);
  expect(sent.map(({ identity }) => identity)).toEqual(['forged', undefined]);
  expect(new Set(sent.map(({ engagementId }) => engagementId)).size).toBe(1);
  expect(failed).toEqual(['identityRefused']);
});

it('takes of what a page tells only what it should be', () => {
  const told = { name: 'x'.repeat(99), topic: 7, token: 'text', more: 'words' } as never;
  expect(readDetails(told)).toEqual({ name: 'x'.repeat(80) });
  expect(readDetails(undefined)).toEqual({});
});

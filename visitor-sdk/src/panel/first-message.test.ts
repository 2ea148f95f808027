/** The first form belongs to who wrote it, and to nobody who comes after them at the same browser. */

import { signal } from '@preact/signals';
import { expect, it, vi } from 'vitest';
import type { ReturnEntry } from '../return/return-store.js';
import { FirstMessage, type FirstMessageDeps } from './first-message.js';

it('begins nothing for whoever comes after who wrote it, though its answer comes only then', async () => {
  const answers: ((answer: object) => void)[] = [];
  const kept: ReturnEntry[] = [];
  const begun: ReturnEntry[] = [];
  const first = new FirstMessage({
    http: {
      begin: () => new Promise((resolve) => answers.push(resolve)),
    },
    site: { config: signal({ notice: { version: 1, language: 'en' } }) },
    returns: { read: () => undefined, keep: (entry: ReturnEntry) => kept.push(entry) },
    details: signal({}),
    fail: () => undefined,
    onBegun: (entry: ReturnEntry) => begun.push(entry),
  } as unknown as FirstMessageDeps);
  first.message.value = 'Of my account';
  const send = () => first.send({ message: 'Of my account', name: 'Mira', topic: '' });
  const hardlyPressed = send();
  first.leave();
  await hardlyPressed;
  expect([kept, answers]).toEqual([[], []]);
  const left = send();
  await vi.waitUntil(() => answers.length === 1);
  first.leave();
  answers[0]?.({ ok: true, value: {} });
  await left;
  expect([first.message.value, first.progress.value, begun, kept.length]).toEqual([
    '',
    { state: 'idle' },
    [],
    1,
  ]);
  const next = send();
  await vi.waitUntil(() => answers.length === 2);
  answers[1]?.({ ok: true, value: {} });
  await next;
  expect(begun).toEqual([kept[1]]);
});

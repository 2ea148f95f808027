/** The stub that queues, and what takes its place. */

import { expect, it } from 'vitest';
import type { Alongside } from '../embedding/public-api.js';
import { installGlobal } from './command-queue.js';

function recorder() {
  const calls: unknown[] = [];
  const record =
    (name: string) =>
    (...args: unknown[]) =>
      void calls.push([name, ...args]);
  const names = ['start', 'stop', 'reset', 'identify', 'open', 'close', 'on', 'off'];
  const sdk = Object.fromEntries(names.map((name) => [name, record(name)])) as unknown as Alongside;
  return { calls, sdk };
}

it('runs what a stub has queued, in order, and takes its place', () => {
  const { calls, sdk } = recorder();
  const queue = (...args: unknown[]): unknown => args;
  const stub = Object.assign(queue, { q: [['identify', { name: 'Mira' }], ['open']] });
  const scope: { alongside?: unknown } = { alongside: stub };
  installGlobal(sdk, scope);
  const global = scope.alongside as Alongside & ((...command: unknown[]) => void);
  global('close');
  global.stop();
  expect(calls).toEqual([['identify', { name: 'Mira' }], ['open'], ['close'], ['stop']]);
});

it('does nothing for a command that is none', () => {
  const { calls, sdk } = recorder();
  const scope: { alongside?: unknown } = { alongside: { q: [['constructor'], ['toString']] } };
  installGlobal(sdk, scope);
  expect(calls).toEqual([]);
});

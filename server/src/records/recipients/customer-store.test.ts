/** Since when a customer's own store is down: officers are alarmed of a day. */

import { accept, refuse } from '@alongside/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeSigningKeys } from '../crypto/signing-keys.js';
import type { RecipientRow } from '../entities/recipient-entity.js';
import { CustomerStore } from './customer-store.js';
import type { Egress } from './egress.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const to = { recipientId: 'store', tenantId: 'shop', endpoint: 'https://store.example' } as RecipientRow;
const clock = () => Date.now();
let isUp: boolean;
let store: CustomerStore;

beforeEach(() => {
  vi.useFakeTimers();
  isUp = false;
  const silent = () => undefined;
  const send = async () => (isUp ? accept({ status: 200, text: '' }) : refuse('storageUnavailable'));
  store = new CustomerStore({
    egress: { send } as unknown as Egress,
    issuer: { issuer: 'https://console.example', key: makeSigningKeys().deliveries[0], clock },
    logger: { info: silent, warn: silent, error: silent },
    clock,
  });
});
afterEach(() => vi.useRealTimers());

const isDown = () => store.isDownSince(to.recipientId, Date.now() - DAY_MS);

it('[DC8] counts from the first failure, as long as somebody finds it down', async () => {
  await store.erase(to, 'one');
  expect(isDown()).toBe(false);
  vi.advanceTimersByTime(DAY_MS + HOUR_MS);
  expect(isDown(), 'nobody has asked since').toBe(false);
  await store.erase(to, 'one');
  expect(isDown()).toBe(true);
});

it('[DC8] counts anew once something was taken', async () => {
  await store.erase(to, 'one');
  vi.advanceTimersByTime(HOUR_MS);
  isUp = true;
  await store.erase(to, 'one');
  isUp = false;
  vi.advanceTimersByTime(HOUR_MS);
  await store.erase(to, 'two');
  vi.advanceTimersByTime(DAY_MS - HOUR_MS);
  await store.erase(to, 'two');
  expect(isDown()).toBe(false);
  vi.advanceTimersByTime(2 * HOUR_MS);
  await store.erase(to, 'two');
  expect(isDown()).toBe(true);
});

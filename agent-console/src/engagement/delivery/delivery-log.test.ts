/** What an agent offers again because no answer came is offered once. */

import { expect, it } from 'vitest';
import { DeliveryLog } from './delivery-log.js';

const page = (path: string) => ({ kind: 'page', path }) as const;

it('[DE3] names by one number what was not acknowledged, and by another what is offered anew', async () => {
  const named: string[] = [];
  let isLost = true;
  const send = async (_: string, { deliveryId }: { readonly deliveryId: string }) => {
    named.push(deliveryId);
    return isLost ? { ok: false, failure: { code: 'unreachable' } } : { ok: true, value: {} };
  };
  const log = new DeliveryLog('e', { send } as unknown as ConstructorParameters<typeof DeliveryLog>[1]);
  for (const path of ['/a', '/b']) await log.offer(page(path));
  expect(log.entries.value).toEqual([]);
  isLost = false;
  for (const path of ['/a', '/b', '/a', '/b']) await log.offer(page(path));
  const [lost, other, ...again] = named;
  expect(again.slice(0, 2)).toEqual([lost, other]);
  expect(new Set(named).size).toBe(4);
  expect(log.entries.value).toHaveLength(4);
});

it('[DE3] names what was refused by another number when it is offered again', async () => {
  const named: string[] = [];
  const send = async (_: string, { deliveryId }: { readonly deliveryId: string }) => {
    named.push(deliveryId);
    return { ok: false, failure: { code: 'notPermitted' } };
  };
  const log = new DeliveryLog('e', { send } as unknown as ConstructorParameters<typeof DeliveryLog>[1]);
  for (let times = 0; times < 2; times += 1) await log.offer(page('/a'));
  expect(new Set(named).size).toBe(2);
});

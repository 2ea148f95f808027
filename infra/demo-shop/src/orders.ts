/** Orders: the ones every visitor of the demo finds in the history, and new ones. */
import { randomInt } from 'node:crypto';
import type { CartTotals } from './cart.js';

export interface Order {
  readonly number: string;
  readonly placedOn: string;
  readonly summary: string;
  readonly deliveredTo: string;
  readonly totalCents: number;
  readonly state: 'delivered' | 'on its way' | 'being prepared';
}

export const sampleOrders: readonly Order[] = [
  {
    number: 'HS-20931',
    placedOn: '2026-05-18',
    summary: '1 × Satchel, 1 × Bell',
    deliveredTo: '14 Mill Lane, Galway',
    totalCents: 14300,
    state: 'on its way',
  },
  {
    number: 'HS-18774',
    placedOn: '2026-03-02',
    summary: '1 × Wren',
    deliveredTo: '14 Mill Lane, Galway',
    totalCents: 42900,
    state: 'delivered',
  },
  {
    number: 'HS-11240',
    placedOn: '2025-09-27',
    summary: '2 × Lantern',
    deliveredTo: '3 Quay Street, Cork',
    totalCents: 13800,
    state: 'delivered',
  },
];

export function orderFrom(totals: CartTotals, deliveredTo: string): Order {
  return {
    number: `HS-${randomInt(30_000, 99_999)}`,
    placedOn: new Date().toISOString().slice(0, 10),
    summary: totals.lines.map((line) => `${line.quantity} × ${line.product.name}`).join(', '),
    deliveredTo,
    totalCents: totals.totalCents,
    state: 'being prepared',
  };
}

/** What an agent may ask to do on the page, for how long, and the lease as it stands. */

import type { ControlState, LeasedKind } from '@alongside/protocol';

export const leasedKinds: readonly LeasedKind[] = ['scroll', 'click', 'type', 'navigate'];
export const leaseChoicesMs = [60_000, 120_000, 300_000, 600_000] as const;

export interface Lease {
  readonly lease: number;
  readonly kinds: readonly LeasedKind[];
  readonly leftMs: number;
}

/** Undefined when there is none, or when it has just run out: the server's word on that may still be under way. */
export function leaseAt(control: ControlState, now: number): Lease | undefined {
  if (control.state !== 'leased' || control.expiresAt <= now) return undefined;
  return { lease: control.lease, kinds: control.kinds, leftMs: control.expiresAt - now };
}

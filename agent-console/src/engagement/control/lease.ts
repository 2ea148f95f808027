/** What an agent may ask to do on the page, for how long, and what is lent to them now. */

import type { AgentId, ControlState, IntentKind, LeasedKind, LeaseView } from '@alongside/protocol';
import { covers, isShownOnly, leasedKinds } from '@alongside/protocol';

export const leaseChoicesMs = [60_000, 120_000, 300_000, 600_000] as const;
/** What is asked for together with the page: showing something is what it is mostly seen for. */
export const kindsWithView: readonly LeasedKind[] = ['point', 'draw'];

export interface Lease {
  readonly lease: number;
  readonly kinds: readonly LeasedKind[];
  readonly leftMs: number;
}

/** What this agent can use. One that has just run out is left out: the server's word on it may be under way. */
/** As the server tells it: until it says that one has ended, it can be given back. */
export function ownLeases({ leases }: ControlState, agentId: AgentId): readonly LeaseView[] {
  return leases.filter((each) => each.agentId === agentId);
}

export class Lent {
  readonly leases: readonly Lease[];

  constructor(control: ControlState, who: { readonly agentId: AgentId; readonly now: number }) {
    this.leases = ownLeases(control, who.agentId)
      .filter(({ expiresAt }) => expiresAt > who.now)
      .map(({ lease, kinds, expiresAt }) => ({ lease, kinds, leftMs: expiresAt - who.now }));
  }

  /** The number to act under: of those that cover it, the one that lasts longest. */
  for(kind: IntentKind): number | undefined {
    const covering = this.leases.filter(({ kinds }) => covers(kinds, kind));
    return covering.sort((a, b) => b.leftMs - a.leftMs)[0]?.lease;
  }

  has(kind: LeasedKind): boolean {
    return this.leases.some(({ kinds }) => kinds.includes(kind));
  }

  /** Whether there is anything that changes the page. */
  get acts(): boolean {
    return leasedKinds.some((kind) => !isShownOnly(kind) && this.has(kind));
  }
}

/** What the agent of this desk holds in a room at this moment. */
export function lentIn(
  room: { readonly view: { readonly value: { readonly control: ControlState } } },
  desk: { readonly me: AgentId; readonly clock: { now(): number } },
): Lent {
  return new Lent(room.view.value.control, { agentId: desk.me, now: desk.clock.now() });
}

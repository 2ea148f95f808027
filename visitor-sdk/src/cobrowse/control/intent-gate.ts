/** What an intent needs before the page is looked at: a body of its kind, a lease, and not too many at once. */

import type { IntentBody, IntentKind, IntentRefusal, LeasedKind } from '@alongside/protocol';
import { intentLimits, parseIntentBody } from '@alongside/protocol';

/** An intent as it comes from the frames: its seal is checked, nothing else. */
export interface IncomingIntent {
  readonly slot: number;
  readonly intent: IntentKind;
  readonly lease: number;
  readonly seenEpoch: number;
  readonly seenSequence: number;
  readonly body: unknown;
}

export interface Lease {
  readonly lease: number;
  /** The agent's place at the relay; undefined where only one agent can be there. */
  readonly slot?: number;
  readonly kinds: readonly LeasedKind[];
  /** By the visitor's own clock. */
  readonly expiresAtMs: number;
}

/** The lease in force as the visitor's panel knows it, asked for at every step. */
export interface LeaseView {
  current(): Lease | undefined;
}

export interface IntentGateDeps {
  readonly leases: LeaseView;
  now(): number;
  /**
   * For how long an agent that saw this position has been missing something: 0 when it has seen everything,
   * undefined when the position is not of this page.
   */
  viewAgeMs(seen: { readonly epoch: number; readonly sequence: number }): number | undefined;
}

export type Opened =
  | { readonly ok: true; readonly body: IntentBody }
  | { readonly ok: false; readonly refusal: IntentRefusal; readonly ref: number | undefined };

export class IntentGate {
  readonly #deps: IntentGateDeps;
  #leasedAtMs: number[] = [];
  #shownAtMs: number[] = [];

  constructor(deps: IntentGateDeps) {
    this.#deps = deps;
  }

  /** Reads the intent and checks all that can be checked without the page. */
  open(intent: IncomingIntent): Opened {
    const body = parseIntentBody(intent.body);
    if (body === undefined) return { ok: false, refusal: 'malformed', ref: undefined };
    const refusal =
      (body.kind === intent.intent ? undefined : 'kindMismatch') ??
      this.leaseRefusal(intent) ??
      this.#rateRefusal(intent.intent) ??
      this.staleRefusal(intent);
    return refusal === undefined ? { ok: true, body } : { ok: false, refusal, ref: body.ref };
  }

  /** Asked again right before the act: leases end and are taken back at any moment. */
  leaseRefusal(intent: IncomingIntent): IntentRefusal | undefined {
    if (!isLeased(intent.intent)) return undefined;
    const lease = this.#deps.leases.current();
    if (lease === undefined || lease.lease !== intent.lease) return 'leaseMissing';
    if (lease.slot !== undefined && lease.slot !== intent.slot) return 'notYourLease';
    if (lease.expiresAtMs <= this.#deps.now()) return 'leaseExpired';
    return lease.kinds.includes(intent.intent) ? undefined : 'kindNotLeased';
  }

  staleRefusal(intent: IncomingIntent): IntentRefusal | undefined {
    if (!isLeased(intent.intent)) return undefined;
    const ageMs = this.#deps.viewAgeMs({ epoch: intent.seenEpoch, sequence: intent.seenSequence });
    return ageMs === undefined || ageMs > intentLimits.staleMs ? 'stale' : undefined;
  }

  #rateRefusal(kind: IntentKind): IntentRefusal | undefined {
    const now = this.#deps.now();
    const isRecent = (atMs: number) => atMs > now - 1000;
    this.#leasedAtMs = this.#leasedAtMs.filter(isRecent);
    this.#shownAtMs = this.#shownAtMs.filter(isRecent);
    const [made, limit] = isLeased(kind)
      ? [this.#leasedAtMs, intentLimits.leasedPerSecond]
      : [this.#shownAtMs, intentLimits.shownPerSecond];
    if (made.length >= limit) return 'tooFast';
    made.push(now);
    return undefined;
  }
}

export function isLeased(kind: IntentKind): kind is LeasedKind {
  return kind !== 'point' && kind !== 'draw';
}

/** What an intent needs before the page is looked at: a body of its kind, a lease, and not too many at once. */

import type { AgentId, IntentBody, IntentKind, IntentRefusal, LeasedKind } from '@alongside/protocol';
import { covers, intentLimits, isShownOnly, parseIntentBody } from '@alongside/protocol';

/** An intent as it comes from the frames: its seal is checked, nothing else. */
export interface IncomingIntent {
  readonly slot: number;
  readonly agent: AgentId;
  readonly intent: IntentKind;
  readonly lease: number;
  readonly seenEpoch: number;
  readonly seenSequence: number;
  readonly body: unknown;
}

export interface Lease {
  readonly lease: number;
  /** To whom it was given: nobody else acts under it. */
  readonly agentId: AgentId;
  readonly kinds: readonly LeasedKind[];
  /** By the visitor's own clock. */
  readonly expiresAtMs: number;
}

/** The leases in force as the visitor's panel knows them, asked for at every step. */
export interface LeaseView {
  all(): readonly Lease[];
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
  /** By the agents' places: one who is quick takes nothing from the others. */
  readonly #made = new Map<string, number[]>();

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
      this.#rateRefusal(intent) ??
      this.staleRefusal(intent);
    return refusal === undefined ? { ok: true, body } : { ok: false, refusal, ref: body.ref };
  }

  /** Asked again right before the act: leases end and are taken back at any moment. */
  leaseRefusal(intent: IncomingIntent): IntentRefusal | undefined {
    const lease = this.#deps.leases.all().find((each) => each.lease === intent.lease);
    if (lease === undefined) return 'leaseMissing';
    if (lease.agentId !== intent.agent) return 'notYourLease';
    if (lease.expiresAtMs <= this.#deps.now()) return 'leaseExpired';
    return covers(lease.kinds, intent.intent) ? undefined : 'kindNotLeased';
  }

  staleRefusal(intent: IncomingIntent): IntentRefusal | undefined {
    if (isShownOnly(intent.intent)) return undefined;
    const ageMs = this.#deps.viewAgeMs({ epoch: intent.seenEpoch, sequence: intent.seenSequence });
    return ageMs === undefined || ageMs > intentLimits.staleMs ? 'stale' : undefined;
  }

  #rateRefusal({ slot, intent }: IncomingIntent): IntentRefusal | undefined {
    const now = this.#deps.now();
    const isShown = isShownOnly(intent);
    const key = `${slot} ${isShown}`;
    const made = (this.#made.get(key) ?? []).filter((atMs) => atMs > now - 1000);
    this.#made.set(key, made);
    if (made.length >= (isShown ? intentLimits.shownPerSecond : intentLimits.leasedPerSecond))
      return 'tooFast';
    made.push(now);
    return undefined;
  }
}

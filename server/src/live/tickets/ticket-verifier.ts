/** Checks tickets with the public keys that `records` sent; a ticket opens one connection, once. */

import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Clock, RecordsHello } from '@alongside/engagement';
import type { AgentId, AgentTicket, Reply } from '@alongside/protocol';
import { accept, limits, refuse, TICKET_ISSUER, TICKET_TYPE, Ticket } from '@alongside/protocol';
import jsonwebtoken from 'jsonwebtoken';
import { safeParse } from 'valibot';

/** Clocks of two machines may differ by this much. */
const LEEWAY_S = 5;

export class TicketVerifier {
  readonly #audience: string;
  readonly #clock: Clock;
  #keys = new Map<string, KeyObject>();
  /** The `jti` of used tickets with the time from which an expired ticket is refused anyway. */
  readonly #used = new Map<string, number>();

  /** Agents who changed: the second up to which their tickets are void, and until when that matters. */
  readonly #voided = new Map<AgentId, { readonly second: number; readonly until: number }>();

  /** The same of all agents, since the channel to `records` was lost last. */
  #voidedOfAll = 0;

  constructor(audience: string, clock: Clock) {
    this.#audience = audience;
    this.#clock = clock;
  }

  /** Said by `records` whenever the channel to it is there, and there again. */
  connected({ ticketKeys, at = 0 }: Pick<RecordsHello, 'ticketKeys' | 'at'>): void {
    // Another `records`, whose clock is behind, gives nothing back that was void.
    if (this.#keys.size > 0) this.#voidedOfAll = Math.max(this.#voidedOfAll, Math.floor(at / 1000));
    this.#keys = new Map(
      ticketKeys.map(({ kid, jwk }) => [kid, createPublicKey({ key: jwk, format: 'jwk' })] as const),
    );
  }

  /** Accepts a ticket of this origin once; a second use is refused even when both come at the same time. */
  redeem(token: string, origin: string | undefined): Reply<Ticket> {
    if (this.#keys.size === 0) return refuse('storageUnavailable');
    const ticket = this.#verify(token);
    if (ticket === undefined) return refuse('notAdmitted');
    if (ticket.role === 'agent' && this.#isVoid(ticket)) return refuse('notAdmitted');
    if (origin === undefined || ticket.origin !== origin) return refuse('originNotAllowed');
    if (this.#used.has(ticket.jti)) return refuse('notAdmitted');
    this.#used.set(ticket.jti, (ticket.exp + LEEWAY_S + 1) * 1000);
    return accept(ticket);
  }

  /** What the agent's tickets said until `at`, on the clock of who issued them, does not hold any more. */
  voidTicketsOf(agentId: AgentId, at: number): void {
    const until = this.#clock.now() + limits.ticketMs + 2 * LEEWAY_S * 1000;
    this.#voided.set(agentId, { second: Math.floor(at / 1000), until });
  }

  /** Forgets used and void tickets that have expired. */
  sweep(): void {
    const now = this.#clock.now();
    for (const [jti, until] of this.#used) if (until <= now) this.#used.delete(jti);
    for (const [agentId, { until }] of this.#voided) if (until <= now) this.#voided.delete(agentId);
  }

  #isVoid({ agentId, iat }: AgentTicket): boolean {
    const voided = this.#voided.get(agentId);
    return iat <= Math.max(this.#voidedOfAll, voided?.second ?? 0);
  }

  #verify(token: string): Ticket | undefined {
    const decoded = this.#decode(token);
    if (decoded === undefined || decoded.header.typ !== TICKET_TYPE) return undefined;
    const parsed = safeParse(Ticket, decoded.payload);
    if (!parsed.success) return undefined;
    const { iat, exp } = parsed.output;
    // A signed ticket that lives longer than tickets may is a fault of the signer, and no reason to trust it.
    return exp - iat <= limits.ticketMs / 1000 ? parsed.output : undefined;
  }

  #decode(token: string): jsonwebtoken.Jwt | undefined {
    try {
      const kid = jsonwebtoken.decode(token, { complete: true })?.header.kid;
      const key = kid === undefined ? undefined : this.#keys.get(kid);
      if (key === undefined) return undefined;
      return jsonwebtoken.verify(token, key, {
        algorithms: ['ES256'],
        issuer: TICKET_ISSUER,
        audience: this.#audience,
        clockTimestamp: Math.floor(this.#clock.now() / 1000),
        clockTolerance: LEEWAY_S,
        complete: true,
      });
    } catch {
      // The library says by exception that a token is not valid; all ways of that are one refusal.
      return undefined;
    }
  }
}

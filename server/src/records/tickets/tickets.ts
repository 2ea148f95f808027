/** Issues tickets: what the ledger holds, signed, for one node, for one minute. */

import { randomUUID } from 'node:crypto';
import type { Revocation } from '@alongside/engagement';
import {
  type AgentTicket,
  accept,
  type ExpertTicket,
  limits,
  type Reply,
  refuse,
  TICKET_ISSUER,
  TICKET_TYPE,
  type VisitorTicket,
} from '@alongside/protocol';
import jwt from 'jsonwebtoken';
import type { SigningKeys } from '../crypto/signing-keys.js';
import type { LiveNode } from './live-nodes.js';

export interface IssuedTicket {
  readonly ticket: string;
  readonly liveUrl: string;
}

type Envelope = 'iss' | 'aud' | 'jti' | 'iat' | 'nbf' | 'exp' | 'liveUrl';
export type TicketFacts =
  | Omit<VisitorTicket, Envelope>
  | Omit<AgentTicket, Envelope>
  | Omit<ExpertTicket, Envelope>;

export class Tickets {
  readonly #keys: SigningKeys['tickets'];
  readonly #clock: () => number;
  /** When agents were last changed, for as long as an older ticket could still be shown. */
  readonly #changedAt = new Map<string, number>();

  constructor({ keys, clock }: { keys: SigningKeys['tickets']; clock: () => number }) {
    this.#keys = keys;
    this.#clock = clock;
  }

  /** To be told before `live` is, which refuses tickets of the second of the change. */
  notice(revocation: Revocation): void {
    if (revocation.type !== 'agentChanged') return;
    const over = revocation.at - 2 * limits.ticketMs;
    for (const [agentId, at] of this.#changedAt) if (at < over) this.#changedAt.delete(agentId);
    this.#changedAt.set(revocation.agentId, revocation.at);
  }

  /**
   * Without a node nobody can be let in anywhere: worth trying again in a moment. `readAt` is when reading the
   * facts began.
   */
  issue(facts: TicketFacts, node: LiveNode | undefined, readAt = this.#clock()): Reply<IssuedTicket> {
    if (node === undefined) return refuse('agentUnavailable', 'liveNode');
    const [key] = this.#keys;
    const issuedAt = this.#issuedAt(facts.sub, readAt);
    const payload = {
      ...facts,
      liveUrl: node.liveUrl,
      jti: randomUUID(),
      iat: issuedAt,
      nbf: issuedAt,
      exp: issuedAt + limits.ticketMs / 1000,
      iss: TICKET_ISSUER,
      aud: `${node.nodeId}:${node.startNumber}`,
    };
    const ticket = jwt.sign(payload, key.privateKey, {
      algorithm: 'ES256',
      keyid: key.kid,
      header: { alg: 'ES256', typ: TICKET_TYPE },
    });
    return accept({ ticket, liveUrl: node.liveUrl });
  }

  /** In whole seconds; facts read after a change must not look as old as the change. */
  #issuedAt(subject: string, readAt: number): number {
    const second = Math.floor(readAt / 1000);
    const changedAt = this.#changedAt.get(subject);
    if (changedAt === undefined || readAt <= changedAt) return second;
    return Math.max(second, Math.floor(changedAt / 1000) + 1);
  }

  publicKeys(): readonly { readonly kid: string; readonly jwk: Readonly<Record<string, unknown>> }[] {
    return this.#keys.map(({ kid, publicJwk }) => ({ kid, jwk: publicJwk }));
  }
}

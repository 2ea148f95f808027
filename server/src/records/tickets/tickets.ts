/** Issues tickets: what the ledger holds, signed, for one node, for one minute. */

import { randomUUID } from 'node:crypto';
import {
  type AgentTicket,
  accept,
  limits,
  type Reply,
  refuse,
  TICKET_ISSUER,
  TICKET_TYPE,
  type VisitorTicket,
} from '@alongside/protocol';
import jwt from 'jsonwebtoken';
import type { SigningKeys } from '../crypto/signing-keys.js';
import type { LiveNodes } from './live-nodes.js';

export interface IssuedTicket {
  readonly ticket: string;
  readonly liveUrl: string;
}

type Envelope = 'iss' | 'aud' | 'jti' | 'iat' | 'nbf' | 'exp' | 'liveUrl';
export type TicketFacts = Omit<VisitorTicket, Envelope> | Omit<AgentTicket, Envelope>;

export class Tickets {
  readonly #keys: SigningKeys['tickets'];
  readonly #nodes: LiveNodes;
  readonly #clock: () => number;

  constructor({
    keys,
    nodes,
    clock,
  }: { keys: SigningKeys['tickets']; nodes: LiveNodes; clock: () => number }) {
    this.#keys = keys;
    this.#nodes = nodes;
    this.#clock = clock;
  }

  /** Without a node nobody can be let in anywhere: worth trying again in a moment. */
  issue(facts: TicketFacts): Reply<IssuedTicket> {
    const node = this.#nodes.current();
    if (node === undefined) return refuse('agentUnavailable', 'liveNode');
    const [key] = this.#keys;
    const issuedAt = Math.floor(this.#clock() / 1000);
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

  publicKeys(): readonly { readonly kid: string; readonly jwk: Readonly<Record<string, unknown>> }[] {
    return this.#keys.map(({ kid, publicJwk }) => ({ kid, jwk: publicJwk }));
  }
}

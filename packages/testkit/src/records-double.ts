/**
 * A double of `records` behind the real journal channel: it keeps a ledger in memory, acknowledges over a real
 * socket, and can be slow, without storage, or away.
 */

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  type JournalAck,
  type JournalEntry,
  type LiveHello,
  type LiveRoster,
  type LiveStatus,
  type LiveToRecords,
  type RecordsToLive,
  type Revocation,
  saidIn,
} from '@alongside/engagement';
import type { RefusalCode } from '@alongside/protocol';
import { refuse } from '@alongside/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import type { StartedEngagement } from './ledger-double.js';
import { LedgerDouble } from './ledger-double.js';
import { TicketSigner } from './ticket-signer.js';

interface Held {
  readonly socket: WebSocket;
  readonly id: number;
  readonly entry: JournalEntry;
}

export class RecordsDouble {
  readonly secret = randomBytes(16).toString('hex');
  readonly signer = new TicketSigner();
  readonly ledger = new LedgerDouble();
  /** Every committed entry, in the order of commit. */
  readonly committed: JournalEntry[] = [];
  live: LiveHello | undefined;
  status: LiveStatus | undefined;
  /** What the node said of whom it serves, each time it did. */
  readonly rosters: LiveRoster[] = [];
  /** When the node of before was lost, where a test wants another time than that of the loss. */
  lostAt: number | undefined;
  /** When it says that it is there again, with the next connection. */
  helloAt: number | undefined;
  /** A node whose proof was wrong was sent away. */
  onRefused: () => void = () => undefined;
  readonly #clock: { now(): number };
  #server: WebSocketServer | undefined;
  #port = 0;
  #storage: 'up' | 'down' = 'up';
  #holding: Held[] | undefined;
  /** As in `records`: a ticket made after a change must not look as old as the change. */
  readonly #changedAt = new Map<string, number>();
  readonly #lostAt = new Map<string, number>();
  readonly #disabled = new Map<string, number>();
  readonly #refuseNext = new Map<JournalEntry['type'], readonly [RefusalCode, string?]>();

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#port}/`;
  }

  /** Listens; again on the same port after `stop`. */
  async start(): Promise<void> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: this.#port });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('listening', resolve);
      server.once('error', reject);
    });
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
    server.on('connection', (socket) => this.#greet(socket));
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    // Whoever starts anew knows of nobody's loss.
    this.#lostAt.clear();
    for (const client of server.clients) client.terminate();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  }

  /** Storage answers, or refuses everything. */
  setStorage(storage: 'up' | 'down'): void {
    this.#storage = storage;
    this.#broadcast({ storage });
  }

  /** Storage is up again, and nobody says so. */
  recoverSilently(): void {
    this.#storage = 'up';
  }

  /** Entries are taken but neither committed nor acknowledged until `release`. */
  hold(): void {
    this.#holding ??= [];
  }

  get held(): readonly JournalEntry[] {
    return (this.#holding ?? []).map(({ entry }) => entry);
  }

  release(): void {
    const held = this.#holding ?? [];
    this.#holding = undefined;
    for (const each of held) this.#commit(each);
  }

  /** The next entry of this type is refused. */
  refuseNext(type: JournalEntry['type'], ...refusal: readonly [RefusalCode, string?]): void {
    this.#refuseNext.set(type, refusal);
  }

  revoke(revocation: Revocation): void {
    if (revocation.type === 'agentChanged') {
      const { agentId, disabled, at } = revocation;
      this.#changedAt.set(agentId, at);
      if (disabled) this.#disabled.set(agentId, at);
    }
    if (revocation.type === 'engagementEnded') this.ledger.erase(revocation.engagementId);
    this.#broadcast({ revoke: revocation });
  }

  of<T extends JournalEntry['type']>(type: T): Extract<JournalEntry, { type: T }>[] {
    return this.committed.filter((entry): entry is Extract<JournalEntry, { type: T }> => entry.type === type);
  }

  visitorTicket(engagement: StartedEngagement, claims: object = {}): string {
    return this.#ticket({
      sub: engagement.engagementId,
      tenantId: engagement.tenantId,
      origin: engagement.origin,
      role: 'visitor',
      engagement: this.ledger.of(engagement.engagementId),
      ...claims,
    });
  }

  agentTicket(
    agent: { agentId: string; tenantId: string; displayName: string; siteIds: string[]; origin: string },
    claims: object = {},
  ): string {
    const engagements = this.ledger.ofAgent(agent.agentId);
    const readableSiteIds = agent.siteIds;
    const facts = { role: 'agent', ...agent, readableSiteIds, engagements };
    return this.#ticket({ sub: agent.agentId, ...facts, ...claims });
  }

  expertTicket(
    { engagementId, tenantId }: Pick<StartedEngagement, 'engagementId' | 'tenantId'>,
    claims: { readonly expertId: string; readonly callId: string; readonly origin: string },
  ): string {
    const who = { displayName: 'Dr. Lin', organisation: 'Optics Ltd' };
    return this.#ticket({ sub: claims.expertId, role: 'expert', tenantId, engagementId, ...who, ...claims });
  }

  #ticket(claims: { readonly sub: string; readonly [claim: string]: unknown }): string {
    const changedAt = this.#changedAt.get(claims.sub);
    const { nodeId, startNumber, liveUrl } = this.live ?? { nodeId: '', startNumber: '', liveUrl: '' };
    return this.signer.sign({
      audience: `${nodeId}:${startNumber}`,
      now: Math.max(this.#clock.now(), changedAt === undefined ? 0 : changedAt + 1000),
      claims: { liveUrl, ...claims },
    });
  }

  #greet(socket: WebSocket): void {
    const challenge = randomBytes(16).toString('hex');
    let admitted = false;
    this.#send(socket, { challenge });
    const hear = (message: LiveToRecords) => {
      if ('hello' in message) {
        if (admitted) return socket.close(4400);
        admitted = this.#admit(socket, message.hello, challenge);
        if (admitted) return;
        this.onRefused();
        socket.close(4401);
      } else if (!admitted) socket.close(4401);
      else if ('entry' in message) this.#take({ socket, ...message });
      else if ('status' in message) this.status = message.status;
      else this.#catchUp(socket, message.roster);
    };
    socket.on('message', (data) => {
      const messages = readMessages(String(data));
      if (messages === undefined) socket.close(admitted ? 4400 : 4401);
      else for (const message of messages) hear(message);
    });
  }

  /** What holds of those whom the node serves, should it have missed to be told. */
  #catchUp(socket: WebSocket, roster: LiveRoster): void {
    this.rosters.push(roster);
    for (const { agentId } of roster.agents) {
      const at = this.#disabled.get(agentId);
      if (at !== undefined)
        this.#send(socket, { revoke: { type: 'agentChanged', agentId, disabled: true, at } });
    }
    for (const { engagementId } of roster.engagements) {
      const reason = this.ledger.endOf(engagementId);
      if (reason !== undefined) {
        this.#send(socket, { revoke: { type: 'engagementEnded', engagementId, reason } });
      }
    }
    const sites = roster.engagements.flatMap(({ engagementId }) => this.ledger.siteOf(engagementId) ?? []);
    for (const siteId of new Set(sites)) this.#send(socket, { revoke: { type: 'rulesChanged', siteId } });
  }

  #admit(socket: WebSocket, hello: LiveHello, challenge: string): boolean {
    const expected = createHmac('sha256', this.secret).update(challenge).digest();
    const proof = Buffer.from(hello.proof, 'base64url');
    if (proof.length !== expected.length || !timingSafeEqual(proof, expected)) return false;
    this.live = hello;
    const { nodeId } = hello;
    const server = this.#server;
    socket.once('close', () => {
      if (server === this.#server) this.#lostAt.set(nodeId, this.#clock.now());
    });
    const lostAt = this.lostAt ?? this.#lostAt.get(nodeId) ?? 0;
    const at = this.helloAt === undefined ? {} : { at: this.helloAt };
    this.#send(socket, { hello: { ticketKeys: this.signer.ticketKeys, lostAt, ...at } });
    this.#send(socket, { storage: this.#storage });
    return true;
  }

  #take(held: Held): void {
    if (this.#holding !== undefined) this.#holding.push(held);
    else this.#commit(held);
  }

  #commit({ socket, id, entry }: Held): void {
    this.#send(socket, { id, ack: this.#ackFor(entry) });
  }

  #ackFor(entry: JournalEntry): JournalAck {
    if (this.#storage === 'down') return refuse('storageUnavailable');
    const refusal = this.#refuseNext.get(entry.type);
    this.#refuseNext.delete(entry.type);
    if (refusal !== undefined) return refuse(...refusal);
    const repeated = this.ledger.isKnown(entry);
    const ack = this.ledger.apply(entry, this.#clock.now());
    if (ack.ok && !repeated) this.committed.push(entry);
    return ack;
  }

  #broadcast(message: RecordsToLive): void {
    for (const client of this.#server?.clients ?? []) this.#send(client, message);
  }

  #send(socket: WebSocket, message: RecordsToLive): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  }
}

function readMessages(text: string): readonly LiveToRecords[] | undefined {
  try {
    const said = saidIn(text);
    return said.every(isMessage) ? said : undefined;
  } catch {
    // Not JSON is not a message; the connection is closed for it.
    return undefined;
  }
}

function isMessage(value: unknown): value is LiveToRecords {
  return typeof value === 'object' && value !== null && Object.keys(value).some(isSaid);
}

function isSaid(name: string): boolean {
  return name === 'hello' || name === 'entry' || name === 'status' || name === 'roster';
}

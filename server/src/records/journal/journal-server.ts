/** The journal's door: nodes prove who they are, send entries, and are told of revocations and of storage. */

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  JournalAck,
  JournalEntry,
  LiveHello,
  LiveRoster,
  RecordsHello,
  RecordsToLive,
  Revocation,
} from '@alongside/engagement';
import { journalCloses, SaidInTurn } from '@alongside/engagement';
import { refuse } from '@alongside/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Database } from '../database/database.js';
import type { RecordsLogger } from '../records-logger.js';
import type { LiveNode, LiveNodes } from '../tickets/live-nodes.js';

import { type JournalMessage, readEntry, readMessages } from './journal-message.js';

export interface JournalServerDeps {
  readonly secret: string;
  /** Answers after COMMIT; never rejects. */
  readonly submit: (entry: JournalEntry) => Promise<JournalAck>;
  readonly nodes: LiveNodes;
  readonly database: Database;
  readonly hello: () => RecordsHello;
  readonly missed: (roster: LiveRoster) => Promise<readonly Revocation[]>;
  readonly logger: RecordsLogger;
}

export const JOURNAL_PATH = '/journal';

const HELLO_MS = 5_000;
const ALIVE_MS = 10_000;
const ANSWER_MS = 2_000;
/** An entry holds one chat line at most; a status names sites. */
const MESSAGE_BYTES = 4 * 1024 * 1024;

export class JournalServer {
  readonly #deps: JournalServerDeps;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  #closed = false;
  /** When each node was last lost: one that starts anew must not take an old view for one of a moment ago. */
  readonly #lostAt = new Map<string, number>();

  constructor(deps: JournalServerDeps) {
    this.#deps = deps;
    this.#server = createServer((_, response) => response.writeHead(404).end());
    this.#sockets = new WebSocketServer({
      server: this.#server,
      path: JOURNAL_PATH,
      maxPayload: MESSAGE_BYTES,
      perMessageDeflate: false,
    });
    this.#sockets.on('connection', (socket) => this.#greet(socket));
  }

  listen(host: string, port: number): Promise<{ readonly port: number; readonly url: string }> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        const { port: taken } = this.#server.address() as AddressInfo;
        const name = host.includes(':') ? `[${host}]` : host;
        resolve({ port: taken, url: `ws://${name}:${taken}${JOURNAL_PATH}` });
      });
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const socket of this.#sockets.clients) {
      send(socket, { bye: 'shuttingDown' });
      saidTo(socket).flush();
      socket.close(1001);
    }
    this.#sockets.close();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const hurry = setTimeout(() => this.#dropAll(), 500);
    await closed;
    clearTimeout(hurry);
  }

  #dropAll(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
  }

  #greet(socket: WebSocket): void {
    const challenge = randomBytes(32).toString('base64url');
    const late = setTimeout(() => socket.terminate(), HELLO_MS);
    socket.on('error', () => socket.terminate());
    socket.once('close', () => clearTimeout(late));
    socket.once('message', (data, isBinary) => {
      clearTimeout(late);
      const [message, ...more] = (isBinary ? undefined : readMessages(String(data))) ?? [];
      const isHello = message !== undefined && 'hello' in message && more.length === 0;
      if (!isHello || !this.#isProven(challenge, message.hello)) {
        this.#deps.logger.warn('journal.notAdmitted');
        socket.close(journalCloses.notAdmitted, 'notAdmitted');
        return;
      }
      void this.#admit(socket, message.hello);
    });
    send(socket, { challenge });
  }

  #isProven(challenge: string, { proof }: LiveHello): boolean {
    const wanted = createHmac('sha256', this.#deps.secret).update(challenge).digest('base64url');
    return proof.length === wanted.length && timingSafeEqual(Buffer.from(proof), Buffer.from(wanted));
  }

  async #admit(socket: WebSocket, hello: LiveHello): Promise<void> {
    const { nodes, logger } = this.#deps;
    const node = nodeBehind(socket, hello);
    const admittance = await nodes.admit(node);
    if (socket.readyState !== socket.OPEN) {
      // It has gone while others were asked whether they are there.
      nodes.remove(node);
      return;
    }
    if (admittance.verdict === 'admitted') {
      this.#serve(socket, node);
      return;
    }
    const { verdict, other } = admittance;
    if (verdict === 'refused') logger.warn('journal.nodeRefused', { nodeId: node.nodeId, beside: other });
    socket.close(verdict === 'refused' ? journalCloses.notAlone : journalCloses.wait, other);
  }

  #serve(socket: WebSocket, node: LiveNode): void {
    const { nodes, database, logger } = this.#deps;
    const { nodeId } = node;
    const unwatch = database.watch((storage) => send(socket, { storage }));
    const stopAsking = watchAlive(socket);
    logger.info('journal.nodeConnected', { nodeId });
    socket.on('message', (data, isBinary) => {
      const messages = isBinary ? undefined : readMessages(String(data));
      if (messages === undefined || !messages.every(isTaken))
        socket.close(journalCloses.malformed, 'malformed');
      else for (const message of messages) this.#take(socket, node, message);
    });
    socket.once('close', () => {
      stopAsking();
      unwatch();
      nodes.remove(node);
      this.#lostAt.set(nodeId, Date.now());
      logger.info('journal.nodeDisconnected', { nodeId });
    });
    // After a start of `records` itself nobody knows how long the node was gone: then every view is asked for
    // again, since a consent must not outlive a long night.
    const lostAt = this.#lostAt.get(nodeId) ?? 0;
    send(socket, { hello: { ...this.#deps.hello(), lostAt } });
    send(socket, { storage: database.state });
  }

  #take(socket: WebSocket, node: LiveNode, message: TakenMessage): void {
    if ('status' in message) {
      node.status = message.status;
      return;
    }
    if ('roster' in message) {
      void this.#catchUp(socket, message.roster);
      return;
    }
    const { id } = message;
    const read = readEntry(message.entry);
    if ('field' in read) {
      this.#deps.logger.warn('journal.malformed', { field: read.field });
      send(socket, { id, ack: refuse('malformed', read.field) });
      return;
    }
    void this.#commit(socket, id, read.entry);
  }

  /** With storage down the node asks again once it is told that it is up. */
  async #catchUp(socket: WebSocket, roster: LiveRoster): Promise<void> {
    try {
      for (const revoke of await this.#deps.missed(roster)) send(socket, { revoke });
    } catch {
      this.#deps.logger.warn('journal.rosterFailed');
      if (this.#deps.database.state === 'up') socket.close(1011, 'rosterFailed');
    }
  }

  async #commit(socket: WebSocket, id: number, entry: JournalEntry): Promise<void> {
    const ack = await this.#deps.submit(entry);
    send(socket, { id, ack });
  }
}

type TakenMessage = Exclude<JournalMessage, { hello: LiveHello }>;

/** Who it is, a node says once. */
function isTaken(message: JournalMessage): message is TakenMessage {
  return !('hello' in message);
}

function nodeBehind(
  socket: WebSocket,
  { nodeId, startNumber, liveUrl, sharesDesk = false }: LiveHello,
): LiveNode {
  return {
    ...{ nodeId, startNumber, liveUrl, sharesDesk },
    status: undefined,
    revoke: (revocation) => send(socket, { revoke: revocation }),
    answers: () => answers(socket),
    drop: () => socket.terminate(),
  };
}

/** Asked when another wants its place: one that is gone must not keep that until it is missed. */
function answers(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (answered: boolean) => {
      clearTimeout(late);
      socket.off('pong', yes).off('close', no);
      resolve(answered);
    };
    const yes = () => settle(true);
    const no = () => settle(false);
    const late = setTimeout(no, ANSWER_MS);
    socket.once('pong', yes).once('close', no);
    if (socket.readyState === socket.OPEN) socket.ping();
    else no();
  });
}

function send(socket: WebSocket, message: RecordsToLive): void {
  saidTo(socket).say(message);
}

const said = new WeakMap<WebSocket, SaidInTurn<RecordsToLive>>();

function saidTo(socket: WebSocket): SaidInTurn<RecordsToLive> {
  const known = said.get(socket);
  if (known !== undefined) return known;
  const own = new SaidInTurn<RecordsToLive>((text) => {
    if (socket.readyState === socket.OPEN) socket.send(text);
  });
  said.set(socket, own);
  return own;
}

/** A node that vanished without a word must not be handed out in tickets for long. */
function watchAlive(socket: WebSocket): () => void {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, ALIVE_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** The socket to `live`: opened with a ticket, kept by resume passes, opened again by itself when it is lost. */

import type {
  AgentCommandName,
  AgentCommands,
  AgentFacts,
  AgentTicketIssued,
  CommandValues,
  Handshake,
  Refusal,
  Reply,
  SessionFacts,
} from '@alongside/protocol';
import { PROTOCOL_VERSION, refusals } from '@alongside/protocol';
import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import type { Failure, Result } from '../app/failure.js';
import { fail, isWorthRetrying, succeed, unreachable } from '../app/failure.js';
import { Store } from '../app/store.js';

export type LinkState =
  | { readonly state: 'idle' | 'connecting' | 'open' }
  /** Tried again by itself. */
  | { readonly state: 'lost' }
  /** Not tried again: a person has to do something. */
  | { readonly state: 'refused'; readonly failure: Failure };

export type AgentCommandBody<N extends AgentCommandName> = Parameters<AgentCommands[N]>[0];
type FactHandlers<Facts> = { [F in keyof Facts]?: Facts[F] };

/** Where a pass leads. */
export interface KeptPass {
  readonly liveUrl: string;
  readonly pass: string;
}

export interface ConnectionOptions {
  readonly namespace?: '/agent' | '/expert';
  /** Of before the page was loaded. */
  readonly pass?: KeptPass | undefined;
  /** Told of each new pass, and that there is none any more. */
  readonly onPass?: (kept: KeptPass | undefined) => void;
}

const ANSWER_MS = 10_000;
const BACK_OFF_MS = [300, 1000, 2000, 4000, 8000] as const;

interface Place {
  readonly liveUrl: string;
  readonly auth: Handshake;
}

export class LiveConnection<Facts extends SessionFacts = AgentFacts> {
  readonly state = new Store<LinkState>({ state: 'idle' });
  readonly #issueTicket: () => Promise<Result<AgentTicketIssued>>;
  /** By the names of facts. */
  readonly #handlers: object;
  readonly #options: ConnectionOptions;
  #socket: Socket | undefined;
  #liveUrl: string | undefined;
  #pass: string | undefined;
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = true;

  constructor(
    issueTicket: () => Promise<Result<AgentTicketIssued>>,
    // Said where it is another namespace's, and not guessed from the handlers.
    handlers: FactHandlers<NoInfer<Facts>>,
    options: ConnectionOptions = {},
  ) {
    this.#issueTicket = issueTicket;
    this.#handlers = handlers;
    this.#options = options;
    this.#liveUrl = options.pass?.liveUrl;
    this.#pass = options.pass?.pass;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    globalThis.addEventListener?.('online', this.#hurry);
    void this.#open();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    globalThis.removeEventListener?.('online', this.#hurry);
    this.#drop();
    this.#keep(undefined);
    this.state.set({ state: 'idle' });
  }

  /** Every command is acknowledged; no acknowledgement in time is the same as not having been reached. */
  async send<N extends AgentCommandName & keyof CommandValues>(
    name: N,
    body: AgentCommandBody<N>,
  ): Promise<Result<CommandValues[N]>> {
    const socket = this.#socket;
    if (socket === undefined || !socket.connected) return unreachable;
    try {
      // The table binds the name to its body and reply; socket.io's own types cannot follow a generic name.
      const emit = socket.timeout(ANSWER_MS) as unknown as {
        emitWithAck(name: string, body: unknown): Promise<Reply<CommandValues[N]>>;
      };
      const reply = await emit.emitWithAck(name, body);
      return reply.ok ? succeed(reply.value) : fail(reply.refusal);
    } catch {
      // socket.io rejects when no acknowledgement came, or the connection went while waiting for it.
      return unreachable;
    }
  }

  readonly #hurry = (): void => {
    if (this.state.value.state === 'lost') this.#retry(0);
  };

  async #open(): Promise<void> {
    this.state.set({ state: 'connecting' });
    const place = await this.#place();
    if (this.#stopped) return;
    if (!place.ok) return this.#failed(place.failure);
    this.#connect(place.value);
  }

  /** A pass is good until the next one has come; whoever comes without one asks `records` for a ticket. */
  async #place(): Promise<Result<Place>> {
    const pass = this.#pass;
    if (pass !== undefined && this.#liveUrl !== undefined) {
      return succeed({ liveUrl: this.#liveUrl, auth: { protocol: PROTOCOL_VERSION, pass } });
    }
    const issued = await this.#issueTicket();
    if (!issued.ok) return issued;
    const { liveUrl, ticket } = issued.value;
    return succeed({ liveUrl, auth: { protocol: PROTOCOL_VERSION, ticket } });
  }

  #connect({ liveUrl, auth }: Place): void {
    this.#drop();
    this.#liveUrl = liveUrl;
    const socket: Socket = io(new URL(this.#options.namespace ?? '/agent', liveUrl).href, {
      auth,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: ANSWER_MS,
    });
    this.#socket = socket;
    socket.on('connect_error', (error) => {
      if (socket !== this.#socket) return;
      const failure = readConnectError(error);
      // Whatever the server did not like about the pass, a ticket is the way back. Unanswered it stays good.
      if (failure.code !== 'unreachable') this.#keep(undefined);
      this.#failed(failure);
    });
    socket.on('disconnect', () => {
      if (socket === this.#socket) this.#failed({ code: 'unreachable' });
    });
    this.#listen(socket);
  }

  #listen(opened: Socket): void {
    const socket = opened as Socket<SessionFacts & { 'session:opened': SessionFacts['session:passed'] }>;
    socket.on('session:opened', ({ pass }, kept) => {
      this.#keep(pass);
      this.#attempts = 0;
      kept();
    });
    socket.on('session:passed', ({ pass }, kept) => {
      this.#keep(pass);
      kept();
    });
    const handlers: readonly (readonly [string, unknown])[] = Object.entries(this.#handlers);
    for (const [name, handler] of handlers)
      if (typeof handler === 'function') opened.on(name, handler as (fact: unknown) => void);
    // After the handlers, so that whoever waits for "open" finds the desk filled.
    socket.on('session:opened', () => this.state.set({ state: 'open' }));
    socket.on('session:ended', ({ reason }) => {
      this.#keep(undefined);
      if (reason === 'revoked' || reason === 'transferLapsed') this.#refuse({ code: 'notPermitted' });
    });
  }

  #keep(pass: string | undefined): void {
    this.#pass = pass;
    const liveUrl = this.#liveUrl;
    this.#options.onPass?.(pass === undefined || liveUrl === undefined ? undefined : { liveUrl, pass });
  }

  #failed(failure: Failure): void {
    if (this.#stopped || this.state.value.state === 'refused') return;
    this.#drop();
    const isPassTrouble = failure.code === 'passUnknown';
    const mayRetry = isPassTrouble || failure.code === 'notAdmitted' || isWorthRetrying(failure);
    // A ticket that is refused again and again will be refused for ever.
    if (!mayRetry || (failure.code === 'notAdmitted' && this.#attempts > 3)) {
      this.#refuse(failure);
      return;
    }
    this.state.set({ state: 'lost' });
    this.#retry(isPassTrouble ? 0 : this.#backOffMs());
  }

  #refuse(failure: Failure): void {
    this.#drop();
    this.state.set({ state: 'refused', failure });
  }

  #backOffMs(): number {
    const base = BACK_OFF_MS[Math.min(this.#attempts, BACK_OFF_MS.length - 1)] ?? 8000;
    this.#attempts += 1;
    return base * (0.75 + Math.random() / 2);
  }

  #retry(inMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#open(), inMs);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.removeAllListeners();
    socket?.disconnect();
  }
}

function readConnectError(error: Error): Failure {
  const data = (error as { data?: Partial<Refusal> }).data;
  const code = data?.code;
  if (code === undefined || !Object.hasOwn(refusals, code)) return { code: 'unreachable' };
  return typeof data?.detail === 'string' ? { code, detail: data.detail } : { code };
}

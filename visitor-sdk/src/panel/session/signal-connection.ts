/** The visitor's socket to `live`: admitted by a ticket or a pass, and admitted again whenever it is lost. */

import type { CommandValues, Refusal, Reply, VisitorCommandName, VisitorFacts } from '@alongside/protocol';
import { PROTOCOL_VERSION, refuse } from '@alongside/protocol';
import { backOffMs } from './back-off.js';
import { watchPageRest } from './page-rest.js';
import type { SignalSocket } from './signal-socket.js';
import { io } from './signal-socket.js';
import { watchTabTurn } from './tab-turn.js';

export type ConnectionState = 'connecting' | 'online' | 'offline' | 'tooOld';

export interface Admission {
  readonly ticket: string;
  readonly liveUrl: string;
}

export interface SignalDeps {
  /** Asks records for a ticket; undefined when none can be had now. `over` ends the connection for good. */
  readonly admission: () => Promise<Admission | 'over' | undefined>;
  readonly onState: (state: ConnectionState) => void;
  readonly facts: { readonly [K in keyof VisitorFacts]: VisitorFacts[K] };
}

const ANSWER_MS = 10_000;
/** A session that has not opened by then is given up. */
const OPENING_MS = 10_000;
/** The server is heard of every few seconds; after this long it has given us up, whatever the socket says. */
const SILENT_MS = 15_000;

export class SignalConnection {
  readonly #deps: SignalDeps;
  #socket: SignalSocket | undefined;
  #liveUrl: string | undefined;
  #pass: string | undefined;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #online = false;
  /** By the clock on the wall, which goes on while a machine sleeps. */
  #heardAt = 0;
  #resting = false;
  readonly #cleanups: (() => void)[] = [];

  constructor(deps: SignalDeps) {
    this.#deps = deps;
    const hurry = (): void => {
      if (!this.#online) this.#schedule(0);
      else this.#doubt();
    };
    addEventListener('online', hurry);
    this.#cleanups.push(
      () => removeEventListener('online', hurry),
      watchTabTurn(() => this.#doubt()),
      watchPageRest(
        () => this.#rest(),
        () => this.#wake(),
      ),
    );
  }

  /** `first` spares the first question for a ticket, right after the engagement began. */
  open(first?: Admission): void {
    this.#deps.onState('connecting');
    if (first === undefined) this.#attempt();
    else this.#connect(first.liveUrl, { ticket: first.ticket });
  }

  /** Refuses by itself when there is no connection: nothing waits here unseen. */
  async command<K extends VisitorCommandName>(name: K, body: object): Promise<Reply<CommandValues[K]>> {
    const socket = this.#socket;
    if (socket === undefined || !this.#online) return refuse('peerAbsent');
    try {
      // The table of signal.ts is the type of the answer.
      return (await socket.timeout(ANSWER_MS).emitWithAck(name, body)) as Reply<CommandValues[K]>;
    } catch {
      // No acknowledgement in time, or the connection went: whether it was done will be seen in the next view.
      return refuse('internal');
    }
  }

  close(): void {
    this.#closed = true;
    for (const cleanup of this.#cleanups) cleanup();
    clearTimeout(this.#timer);
    this.#drop();
  }

  #connect(liveUrl: string, auth: { ticket: string } | { pass: string }): void {
    this.#drop();
    if (this.#closed) return;
    this.#liveUrl = liveUrl;
    const socket = io(`${liveUrl}/visitor`, {
      auth: { protocol: PROTOCOL_VERSION, ...auth },
    });
    this.#socket = socket;
    this.#listen(socket);
    this.#timer = setTimeout(() => this.#lose(socket), OPENING_MS);
    socket.on('connect_error', (error: Error & { data?: Refusal }) => this.#refused(socket, error.data));
    socket.on('disconnect', () => this.#lose(socket));
    socket.io.on('ping', () => this.#hear(socket));
  }

  #hear(socket: SignalSocket): void {
    if (socket === this.#socket) this.#heardAt = Date.now();
  }

  /** Somebody looks at the page, or the network is back: a socket that slept through its end is not waited for. */
  #doubt(): void {
    const socket = this.#socket;
    const isSilent = Date.now() - this.#heardAt > SILENT_MS;
    if (this.#online && isSilent && socket !== undefined) this.#lose(socket, true);
  }

  /** The pass stays, so that the page comes back without a ticket if it is soon. */
  #rest(): void {
    this.#resting = true;
    this.#drop();
    if (!this.#closed) this.#deps.onState('connecting');
  }

  #wake(): void {
    this.#resting = false;
    this.#failures = 0;
    this.#schedule(0);
  }

  #listen(socket: SignalSocket): void {
    const { facts } = this.#deps;
    socket.on('session:opened', (...told: Parameters<VisitorFacts['session:opened']>) => {
      const [{ pass }, kept] = told;
      clearTimeout(this.#timer);
      this.#hear(socket);
      this.#pass = pass;
      kept();
      this.#failures = 0;
      this.#online = true;
      this.#deps.onState('online');
      facts['session:opened'](...told);
    });
    socket.on('session:passed', (...told: Parameters<VisitorFacts['session:passed']>) => {
      const [{ pass }, kept] = told;
      this.#pass = pass;
      kept();
      facts['session:passed'](...told);
    });
    for (const name of Object.keys(facts) as (keyof VisitorFacts)[]) {
      if (name === 'session:opened' || name === 'session:passed') continue;
      // One listener for each fact of the table; its argument is what the table says.
      socket.on(name, facts[name]);
    }
  }

  #refused(socket: SignalSocket, refusal: Refusal | undefined): void {
    if (socket !== this.#socket) return;
    if (refusal?.code === 'clientTooOld') {
      this.close();
      this.#deps.onState('tooOld');
      return;
    }
    // Whatever the server did not like about the pass, a ticket is the way back. Unanswered it stays good.
    if (refusal !== undefined) this.#pass = undefined;
    this.#lose(socket, refusal?.code === 'passUnknown');
  }

  #lose(socket: SignalSocket, again = false): void {
    if (socket !== this.#socket || this.#closed) return;
    this.#drop();
    this.#deps.onState(this.#failures === 0 ? 'connecting' : 'offline');
    this.#schedule(again ? 0 : backOffMs(this.#failures++, Math.random));
  }

  #schedule(delayMs: number): void {
    clearTimeout(this.#timer);
    if (this.#closed || this.#resting) return;
    this.#timer = setTimeout(() => this.#attempt(), delayMs);
  }

  #attempt(): void {
    if (this.#pass !== undefined && this.#liveUrl !== undefined) {
      this.#connect(this.#liveUrl, { pass: this.#pass });
      return;
    }
    this.#ask().catch(() => this.#retryLater());
  }

  async #ask(): Promise<void> {
    const admission = await this.#deps.admission();
    if (this.#closed || this.#online || this.#resting) return;
    if (admission === 'over') this.close();
    else if (admission === undefined) this.#retryLater();
    else this.#connect(admission.liveUrl, { ticket: admission.ticket });
  }

  #retryLater(): void {
    this.#deps.onState('offline');
    this.#schedule(backOffMs(this.#failures++, Math.random));
  }

  #drop(): void {
    this.#online = false;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.removeAllListeners();
    socket?.disconnect();
  }
}

/**
 * A socket of socket.io over one WebSocket, as far as the panel uses it: one namespace, events with answers either
 * way, and the server's pings. The names are those of socket.io's own client, which brings five ways to connect, a
 * reconnection and binary events besides, and is half as large as all the rest of what the panel needs to begin.
 * https://socket.io/docs/v4/socket-io-protocol and https://socket.io/docs/v4/engine-io-protocol
 */

type Listener = (...told: never[]) => void;

interface SocketOptions {
  /** What admits us; sent as the first message, never in the address. */
  readonly auth: object;
}

interface Waiting {
  readonly answer: (value: unknown) => void;
  readonly fail: (reason: Error) => void;
}

/** What was read of one text message: the connection's own type, and in a message (4) the namespace's behind it. */
interface Packet {
  readonly type: string;
  readonly namespace: string | undefined;
  readonly number: string;
  readonly value: unknown;
}

/** `<address of the server>/<namespace>`. */
export function io(url: string, options: SocketOptions): SignalSocket {
  return new SignalSocket(url, options);
}

export class SignalSocket {
  /** The connection under the namespace, by the name it has in socket.io's client. */
  readonly io = { on: (name: 'ping', listener: () => void): void => void this.on(`io ${name}`, listener) };
  readonly #namespace: string;
  readonly #auth: object;
  readonly #socket: WebSocket;
  #listeners = new Map<string, readonly Listener[]>();
  readonly #waiting = new Map<number, Waiting>();
  #lastAsked = 0;
  #state: 'connecting' | 'connected' | 'closed' = 'connecting';
  #silence: ReturnType<typeof setTimeout> | undefined;
  #silenceMs = 0;

  constructor(url: string, options: SocketOptions) {
    const { origin, pathname } = new URL(url);
    this.#namespace = pathname;
    this.#auth = options.auth;
    this.#socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`);
    this.#socket.onmessage = ({ data }: MessageEvent<unknown>) => this.#read(data);
    this.#socket.onclose = () => this.#lose();
  }

  on(name: string, listener: Listener): this {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return this;
  }

  removeAllListeners(): void {
    this.#listeners = new Map();
  }

  disconnect(): void {
    if (this.#state === 'connected') this.#send('1');
    this.#lose();
  }

  /** Rejects when no answer came in time, or none can come any more. */
  timeout(answerMs: number): { emitWithAck(name: string, body: object): Promise<unknown> } {
    return { emitWithAck: (name, body) => this.#ask(JSON.stringify([name, body]), answerMs) };
  }

  #ask(event: string, answerMs: number): Promise<unknown> {
    const number = ++this.#lastAsked;
    let late: ReturnType<typeof setTimeout> | undefined;
    return new Promise<unknown>((answer, fail) => {
      if (this.#state !== 'connected') return fail(new Error('There is no connection.'));
      this.#waiting.set(number, { answer, fail });
      late = setTimeout(() => fail(new Error('No answer came in time.')), answerMs);
      this.#send('2', number + event);
    }).finally(() => {
      clearTimeout(late);
      this.#waiting.delete(number);
    });
  }

  #read(data: unknown): void {
    const packet = readPacket(String(data));
    // What speaks otherwise is no server of ours, and a close (1) is the end as well.
    const take = packet === undefined ? undefined : this.#takers[packet.type];
    if (packet === undefined || take === undefined) this.#lose();
    else if (packet.type[0] !== '4' || packet.namespace === this.#namespace) take(packet);
  }

  readonly #takers: { readonly [type: string]: (packet: Packet) => void } = {
    0: ({ value }) => {
      const { pingInterval, pingTimeout } = value as { pingInterval: number; pingTimeout: number };
      this.#silenceMs = pingInterval + pingTimeout;
      this.#awaitPing();
      this.#send('0', JSON.stringify(this.#auth));
    },
    2: () => {
      this.#awaitPing();
      this.#write('3');
      this.#tell('io ping', []);
    },
    40: () => {
      this.#state = 'connected';
    },
    41: () => this.#lose(),
    42: ({ number, value }) => {
      const [name, ...told] = value as [string, ...unknown[]];
      // With a number the server wants to know that it was taken: the last argument says so.
      const taken = (...answers: unknown[]): void => this.#send('3', number + JSON.stringify(answers));
      this.#tell(name, number === '' ? told : [...told, taken]);
    },
    43: ({ number, value }) => this.#waiting.get(Number(number))?.answer((value as unknown[])[0]),
    44: ({ value }) => {
      const { message, data } = value as { message: string; data?: unknown };
      this.#tell('connect_error', [Object.assign(new Error(message), { data })]);
    },
  };

  /** A server that says nothing for this long is not there any more, whatever the socket believes. */
  #awaitPing(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lose(), this.#silenceMs);
  }

  #lose(): void {
    const before = this.#state;
    if (before === 'closed') return;
    this.#state = 'closed';
    clearTimeout(this.#silence);
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    this.#socket.close();
    for (const { fail } of this.#waiting.values()) fail(new Error('The connection was lost.'));
    this.#tell(before === 'connected' ? 'disconnect' : 'connect_error', [
      new Error('The connection was lost.'),
    ]);
  }

  /** Each listener's argument is what the table of facts says, since what comes is what `live` sends. */
  #tell(name: string, told: readonly unknown[]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(...(told as never[]));
  }

  #send(type: string, rest = ''): void {
    this.#write(`4${type}${this.#namespace},${rest}`);
  }

  /** A socket that is closing takes nothing more; its close says so. */
  #write(packet: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(packet);
  }
}

/** Undefined for what is no packet. A binary one is none: nothing that the panel hears of needs it. */
function readPacket(text: string): Packet | undefined {
  const [, type, namespace, number, body] = /^([0-3]|4[0-4])(?:(\/[^,]*),)?(\d*)(.*)$/s.exec(text) ?? [];
  if (type === undefined || number === undefined || body === undefined) return undefined;
  try {
    return { type, namespace, number, value: body === '' ? undefined : JSON.parse(body) };
  } catch {
    return undefined;
  }
}

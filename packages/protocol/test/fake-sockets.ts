/** Stands in for `socket.io-client` where only the order of connections is looked at: a test plays the other end. */

type Listener = (...told: unknown[]) => void;

export class FakeSocket {
  readonly url: string;
  readonly auth: { readonly ticket?: string; readonly pass?: string };
  readonly sent: { readonly name: string; readonly body: unknown }[] = [];
  connected = false;
  closed = false;
  /** What a command is answered with; a rejection is an answer that never came. */
  answer: (name: string, body: unknown) => Promise<unknown> = async () => ({ ok: true, value: {} });
  /** What carries the socket: it is heard of by its pings. */
  readonly io = {
    on: (name: string, listener: Listener): void => void this.on(`io ${name}`, listener),
  };
  #listeners = new Map<string, Listener[]>();

  constructor(url: string, auth: FakeSocket['auth']) {
    this.url = url;
    this.auth = auth;
  }

  on(name: string, listener: Listener): this {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return this;
  }

  removeAllListeners(): void {
    this.#listeners = new Map();
  }

  disconnect(): void {
    this.connected = false;
    this.closed = true;
  }

  timeout(): { emitWithAck: (name: string, body: unknown) => Promise<unknown> } {
    return {
      emitWithAck: (name, body) => {
        this.sent.push({ name, body });
        return this.answer(name, body);
      },
    };
  }

  /** The other end tells something. */
  tell(name: string, ...told: unknown[]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(...told);
  }

  open(fact: object): void {
    this.connected = true;
    this.tell('session:opened', fact, () => undefined);
  }

  refuse(code: string): void {
    this.tell('connect_error', Object.assign(new Error(code), { data: { code } }));
  }

  lose(): void {
    this.connected = false;
    this.tell('disconnect');
  }
}

export const sockets: FakeSocket[] = [];

export function io(url: string, options: { readonly auth: FakeSocket['auth'] }): FakeSocket {
  const socket = new FakeSocket(url, options.auth);
  sockets.push(socket);
  return socket;
}

export function latest(): FakeSocket {
  const socket = sockets.at(-1);
  if (socket === undefined) throw new Error('Nothing has been opened.');
  return socket;
}

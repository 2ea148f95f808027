/** The messages between a page and the sealing engine in its worker, and both ends of them. */

import type { Bytes } from './bytes.js';
import type { FrameSocket } from './frame-socket.js';
import { openFrameSocket } from './frame-socket.js';
import type { SealingEngine } from './sealing-engine.js';
import { createSealingEngine } from './sealing-engine.js';
import type { SocketAct, SocketNews } from './worker-socket.js';
import { HeldSockets, WorkerSocket } from './worker-socket.js';

type Method = keyof SealingEngine;
type Asked<M extends Method> = {
  readonly id: number;
  readonly method: M;
  readonly args: Parameters<SealingEngine[M]>;
};

/** Page to worker: first `engagement`, then calls in the order in which they take effect. */
export type EngineCall =
  | { readonly engagement: string }
  /** Opens a socket, whose number is that of the call. */
  | { readonly id: number; readonly url: string }
  | { readonly socket: number; readonly act: SocketAct }
  | { [M in Method]: Asked<M> }[Method];

/** Worker to page: `ready` when its code runs, then an answer for each call. */
export type EngineAnswer =
  | { readonly ready: true }
  | { readonly id: number; readonly value: unknown }
  | { readonly socket: number; readonly news: SocketNews }
  /** The engine threw; the text is its own and holds nothing of a page. */
  | { readonly id: number; readonly error: string };

/** The worker's side of the channel. */
export interface EngineScope {
  postMessage(message: EngineAnswer, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: EngineCall }) => void): void;
}

/** The page's side of the channel: what a `Worker` offers. */
export interface EngineWorker {
  postMessage(message: EngineCall): void;
  addEventListener(type: 'message', listener: (event: { readonly data: EngineAnswer }) => void): void;
  addEventListener(type: 'error', listener: (event: unknown) => void): void;
  terminate(): void;
}

/** Runs an engine behind the worker's side, and beside it the sockets over which leaves what it makes. */
export function serveEngine(
  scope: EngineScope,
  openSocket: (url: string) => Promise<FrameSocket> = openFrameSocket,
): void {
  let engine: SealingEngine | undefined;
  const sockets = new HeldSockets(openSocket, (socket, news) => {
    const bytes = 'message' in news && typeof news.message !== 'string' ? [news.message.buffer] : [];
    scope.postMessage({ socket, news }, bytes);
  });
  scope.addEventListener('message', ({ data }) => {
    if ('engagement' in data) {
      engine = createSealingEngine({ engagement: data.engagement });
    } else if ('act' in data) {
      sockets.act(data.socket, data.act);
    } else if ('url' in data) {
      void answer(scope, data.id, sockets.open(data.id, data.url));
    } else if (engine !== undefined) {
      // The table of methods and arguments is one type; TypeScript cannot follow it through a computed call.
      const run = engine[data.method] as (...args: readonly unknown[]) => Promise<unknown>;
      void answer(scope, data.id, run.apply(engine, data.args), sockets.outlet());
    }
  });
  scope.postMessage({ ready: true }, []);
}

async function answer(
  scope: EngineScope,
  id: number,
  work: Promise<unknown>,
  send?: (frames: readonly Bytes[]) => void,
): Promise<void> {
  try {
    const value = await work;
    const frames = framesIn(value);
    send?.(frames);
    // They are handed over, not copied: the worker has no more use for them.
    scope.postMessage(
      { id, value },
      frames.map(({ buffer }) => buffer),
    );
  } catch (error) {
    scope.postMessage({ id, error: error instanceof Error ? error.message : 'unknown' }, []);
  }
}

/** The frames that a method of the engine has made. */
function framesIn(value: unknown): readonly Bytes[] {
  if (value instanceof Uint8Array) return [value as Bytes];
  if (typeof value !== 'object' || value === null || !('value' in value)) return [];
  const made = value.value;
  if (Array.isArray(made)) return made.filter((item): item is Bytes => item instanceof Uint8Array);
  const isRevealed = typeof made === 'object' && made !== null && 'hello' in made;
  return isRevealed && made.hello instanceof Uint8Array ? [made.hello as Bytes] : [];
}

/** The engine in a worker, as the page calls it. */
export class WorkerEngine implements SealingEngine {
  readonly #worker: EngineWorker;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #sockets = new Map<number, WorkerSocket>();
  #calls = 0;
  #failure: Error | undefined;

  constructor(worker: EngineWorker, engagement: string) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }) => this.#take(data));
    worker.addEventListener('error', () => this.#fail(new Error('The sealing worker stopped.')));
    worker.postMessage({ engagement });
  }

  greet(...args: Parameters<SealingEngine['greet']>): ReturnType<SealingEngine['greet']> {
    return this.#call('greet', args);
  }
  reveal(...args: Parameters<SealingEngine['reveal']>): ReturnType<SealingEngine['reveal']> {
    return this.#call('reveal', args);
  }
  conclude(...args: Parameters<SealingEngine['conclude']>): ReturnType<SealingEngine['conclude']> {
    return this.#call('conclude', args);
  }
  beginEpoch(...args: Parameters<SealingEngine['beginEpoch']>): ReturnType<SealingEngine['beginEpoch']> {
    return this.#call('beginEpoch', args);
  }
  grant(...args: Parameters<SealingEngine['grant']>): ReturnType<SealingEngine['grant']> {
    return this.#call('grant', args);
  }
  sealBatch(...args: Parameters<SealingEngine['sealBatch']>): ReturnType<SealingEngine['sealBatch']> {
    return this.#call('sealBatch', args);
  }
  sealSnapshot(
    ...args: Parameters<SealingEngine['sealSnapshot']>
  ): ReturnType<SealingEngine['sealSnapshot']> {
    return this.#call('sealSnapshot', args);
  }
  sealAsset(...args: Parameters<SealingEngine['sealAsset']>): ReturnType<SealingEngine['sealAsset']> {
    return this.#call('sealAsset', args);
  }
  sealAnswer(...args: Parameters<SealingEngine['sealAnswer']>): ReturnType<SealingEngine['sealAnswer']> {
    return this.#call('sealAnswer', args);
  }
  open(...args: Parameters<SealingEngine['open']>): ReturnType<SealingEngine['open']> {
    return this.#call('open', args);
  }
  forgetBefore(
    ...args: Parameters<SealingEngine['forgetBefore']>
  ): ReturnType<SealingEngine['forgetBefore']> {
    return this.#call('forgetBefore', args);
  }
  drop(...args: Parameters<SealingEngine['drop']>): ReturnType<SealingEngine['drop']> {
    return this.#call('drop', args);
  }

  /** Opens a WebSocket in the worker; resolves when it is open, rejects when it closes before that. */
  async openSocket(url: string): Promise<FrameSocket> {
    const number = Number(await this.#ask((id) => ({ id, url })));
    const socket = new WorkerSocket((act) => {
      this.#worker.postMessage({ socket: number, act });
      if (act === 'close') this.#sockets.delete(number);
    });
    this.#sockets.set(number, socket);
    return socket;
  }

  /** Ends the worker with everything in its memory, without waiting for what is still under way. */
  async close(): Promise<void> {
    this.#worker.terminate();
    this.#fail(new Error('The sealing engine is closed.'));
  }

  #call<M extends Method>(method: M, args: Parameters<SealingEngine[M]>): ReturnType<SealingEngine[M]> {
    const answered = this.#ask((id) => ({ id, method, args }) as unknown as EngineCall);
    // The worker runs the same method of the same interface, so its answer is of the method's own type.
    return answered as ReturnType<SealingEngine[M]>;
  }

  #ask(call: (id: number) => EngineCall): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      const id = this.#calls++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage(call(id));
    });
  }

  #take(answer: EngineAnswer): void {
    if ('ready' in answer) return;
    if ('news' in answer) {
      this.#sockets.get(answer.socket)?.take(answer.news);
      return;
    }
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('error' in answer) waiting?.reject(new Error(answer.error));
    else waiting?.resolve(answer.value);
  }

  #fail(error: Error): void {
    this.#failure = error;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}

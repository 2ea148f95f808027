/** The messages between a page and the sealing engine in its worker, and both ends of them. */

import type { Bytes } from './bytes.js';
import type { SealingEngine } from './sealing-engine.js';
import { createSealingEngine } from './sealing-engine.js';

type Method = keyof SealingEngine;
type Asked<M extends Method> = {
  readonly id: number;
  readonly method: M;
  readonly args: Parameters<SealingEngine[M]>;
};

/** Page to worker: first `engagement`, then calls in the order in which they take effect. */
export type EngineCall = { readonly engagement: string } | { [M in Method]: Asked<M> }[Method];

/** Worker to page: `ready` when its code runs, then an answer for each call. */
export type EngineAnswer =
  | { readonly ready: true }
  | { readonly id: number; readonly value: unknown }
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

/** Runs an engine behind the worker's side. */
export function serveEngine(scope: EngineScope): void {
  let engine: SealingEngine | undefined;
  scope.addEventListener('message', ({ data }) => {
    if ('engagement' in data) {
      engine = createSealingEngine({ engagement: data.engagement });
    } else if (engine !== undefined) {
      void answer(scope, engine, data);
    }
  });
  scope.postMessage({ ready: true }, []);
}

async function answer(
  scope: EngineScope,
  engine: SealingEngine,
  call: Exclude<EngineCall, { readonly engagement: string }>,
): Promise<void> {
  try {
    // The table of methods and arguments is one type; TypeScript cannot follow it through a computed call.
    const run = engine[call.method] as (...args: readonly unknown[]) => Promise<unknown>;
    const value = await run.apply(engine, call.args);
    scope.postMessage({ id: call.id, value }, buffersOf(value));
  } catch (error) {
    scope.postMessage({ id: call.id, error: error instanceof Error ? error.message : 'unknown' }, []);
  }
}

/** Frames are handed over, not copied: the worker has no more use for them. */
function buffersOf(value: unknown): Transferable[] {
  if (value instanceof Uint8Array) return [value.buffer as ArrayBuffer];
  const inner: unknown =
    typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
  if (!Array.isArray(inner)) return [];
  return inner.filter((item): item is Bytes => item instanceof Uint8Array).map((item) => item.buffer);
}

/** The engine in a worker, as the page calls it. */
export class WorkerEngine implements SealingEngine {
  readonly #worker: EngineWorker;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
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

  /** Ends the worker with everything in its memory, without waiting for what is still under way. */
  async close(): Promise<void> {
    this.#worker.terminate();
    this.#fail(new Error('The sealing engine is closed.'));
  }

  #call<M extends Method>(method: M, args: Parameters<SealingEngine[M]>): ReturnType<SealingEngine[M]> {
    const answered = new Promise<unknown>((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      const id = this.#calls++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, args } as unknown as EngineCall);
    });
    // The worker runs the same method of the same interface, so its answer is of the method's own type.
    return answered as ReturnType<SealingEngine[M]>;
  }

  #take(answer: EngineAnswer): void {
    if ('ready' in answer) return;
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

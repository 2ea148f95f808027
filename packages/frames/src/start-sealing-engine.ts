/** Starts the sealing engine in a worker where the page allows one, and on the page's own thread otherwise. */

import type { EngineAnswer, EngineWorker } from './engine-port.js';
import { WorkerEngine } from './engine-port.js';
import type { FrameClock } from './frame-clock.js';
import type { FrameSocket } from './frame-socket.js';
import { openFrameSocket } from './frame-socket.js';
import type { SealingEngine, SealingEngineOptions } from './sealing-engine.js';

/** A worker that has not said it is ready by then is taken for refused. */
const WORKER_START_MS = 1500;

export interface EngineStart {
  readonly engagement: string;
  readonly clock: FrameClock;
  /** Makes the worker; it may throw (Trusted Types, cross-origin), which counts as a refusal. */
  readonly spawn?: () => EngineWorker;
  /**
   * Makes the engine on the page's thread: `createSealingEngine`, or a lazy import of it, so that pages that
   * allow the worker do not load its code twice.
   */
  readonly createOnPage: (options: SealingEngineOptions) => SealingEngine | Promise<SealingEngine>;
}

export interface StartedEngine {
  readonly engine: SealingEngine;
  readonly thread: 'worker' | 'page';
  /** Opens a WebSocket on the thread of the engine; resolves when it is open, rejects when it closes before that. */
  readonly openSocket: (url: string) => Promise<FrameSocket>;
}

/** A policy that forbids the worker shows as an `error` event some milliseconds later, not as an exception. */
export async function startSealingEngine(start: EngineStart): Promise<StartedEngine> {
  const worker = attemptSpawn(start.spawn);
  if (worker !== undefined && (await becomesReady(worker, start.clock))) {
    const engine = new WorkerEngine(worker, start.engagement);
    return { engine, thread: 'worker', openSocket: (url) => engine.openSocket(url) };
  }
  worker?.terminate();
  const pause = (): Promise<void> => new Promise((resume) => start.clock.after(0, resume));
  const engine = await start.createOnPage({ engagement: start.engagement, pause });
  return { engine, thread: 'page', openSocket: openFrameSocket };
}

function attemptSpawn(spawn: (() => EngineWorker) | undefined): EngineWorker | undefined {
  try {
    return spawn?.();
  } catch {
    // The page's policy forbids it; the engine works on the page's thread as well.
    return undefined;
  }
}

function becomesReady(worker: EngineWorker, clock: FrameClock): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(WORKER_START_MS, () => resolve(false));
    const settle = (ready: boolean): void => {
      cancel();
      resolve(ready);
    };
    worker.addEventListener('message', ({ data }: { readonly data: EngineAnswer }) => {
      if ('ready' in data) settle(true);
    });
    worker.addEventListener('error', () => settle(false));
  });
}

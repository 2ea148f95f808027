/** The media workers of this node: one for each core, each with one port, started again when it dies. */

import type { types } from 'mediasoup';
import type { LiveLogger } from '../live-logger.js';
import { callLimits, workerRestart } from './media-settings.js';

export interface MediaListen {
  readonly address: string;
  readonly announcedAddress: string | undefined;
  /** UDP and TCP port of the first worker, the next ones take the next; 0 takes free ones. */
  readonly port: number;
  readonly workers: number;
}

export interface MediaWorker {
  readonly worker: types.Worker;
  readonly server: types.WebRtcServer;
  readonly index: number;
  rooms: number;
}

export interface WorkerPoolHooks {
  /** Too many ends in a row, or no start at all; true again once one runs. */
  onUsable(usable: boolean): void;
}

export class MediaWorkerPool {
  readonly #listen: MediaListen;
  readonly #bin: string;
  readonly #logger: LiveLogger;
  readonly #hooks: WorkerPoolHooks;
  readonly #workers = new Map<number, MediaWorker>();
  readonly #waiting = new Set<() => void>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #ends: number[] = [];
  #usable = false;
  #closed = false;

  constructor(
    bin: string,
    deps: { readonly listen: MediaListen; readonly logger: LiveLogger; readonly hooks: WorkerPoolHooks },
  ) {
    this.#bin = bin;
    this.#listen = deps.listen;
    this.#logger = deps.logger;
    this.#hooks = deps.hooks;
  }

  /** Process ids, for people and tests. */
  get pids(): readonly number[] {
    return [...this.#workers.values()].map(({ worker }) => worker.pid);
  }

  /** Resolves when the first attempt of each worker is over. */
  async start(): Promise<void> {
    const indices = Array.from({ length: this.#listen.workers }, (_, index) => index);
    await Promise.all(indices.map((index) => this.#begin(index, workerRestart.firstPauseMs)));
    this.#tellUsable();
  }

  /** The worker with the fewest calls, waiting a little for one that is being started; undefined when none comes. */
  async pick(): Promise<MediaWorker | undefined> {
    const giveUpAt = Date.now() + callLimits.workerWaitMs;
    while (this.#workers.size === 0 && Date.now() < giveUpAt && !this.#closed) {
      await this.#nextWorker(giveUpAt - Date.now());
    }
    return [...this.#workers.values()].sort((a, b) => a.rooms - b.rooms)[0];
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { worker } of this.#workers.values()) worker.close();
    this.#workers.clear();
    this.#wake();
  }

  async #begin(index: number, pauseMs: number): Promise<void> {
    try {
      const started = await this.#make(index);
      if (this.#closed) {
        started.worker.close();
        return;
      }
      this.#workers.set(index, started);
      started.worker.on('died', () => this.#died(started));
      this.#logger.info('call:workerStarted', { worker: index });
      this.#wake();
    } catch {
      this.#logger.error('call:workerNotStarted', { worker: index });
      this.#scheduleAgain(index, pauseMs);
    }
  }

  async #make(index: number): Promise<MediaWorker> {
    // A large library, and nothing but a call needs it: whoever starts waits for it last.
    const { createWorker } = await import('mediasoup');
    const worker = await createWorker({ workerBin: this.#bin, logLevel: 'none' });
    try {
      const { address, announcedAddress, port } = this.#listen;
      const place = {
        ip: address,
        ...(announcedAddress === undefined ? {} : { announcedAddress }),
        ...(port === 0 ? {} : { port: port + index }),
      };
      const server = await worker.createWebRtcServer({
        listenInfos: [
          { protocol: 'udp', ...place },
          { protocol: 'tcp', ...place },
        ],
      });
      return { worker, server, index, rooms: 0 };
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  #died(dead: MediaWorker): void {
    if (this.#workers.get(dead.index) === dead) this.#workers.delete(dead.index);
    this.#logger.error('call:workerDied', { worker: dead.index });
    this.#scheduleAgain(dead.index, workerRestart.firstPauseMs);
  }

  #scheduleAgain(index: number, pauseMs: number): void {
    if (this.#closed) return;
    const now = Date.now();
    this.#ends = [...this.#ends.filter((at) => now - at < workerRestart.withinMs), now];
    const open = this.#ends.length >= workerRestart.ends;
    if (open) this.#logger.error('call:circuitOpened', { worker: index });
    if (open) this.#tellUsable();
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        const nextPauseMs = Math.min(pauseMs * 2, workerRestart.longestPauseMs);
        void this.#begin(index, nextPauseMs).then(() => this.#tellUsable());
      },
      open ? workerRestart.openMs : pauseMs,
    );
    this.#timers.add(timer);
    timer.unref();
  }

  /** A worker that is just being started again is no reason to switch calls off; an open circuit is. */
  #tellUsable(): void {
    const now = Date.now();
    const recent = this.#ends.filter((at) => now - at < workerRestart.withinMs).length;
    const usable = this.#workers.size > 0 || (this.#usable && recent < workerRestart.ends);
    if (usable === this.#usable || this.#closed) return;
    this.#usable = usable;
    this.#hooks.onUsable(usable);
  }

  #nextWorker(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, limitMs);
      this.#waiting.add(done);
    });
  }

  #wake(): void {
    for (const resolve of [...this.#waiting]) resolve();
  }
}

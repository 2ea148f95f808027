/** The media workers of this node: one for each core, each with one port, started again when it dies. */

import type { types } from 'mediasoup';
import type { LiveLogger } from '../live-logger.js';
import type { WorkerRestart } from './media-settings.js';
import { callLimits } from './media-settings.js';

export interface MediaListen {
  readonly address: string;
  readonly announcedAddress: string | undefined;
  /** The same of the other family of addresses. */
  readonly beside?: readonly Pick<MediaListen, 'address' | 'announcedAddress'>[];
  /** UDP and TCP port of the first worker, the next ones take the next; 0 takes free ones. */
  readonly port: number;
  readonly workers: number;
}

export interface MediaWorker {
  readonly worker: types.Worker;
  readonly server: types.WebRtcServer;
  readonly index: number;
  /** Those that are still being made as well: all calls of a worker that died come at once. */
  rooms: number;
}

/** `paused`: too many ends in a row, and the next start is not tried before then. `none`: no worker ever ran. */
export type PoolState =
  | { readonly state: 'usable' }
  | { readonly state: 'none' }
  | { readonly state: 'paused'; readonly until: number };

export interface WorkerPoolDeps {
  readonly listen: MediaListen;
  readonly logger: LiveLogger;
  readonly restart: WorkerRestart;
  readonly onState: (state: PoolState) => void;
}

export class MediaWorkerPool {
  readonly #bin: string;
  readonly #deps: WorkerPoolDeps;
  readonly #workers = new Map<number, MediaWorker>();
  readonly #waiting = new Set<() => void>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #ends: number[] = [];
  /** The circuit is open until then: no worker is started before. */
  #openUntil = 0;
  #starting = 0;
  #told: PoolState = { state: 'none' };
  #closed = false;

  constructor(bin: string, deps: WorkerPoolDeps) {
    this.#bin = bin;
    this.#deps = deps;
  }

  /** Process ids, for people and tests. */
  get pids(): readonly number[] {
    return [...this.#workers.values()].map(({ worker }) => worker.pid);
  }

  /** Resolves when the first attempt of each worker is over. */
  async start(): Promise<void> {
    const { listen, restart } = this.#deps;
    const indices = Array.from({ length: listen.workers }, (_, index) => index);
    await Promise.all(indices.map((index) => this.#begin(index, restart.firstPauseMs)));
  }

  /**
   * The worker with the fewest calls, this one counted; where none runs, a little is waited for all that are being
   * started, lest the first of them gets everything. Undefined when none comes.
   */
  async pick(): Promise<MediaWorker | undefined> {
    const giveUpAt = performance.now() + callLimits.workerWaitMs;
    while (this.#workers.size === 0 && performance.now() < giveUpAt && !this.#closed) {
      await this.#nextWorker(giveUpAt - performance.now());
    }
    const picked = [...this.#workers.values()].sort((a, b) => a.rooms - b.rooms)[0];
    if (picked !== undefined) picked.rooms += 1;
    return picked;
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { worker } of this.#workers.values()) worker.close();
    this.#workers.clear();
    this.#wake();
  }

  async #begin(index: number, pauseMs: number): Promise<void> {
    this.#starting += 1;
    try {
      const started = await this.#make(index);
      if (this.#closed) {
        started.worker.close();
        return;
      }
      this.#workers.set(index, started);
      started.worker.on('died', () => this.#died(started));
      this.#deps.logger.info('call:workerStarted', { worker: index });
      this.#tell();
    } catch {
      this.#deps.logger.error('call:workerNotStarted', { worker: index });
      this.#scheduleAgain(index, pauseMs);
    } finally {
      this.#starting -= 1;
      if (this.#starting === 0) this.#wake();
    }
  }

  async #make(index: number): Promise<MediaWorker> {
    // A large library, and nothing but a call needs it: whoever starts waits for it last.
    const { createWorker } = await import('mediasoup');
    const worker = await createWorker({ workerBin: this.#bin, logLevel: 'none' });
    try {
      const server = await worker.createWebRtcServer({
        listenInfos: listenInfos(this.#deps.listen, index),
      });
      return { worker, server, index, rooms: 0 };
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  #died(dead: MediaWorker): void {
    if (this.#workers.get(dead.index) === dead) this.#workers.delete(dead.index);
    this.#deps.logger.error('call:workerDied', { worker: dead.index });
    this.#scheduleAgain(dead.index, this.#deps.restart.firstPauseMs);
  }

  /** While the circuit is open nobody is started, whichever worker was about to be: that is what ends a storm. */
  #scheduleAgain(index: number, pauseMs: number): void {
    if (this.#closed) return;
    const { ends, withinMs, openMs, longestPauseMs } = this.#deps.restart;
    const now = Date.now();
    this.#ends = [...this.#ends.filter((at) => now - at < withinMs), now];
    if (this.#ends.length >= ends) {
      this.#ends = [];
      this.#openUntil = now + openMs;
      this.#deps.logger.error('call:circuitOpened', { worker: index });
    }
    this.#tell();
    const nextPauseMs = Math.min(pauseMs * 2, longestPauseMs);
    this.#after(pauseMs, () => void this.#begin(index, nextPauseMs));
  }

  #after(pauseMs: number, begin: () => void): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        if (this.#openUntil > Date.now()) this.#after(0, begin);
        else begin();
      },
      Math.max(pauseMs, this.#openUntil - Date.now()),
    );
    this.#timers.add(timer);
    timer.unref();
  }

  /** A worker that is just being started again is no reason to switch calls off; an open circuit without one is. */
  #tell(): void {
    const next = this.#state();
    if (this.#closed || JSON.stringify(next) === JSON.stringify(this.#told)) return;
    this.#told = next;
    this.#deps.onState(next);
  }

  #state(): PoolState {
    if (this.#workers.size > 0) return { state: 'usable' };
    if (this.#told.state === 'none') return this.#told;
    if (this.#openUntil > Date.now()) return { state: 'paused', until: this.#openUntil };
    return this.#told;
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

/** One port for both protocols and, where there is a second address, both families. */
function listenInfos(
  { port, beside = [], ...first }: MediaListen,
  index: number,
): types.TransportListenInfo[] {
  return [first, ...beside].flatMap(({ address, announcedAddress }) => {
    const place = {
      ip: address,
      ...(announcedAddress === undefined ? {} : { announcedAddress }),
      ...(port === 0 ? {} : { port: port + index }),
      // Every IPv6 address would be every IPv4 address as well, and the port taken.
      ...(address.includes(':') ? { flags: { ipv6Only: true } } : {}),
    };
    return (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ...place }));
  });
}

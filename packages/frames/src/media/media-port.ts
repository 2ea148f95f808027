/** The page's end of the worker that seals a call, and how a browser's senders and receivers are led through it. */

import type { FrameClock } from '../frame-clock.js';
import { systemClock } from '../frame-clock.js';
import type { EpochKeys } from './media-keyring.js';
import type { MediaCounts, MediaNews, MediaOrder, StreamPlace } from './media-streams.js';

/** A worker that has not said it is ready by then is taken for refused. */
const WORKER_START_MS = 3000;

/** What a `Worker` offers. */
export interface MediaWorker {
  postMessage(order: MediaOrder, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: MediaNews }) => void): void;
  addEventListener(type: 'error', listener: (event: unknown) => void): void;
  terminate(): void;
}

type ScriptTransform = new (worker: MediaWorker, options: StreamPlace) => object;
interface OlderEnd {
  createEncodedStreams(): { readonly readable: ReadableStream; readonly writable: WritableStream };
}

interface Scope {
  readonly RTCRtpScriptTransform?: ScriptTransform;
  readonly RTCRtpSender?: { readonly prototype: object };
}

/** How this browser lets a page change encoded frames; undefined where it does not. */
export function mediaTransforms(
  scope: Scope = globalThis as unknown as Scope,
): 'script' | 'streams' | undefined {
  const prototype = scope.RTCRtpSender?.prototype;
  if (prototype === undefined) return undefined;
  if (scope.RTCRtpScriptTransform !== undefined && 'transform' in prototype) return 'script';
  return 'createEncodedStreams' in prototype ? 'streams' : undefined;
}

export class MediaPort {
  readonly #worker: MediaWorker;
  readonly #waiting = new Map<number, (counts: MediaCounts) => void>();
  #asked = 0;

  private constructor(worker: MediaWorker) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }) => {
      if (!('asked' in data)) return;
      this.#waiting.get(data.asked)?.(data.counts);
      this.#waiting.delete(data.asked);
    });
  }

  /** Undefined where the browser has no way, or the page allows no worker: then there is no sealed call. */
  static async start(
    spawn: () => MediaWorker,
    clock: FrameClock = systemClock,
  ): Promise<MediaPort | undefined> {
    if (mediaTransforms() === undefined) return undefined;
    let worker: MediaWorker;
    try {
      worker = spawn();
    } catch {
      // The page's policy forbids it.
      return undefined;
    }
    if (await becomesReady(worker, clock)) return new MediaPort(worker);
    worker.terminate();
    return undefined;
  }

  /** What a connection has to be made with. */
  get connectionSettings(): object {
    return mediaTransforms() === 'streams' ? { encodedInsertableStreams: true } : {};
  }

  /** Before anything is sent or received by it. */
  lead(end: RTCRtpSender | RTCRtpReceiver, place: StreamPlace): void {
    const { RTCRtpScriptTransform: Script } = globalThis as unknown as Scope;
    if (mediaTransforms() === 'script' && Script !== undefined) {
      (end as { transform: object | null }).transform = new Script(this.#worker, place);
      return;
    }
    const { readable, writable } = (end as unknown as OlderEnd).createEncodedStreams();
    this.#worker.postMessage({ stream: place, readable, writable }, [readable, writable]);
  }

  /** The secret is the worker's alone afterwards. */
  hold(keys: EpochKeys): void {
    this.#worker.postMessage({ hold: keys }, [keys.secret.buffer]);
  }

  sealUnder(epoch: number): void {
    this.#worker.postMessage({ sealUnder: epoch }, []);
  }

  keepOnly(epoch: number): void {
    this.#worker.postMessage({ keepOnly: epoch }, []);
  }

  counts(): Promise<MediaCounts> {
    return new Promise((resolve) => {
      this.#asked += 1;
      this.#waiting.set(this.#asked, resolve);
      this.#worker.postMessage({ count: this.#asked }, []);
    });
  }

  close(): void {
    this.#worker.terminate();
  }
}

/** A policy that forbids the worker shows as an `error` event some milliseconds later, not as an exception. */
function becomesReady(worker: MediaWorker, clock: FrameClock): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(WORKER_START_MS, () => resolve(false));
    const settle = (ready: boolean): void => {
      cancel();
      resolve(ready);
    };
    worker.addEventListener('message', ({ data }) => {
      if ('ready' in data) settle(true);
    });
    worker.addEventListener('error', () => settle(false));
  });
}

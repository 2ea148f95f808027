/**
 * Seals what leaves and opens what comes, frame by frame, in a worker: the worker's side of the port, and what a
 * browser hands over there. What cannot be sealed is not sent, and what cannot be opened is not played.
 */

import type { Party } from '@alongside/protocol';
import type { Bytes } from '../bytes.js';
import type { SealedSource } from './media-key-id.js';
import type { EpochKeys, MediaFault } from './media-keyring.js';
import { MediaKeyring } from './media-keyring.js';

/** What a stream of frames is of. */
export type StreamPlace =
  | { readonly direction: 'out'; readonly source: SealedSource }
  | { readonly direction: 'in'; readonly source: SealedSource; readonly party: Party };

/** How many frames were let through and how many were not, since the worker began. */
export interface MediaCounts extends Readonly<Partial<Record<MediaFault, number>>> {
  readonly sealed: number;
  readonly opened: number;
  /** Held back, since there was no key for them. */
  readonly unsent: number;
}

export type MediaOrder =
  | { readonly hold: EpochKeys }
  | { readonly sealUnder: number }
  | { readonly keepOnly: number }
  | { readonly count: number }
  /** From browsers without script transforms. */
  | { readonly stream: StreamPlace; readonly readable: ReadableStream; readonly writable: WritableStream };
export type MediaNews = { readonly ready: true } | { readonly asked: number; readonly counts: MediaCounts };

/** A frame as browsers hand it over, of either kind. */
interface EncodedFrame {
  data: ArrayBuffer;
  /** Of older browsers. */
  readonly timestamp?: number;
  getMetadata(): { readonly rtpTimestamp?: number };
}

/** What a script transform gives to its worker. */
interface Transformer {
  readonly readable: ReadableStream<EncodedFrame>;
  readonly writable: WritableStream<EncodedFrame>;
  readonly options: StreamPlace;
  generateKeyFrame?(): Promise<unknown>;
  sendKeyFrameRequest?(): Promise<unknown>;
}

export interface MediaScope {
  postMessage(news: MediaNews): void;
  addEventListener(type: 'message', listener: (event: { readonly data: MediaOrder }) => void): void;
  addEventListener(
    type: 'rtctransform',
    listener: (event: { readonly transformer: Transformer }) => void,
  ): void;
}

export function serveMedia(scope: MediaScope): void {
  const streams = new MediaStreams();
  scope.addEventListener('message', ({ data }) => {
    if ('count' in data) scope.postMessage({ asked: data.count, counts: streams.counts });
    else streams.take(data);
  });
  scope.addEventListener('rtctransform', ({ transformer }) => streams.begin(transformer));
  scope.postMessage({ ready: true });
}

type Pipe = Omit<Transformer, 'options'>;

class MediaStreams {
  readonly #keyring = new MediaKeyring();
  readonly #counts: Record<string, number> & { sealed: number; opened: number; unsent: number } = {
    sealed: 0,
    opened: 0,
    unsent: 0,
  };
  /** Pictures that lack a frame which the next ones build on. */
  readonly #torn = new Set<Pipe>();

  get counts(): MediaCounts {
    return { ...this.#counts };
  }

  take(order: Exclude<MediaOrder, { readonly count: number }>): void {
    if ('hold' in order) {
      this.#keyring.hold(order.hold);
      this.#renew('sendKeyFrameRequest');
    } else if ('sealUnder' in order) {
      this.#keyring.sealUnder(order.sealUnder);
      this.#renew('generateKeyFrame');
    } else if ('keepOnly' in order) {
      this.#keyring.keepOnly(order.keepOnly);
    } else {
      this.#pipe(order.stream, order);
    }
  }

  begin(transformer: Transformer): void {
    this.#pipe(transformer.options, transformer);
  }

  #pipe(place: StreamPlace, pipe: Pipe): void {
    if (place.direction === 'in') this.#keyring.beginStream();
    const transform = new TransformStream<EncodedFrame, EncodedFrame>({
      transform: async (frame, controller) => {
        const data = await (place.direction === 'out' ? this.#seal(place, frame) : this.#open(place, frame));
        if (data === undefined) {
          if (place.source !== 'microphone') this.#torn.add(pipe);
          return;
        }
        frame.data = data.buffer;
        controller.enqueue(frame);
      },
    });
    // It ends with the sender or the receiver, which says so itself.
    pipe.readable
      .pipeThrough(transform)
      .pipeTo(pipe.writable)
      .catch(() => undefined)
      .finally(() => this.#torn.delete(pipe));
  }

  async #seal({ source }: StreamPlace, { data }: EncodedFrame): Promise<Bytes | undefined> {
    const sealed = await this.#keyring.seal(source, new Uint8Array(data));
    this.#counts[sealed === undefined ? 'unsent' : 'sealed'] += 1;
    return sealed;
  }

  async #open(
    { source, party }: StreamPlace & { readonly direction: 'in' },
    frame: EncodedFrame,
  ): Promise<Bytes | undefined> {
    const timestamp = frame.getMetadata().rtpTimestamp ?? frame.timestamp;
    const opened = await this.#keyring.open({ data: new Uint8Array(frame.data), source, party, timestamp });
    const counted = 'fault' in opened ? opened.fault : 'opened';
    this.#counts[counted] = (this.#counts[counted] ?? 0) + 1;
    return 'fault' in opened ? undefined : opened.plain;
  }

  /** Those that lack something begin anew; a browser that cannot be asked finds out by itself within a second. */
  #renew(how: 'generateKeyFrame' | 'sendKeyFrameRequest'): void {
    for (const pipe of [...this.#torn]) {
      const asked = pipe[how]?.();
      // Refused by one of the other direction.
      asked?.then(() => this.#torn.delete(pipe)).catch(() => undefined);
    }
  }
}

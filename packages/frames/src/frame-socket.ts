/** The frames' own WebSocket, as small an interface as the channel needs. */

import { frameLimits } from '@alongside/protocol';
import type { Bytes } from './bytes.js';

export interface FrameSocket {
  /** One after the other, with nothing of others in between. */
  send(...messages: readonly (Bytes | string)[]): void;
  /**
   * Where the socket lies beside the engine: what the engine is asked for from now on leaves by itself. True where it
   * does so.
   */
  carry?(): boolean;
  close(): void;
  /** Bytes handed over that have not left yet, as far as the socket can tell. */
  readonly bufferedAmount: number;
  onMessage: ((message: Bytes | string) => void) | undefined;
  /** Called once, with the close code and reason of the other end, or 1006 when the connection was lost. */
  onClose: ((code: number, reason: string) => void) | undefined;
}

/** Opens a WebSocket; resolves when it is open, rejects when it closes before that. */
export function openFrameSocket(url: string): Promise<FrameSocket> {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  return new Promise((resolve, reject) => {
    // A browser goes on for minutes on a network that is no longer there, and whoever waits opens no other.
    const deadline = setTimeout(() => socket.close(), frameLimits.admissionMs);
    const once = (name: 'open' | 'close', settle: () => void): void =>
      socket.addEventListener(
        name,
        () => {
          clearTimeout(deadline);
          settle();
        },
        { once: true },
      );
    once('open', () => resolve(new WebFrameSocket(socket)));
    once('close', () => reject(new Error('The frames socket did not open.')));
  });
}

class WebFrameSocket implements FrameSocket {
  onMessage: ((message: Bytes | string) => void) | undefined;
  onClose: ((code: number, reason: string) => void) | undefined;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', (event: MessageEvent<ArrayBuffer | string>) => {
      this.onMessage?.(typeof event.data === 'string' ? event.data : new Uint8Array(event.data));
    });
    socket.addEventListener('close', (event) => this.onClose?.(event.code, event.reason), { once: true });
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  /** A socket that is closing takes nothing more; its close event says so to whoever must know. */
  send(...messages: readonly (Bytes | string)[]): void {
    for (const message of messages) {
      if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(message);
    }
  }

  close(): void {
    this.#socket.close();
  }
}

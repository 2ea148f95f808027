/** A WebSocket as the relay sees it: the one place where a frame's bytes are taken out, to be sent on. */

import type { Duplex } from 'node:stream';
import type { RefusalCode } from '@alongside/protocol';
import { frameCloseCode } from '@alongside/protocol';
import { WebSocket } from 'ws';
import type { Frame } from '../relay/frame.js';
import type { FrameLine } from '../relay/frame-line.js';

/** A client that does not answer a close is not waited for longer. */
const CLOSE_MS = 2000;
/** With more than this still unsent, a polite close would deliver it first. */
const UNSENT_BYTES = 64 * 1024;
const BINARY = { binary: true } as const;

export class SocketLine implements FrameLine {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  #gathering = false;

  /** `stream` is what the socket was made of. */
  constructor(socket: WebSocket, stream: Duplex) {
    this.#socket = socket;
    this.#stream = stream;
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(frame: Frame): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#gather();
    this.#socket.send(frame.release(), BINARY);
  }

  tell(note: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(note);
  }

  close(reason: RefusalCode | undefined): void {
    closeSocket(this.#socket, reason);
  }

  /**
   * Frames that were read at once are written at once: a write for each would cost more than everything else that is
   * done with it. They leave before anything else is read, so that none of them waits for another to come.
   */
  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    this.#stream.cork();
    process.nextTick(() => {
      this.#gathering = false;
      this.#stream.uncork();
    });
  }
}

export function closeSocket(socket: WebSocket, reason: RefusalCode | undefined): void {
  if (reason === undefined || socket.bufferedAmount > UNSENT_BYTES) {
    socket.terminate();
    return;
  }
  socket.close(frameCloseCode(reason), reason);
  const giveUp = setTimeout(() => socket.terminate(), CLOSE_MS);
  giveUp.unref();
  socket.once('close', () => clearTimeout(giveUp));
}

/** A WebSocket as the relay sees it: the one place where a frame's bytes are taken out, to be sent on. */

import type { RefusalCode } from '@alongside/protocol';
import { frameCloseCode } from '@alongside/protocol';
import { WebSocket } from 'ws';
import type { Frame } from '../relay/frame.js';
import type { FrameLine } from '../relay/frame-line.js';

/** A client that does not answer a close is not waited for longer. */
const CLOSE_MS = 2000;
/** With more than this still unsent, a polite close would deliver it first. */
const UNSENT_BYTES = 64 * 1024;

export class SocketLine implements FrameLine {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(frame: Frame): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame.release(), { binary: true });
  }

  tell(note: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(note);
  }

  close(reason: RefusalCode | undefined): void {
    closeSocket(this.#socket, reason);
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

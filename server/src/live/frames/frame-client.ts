/** One client of the frames' WebSocket: admitted by its first message, then nothing but frames. */

import type { Duplex } from 'node:stream';
import type { RefusalCode } from '@alongside/protocol';
import { compareVersions, readFrameAdmission } from '@alongside/protocol';
import type { RawData, WebSocket } from 'ws';
import type { FramesDeps } from '../frames-endpoint.js';
import type { AdmittedLine, Relay } from '../relay/relay.js';
import { closeSocket, SocketLine } from './socket-line.js';

export interface FrameClientDeps {
  readonly socket: WebSocket;
  /** What the socket was made of. */
  readonly stream: Duplex;
  readonly origin: string | undefined;
  readonly relay: Relay;
  readonly redeem: FramesDeps['redeem'];
  /** How long it may take to show its pass. */
  readonly admissionMs: number;
  readonly onAdmitted: () => void;
  readonly onRefused: (code: RefusalCode) => void;
  readonly onFault: () => void;
  readonly onClosed: () => void;
}

export class FrameClient {
  readonly #deps: FrameClientDeps;
  readonly #deadline: NodeJS.Timeout;
  #admitted: AdmittedLine | undefined;
  #alive = true;
  #pausedUntil: NodeJS.Timeout | undefined;

  constructor(deps: FrameClientDeps) {
    this.#deps = deps;
    const { socket } = deps;
    this.#deadline = setTimeout(() => this.#refuse('notAdmitted'), deps.admissionMs);
    socket.on('message', (data, isBinary) => this.#take(data, isBinary));
    socket.on('pong', () => {
      this.#alive = true;
    });
    socket.once('close', () => this.#closed());
    // What breaks a socket closes it as well, and that is what counts.
    socket.on('error', () => undefined);
  }

  /** A client that has not answered since the last beat is gone, though no network said so. */
  beat(): void {
    // While nothing is read, no answer is.
    if (this.#pausedUntil !== undefined) return;
    if (!this.#alive) {
      this.#deps.socket.terminate();
      return;
    }
    this.#alive = false;
    this.#deps.socket.ping();
  }

  close(): void {
    closeSocket(this.#deps.socket, undefined);
  }

  /** What goes wrong unexpectedly ends this client and no other. */
  #take(data: RawData, isBinary: boolean): void {
    this.#alive = true;
    try {
      if (this.#admitted === undefined) this.#admit(data, isBinary);
      else if (isBinary && data instanceof Uint8Array) this.#pause(this.#admitted.take(data));
      else this.#refuse('malformed');
    } catch {
      this.#deps.onFault();
      this.#refuse('internal');
    }
  }

  /** What is not read fills the sender's own socket, which it notices and sends less. */
  #pause(waitMs: number): void {
    if (waitMs === 0 || this.#pausedUntil !== undefined) return;
    this.#deps.socket.pause();
    this.#pausedUntil = setTimeout(() => {
      this.#pausedUntil = undefined;
      this.#alive = true;
      this.#deps.socket.resume();
    }, waitMs);
  }

  #admit(data: RawData, isBinary: boolean): void {
    clearTimeout(this.#deadline);
    const admission = isBinary ? undefined : readFrameAdmission(data.toString());
    if (admission === undefined) {
      this.#refuse('malformed');
      return;
    }
    const version = compareVersions(admission.protocol);
    if (version !== 'same') {
      this.#refuse(version);
      return;
    }
    const { redeem, relay, socket, stream, origin } = this.#deps;
    const seat = redeem(admission.pass, origin);
    const admitted = seat === undefined ? 'passUnknown' : relay.admit(seat, new SocketLine(socket, stream));
    if (typeof admitted === 'string') {
      this.#refuse(admitted);
      return;
    }
    this.#admitted = admitted;
    this.#deps.onAdmitted();
  }

  #refuse(code: RefusalCode): void {
    clearTimeout(this.#deadline);
    this.#deps.onRefused(code);
    this.#leave();
    closeSocket(this.#deps.socket, code);
  }

  #closed(): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#pausedUntil);
    this.#leave();
    this.#deps.onClosed();
  }

  #leave(): void {
    const admitted = this.#admitted;
    this.#admitted = undefined;
    admitted?.lost();
  }
}

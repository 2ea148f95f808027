/** One connection to the relay: admission by a one-time pass, then notes and frames until it closes. */

import type { FrameHeader, RefusalCode } from '@alongside/protocol';
import {
  frameLimits,
  frameSizeLimit,
  PROTOCOL_VERSION,
  readFrameClose,
  readFrameHeader,
  writeNote,
} from '@alongside/protocol';
import type { Bytes } from './bytes.js';
import type { FrameClock } from './frame-clock.js';
import type { FrameFault } from './frame-fault.js';
import type { FrameSocket } from './frame-socket.js';

/** Why a connection is no more: refused or ended by the relay with a code, or lost. */
export type ConnectionEnd =
  | { readonly cause: 'refused'; readonly code: RefusalCode }
  | { readonly cause: 'lost' }
  | { readonly cause: 'closed' };

export interface ConnectionHandlers<Note> {
  readNote(text: string): Note | undefined;
  onNote(note: Note): void;
  /** `frame` has a readable header and is not larger than its kind may be. */
  onFrame(header: FrameHeader, frame: Bytes): void;
  /** Bytes that are no frame, or too many of them for their kind. */
  onRefused(fault: FrameFault, byteLength: number): void;
  onEnd(end: ConnectionEnd): void;
}

export class FrameConnection<Note> {
  readonly #socket: FrameSocket;
  readonly #handlers: ConnectionHandlers<Note>;
  readonly #cancelDeadline: () => void;
  #ended = false;

  /** The socket is open and has carried nothing yet. */
  constructor(
    socket: FrameSocket,
    admission: { readonly pass: string; readonly clock: FrameClock },
    handlers: ConnectionHandlers<Note>,
  ) {
    this.#socket = socket;
    this.#handlers = handlers;
    this.#cancelDeadline = admission.clock.after(frameLimits.admissionMs, () => {
      this.#end({ cause: 'lost' });
    });
    socket.onMessage = (message) => this.#take(message);
    socket.onClose = (closeCode, reason) => {
      const code = readFrameClose(closeCode, reason);
      this.#end(code === undefined ? { cause: 'lost' } : { cause: 'refused', code });
    };
    socket.send(writeNote({ protocol: PROTOCOL_VERSION, pass: admission.pass }));
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  send(...frames: readonly Bytes[]): void {
    if (!this.#ended) this.#socket.send(...frames);
  }

  carry(): boolean {
    return this.#socket.carry?.() ?? false;
  }

  close(): void {
    this.#end({ cause: 'closed' });
  }

  #take(message: Bytes | string): void {
    if (this.#ended) return;
    if (typeof message === 'string') {
      this.#takeNote(message);
      return;
    }
    const header = readFrameHeader(message);
    if (header === undefined) this.#handlers.onRefused('notAFrame', message.byteLength);
    else if (message.byteLength > frameSizeLimit(header.kind)) {
      this.#handlers.onRefused('tooLarge', message.byteLength);
    } else this.#handlers.onFrame(header, message);
  }

  #takeNote(text: string): void {
    const note = this.#handlers.readNote(text);
    if (note === undefined) {
      // A relay that says what this protocol does not know cannot be followed any further.
      this.#end({ cause: 'refused', code: 'serverTooOld' });
      return;
    }
    this.#cancelDeadline();
    this.#handlers.onNote(note);
  }

  #end(end: ConnectionEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancelDeadline();
    this.#socket.onMessage = undefined;
    this.#socket.onClose = undefined;
    this.#socket.close();
    this.#handlers.onEnd(end);
  }
}

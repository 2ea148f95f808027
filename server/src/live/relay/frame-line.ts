/** A client's connection as the relay sees it; the sockets themselves are outside (server/src/live/frames). */

import type { RefusalCode } from '@alongside/protocol';
import type { Frame } from './frame.js';

export interface FrameLine {
  /** Bytes handed over that have not left this process yet. */
  readonly bufferedBytes: number;
  send(frame: Frame): void;
  tell(note: string): void;
  /** Ends the connection with a reason, or without one as if the network had lost it: then the client returns. */
  close(reason: RefusalCode | undefined): void;
}

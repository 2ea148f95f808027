/** What one side of a call asks of the page around it, and tells it. */

import type { CallSealing } from '@alongside/frames';
import type { CommandValues, RemoteProducer, Reply, VisitorCommandName } from '@alongside/protocol';

export type CallCommandName = Extract<VisitorCommandName, `call:${string}`>;
/** What is refused is thrown. */
export type CallAsk = <K extends CallCommandName>(name: K, body: object) => Promise<CommandValues[K]>;
/** Of one stream, and the last of it counts: one that is closed is not muted any more. */
export type CallSay = (
  stream: string,
  name: 'call:mute' | 'call:closeProducer' | 'call:show',
  body: object,
) => void;

export interface CallDeps {
  readonly command: <K extends CallCommandName>(name: K, body: object) => Promise<Reply<CommandValues[K]>>;
  readonly onTrack: (producer: RemoteProducer, track: MediaStreamTrack) => void;
  readonly onChanged: (producer: RemoteProducer) => void;
  readonly onGone: (producerId: string) => void;
  /** Whether this is of who leads the call: others are shown small. */
  readonly isLeads: (producer: RemoteProducer) => boolean;
  /** Of a site whose calls are sealed; undefined where this browser cannot, and then there is no call. */
  readonly seal?: (callId: string) => Promise<CallSealing | undefined>;
  /** Whether this call may be joined in the clear: not once it was sealed, and people were shown its digits. */
  readonly allowsOpen?: (callId: string) => boolean;
  /** Another `way` than before, maybe. */
  readonly onWay: () => void;
  /** The way to the media server is gone and ICE could not mend it. */
  readonly onBroken: () => void;
}

/** What the agent's end of the frames needs from the console, and what it tells the console. */

import type { IntentNoteCode } from '@alongside/protocol';
import type { StreamPosition } from './agent-request.js';
import type { Bytes } from './bytes.js';
import type { Continuity, ContinuityStorage } from './continuity.js';
import type { FrameClock } from './frame-clock.js';
import type { ConnectionEnd } from './frame-connection.js';
import type { FrameFault } from './frame-fault.js';
import type { PageAsset } from './page-asset.js';

export type ReceiverState =
  | { readonly state: 'connecting' }
  /** Admitted; keys are being agreed on, or the first snapshot is on its way. */
  | { readonly state: 'waiting' }
  /** The page has come and could not be read; it was asked for again, which may bring another. */
  | { readonly state: 'unreadable' }
  /** What is shown is the page as it is. */
  | { readonly state: 'live' }
  /** What is shown is the page as it was; what was missed has been asked for. */
  | { readonly state: 'catchingUp' }
  /** The visitor's connection is lost, or the visitor is between two pages. */
  | { readonly state: 'visitorAway' }
  /** Somebody may be between the two: the key that was revealed is not the one committed to. */
  | { readonly state: 'untrusted' }
  | { readonly state: 'broken' }
  | { readonly state: 'ended'; readonly end: ConnectionEnd };

export interface FrameReceiverHooks {
  /** A key agreement is complete: the code to show, and whether it is the one from before. */
  onIntroduced(introduced: { readonly code: string; readonly continuity: Continuity }): void;
  /** The whole page anew: what was shown before is thrown away. */
  onSnapshot(events: readonly unknown[], position: StreamPosition): void;
  /** The next events, in order and without a gap. */
  onEvents(events: readonly unknown[], position: StreamPosition): void;
  onAsset(asset: PageAsset): void;
  /** What became of an intent, as the visitor's page told it. */
  onAnswer(body: unknown): void;
  /** The relay did not pass this intent on, so that no answer to it will come. */
  onIntentRefused?(id: StreamPosition, code: IntentNoteCode): void;
  onState(state: ReceiverState): void;
  onFault(fault: FrameFault): void;
  /** Sees every frame this side has sealed, for the proof that nothing but sealed bytes leaves. */
  onSealed?(frame: Bytes): void;
}

export interface FrameReceiverDeps {
  readonly engagement: string;
  readonly clock: FrameClock;
  /** Without it the code that people compare is new after a reload of the console. */
  readonly storage?: ContinuityStorage;
}

/** What the visitor's end of the frames needs from the page, and what it tells the page. */

import type { AgentId, IntentKind } from '@alongside/protocol';
import type { StreamPosition } from './agent-request.js';
import type { Bytes } from './bytes.js';
import type { Continuity, ContinuityStorage } from './continuity.js';
import type { FrameClock } from './frame-clock.js';
import type { ConnectionEnd } from './frame-connection.js';
import type { FrameFault } from './frame-fault.js';
import type { SealingEngine } from './sealing-engine.js';

/** An agent as the visitor's panel shows it. */
export interface WatchingAgent {
  readonly slot: number;
  readonly agent: AgentId;
  readonly state: 'introduced' | 'watching' | 'away' | 'left';
  /** Six digits that both people see if nobody is between them. */
  readonly code: string;
  readonly continuity: Continuity;
}

/** An intent whose seal, sequence and kind are checked; everything else is the receiver's to check. */
export interface ReceivedIntent {
  readonly slot: number;
  readonly agent: AgentId;
  /** Names the intent in an answer; `sendIntent` gave the agent the same. */
  readonly id: StreamPosition;
  readonly intent: IntentKind;
  readonly lease: number;
  readonly seenEpoch: number;
  readonly seenSequence: number;
  readonly body: unknown;
}

export type SenderState =
  | { readonly state: 'connecting' | 'open' | 'broken' }
  | { readonly state: 'ended'; readonly end: ConnectionEnd };

export interface FrameSenderHooks {
  /** Somebody began or ceased to need the page: record only while it is so. */
  onWatched(watched: boolean): void;
  /** Answer with `snapshot(events)`, at once or as soon as the recorder can. */
  onSnapshotWanted(): void;
  onAgent(agent: WatchingAgent): void;
  onIntent(intent: ReceivedIntent): void;
  /** The page as a whole is too large to be sent to the agent in this slot, who waits for it. */
  onTooLarge?(slot: number): void;
  onWant(want: { readonly slot: number; readonly hashes: readonly string[] }): void;
  onState(state: SenderState): void;
  onFault(fault: FrameFault): void;
  /** Sees every sealed frame, for the proof that nothing but sealed bytes leaves. */
  onSealed?(frame: Bytes): void;
}

export interface FrameSenderDeps {
  readonly engagement: string;
  readonly engine: SealingEngine;
  readonly clock: FrameClock;
  /** Whether an event may be held back for a moment, to leave together with others; without it none is. */
  readonly mayWait?: (event: unknown) => boolean;
  /** Without it the code that people compare is new on each page. */
  readonly storage?: ContinuityStorage;
}

/**
 * All that the relay asks of the world. Answers come from memory, at once: the relay asks before each frame
 * and never waits. The other direction (`FrameDoor`) is how the engagement's rules reach into open connections
 * in the same turn in which a consent changes, so that no frame slips through afterwards.
 */

import type { AgentId, EngagementId, IntentKind } from '@alongside/protocol';

/** What an agent is about to do on a page, as the clear header of the intent says it. */
export interface Act {
  readonly engagementId: EngagementId;
  readonly agentId: AgentId;
  readonly intent: IntentKind;
  /** 0 for pointing and drawing, which need no lease. */
  readonly lease: number;
}

export interface FrameGate {
  /** The visitor's consent to view holds now. */
  mayPublish(engagementId: EngagementId): boolean;
  /** The consent holds now, and this is one of the agents who may see the page under it. */
  mayWatch(engagementId: EngagementId, agentId: AgentId): boolean;
  /** As `mayWatch`, the visitor is connected, and for a leased kind this lease is in force now and names it. */
  mayAct(act: Act): boolean;
  /** An intent was forwarded: it is counted by kind for the record of who did what. */
  acted(act: Act): void;
}

/** Who holds a connection to the relay. `sessionId` names one page of a visitor or one window of an agent. */
export type FrameSeat =
  | { readonly role: 'visitor'; readonly engagementId: EngagementId; readonly sessionId: string }
  | {
      readonly role: 'agent';
      readonly engagementId: EngagementId;
      readonly sessionId: string;
      readonly agentId: AgentId;
      /** The agent's number in the engagement, which is their slot; without it the next one is. */
      readonly place?: number;
    };

/** What the engagement's rules tell the relay, synchronously. Each is harmless when it repeats itself. */
export interface FrameDoor {
  /** The consent to view began to hold: connections may be admitted. */
  opened(engagementId: EngagementId): void;
  /** The consent ended: every connection of the engagement closes with `consentMissing`. */
  closed(engagementId: EngagementId): void;
  /** The agent may not watch any more, or has lost a permission: its connections close. */
  agentRemoved(engagementId: EngagementId, agentId: AgentId): void;
}

/** What the relay tells: connections that came and went, for the record of who could see the page and when. */
export interface FrameAttendance {
  came(seat: FrameSeat): void;
  went(seat: FrameSeat): void;
}

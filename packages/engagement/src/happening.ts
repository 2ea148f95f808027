/** Everything that can happen to an engagement. Who did it was checked before; whether it may happen now is not. */

import type {
  AgentId,
  AskedIn,
  AskId,
  CallExpert,
  CallMedia,
  CallMode,
  EndReason,
  JoinedRole,
  Language,
  LeasedKind,
  MediaSource,
  Party,
  SharedSurface,
} from '@alongside/protocol';
import type { CallMember } from './call/call-audience.js';
import type { DepartureReason } from './journal.js';

export type Happening =
  | { readonly type: 'offer'; readonly agentId: AgentId; readonly expiresAt: number }
  | { readonly type: 'declineOffer'; readonly agentId: AgentId }
  | { readonly type: 'expireOffer' }
  | {
      readonly type: 'accept';
      readonly agentId: AgentId;
      readonly displayName: string;
      /** Not an agent by role: should the lead pass, they go on as a supervisor. */
      readonly supervises?: true;
      readonly byConsent?: true;
    }
  | { readonly type: 'lineCommitted'; readonly number: number; readonly ledgerVersion: number }
  | { readonly type: 'visitorLeft' }
  | { readonly type: 'visitorReturned' }
  | { readonly type: 'agentLeft'; readonly agentId: AgentId }
  | { readonly type: 'agentReturned'; readonly agentId: AgentId }
  | {
      readonly type: 'join';
      readonly agentId: AgentId;
      readonly displayName: string;
      readonly role: JoinedRole;
      readonly byConsent?: true;
    }
  /** Of their own will, or because they are gone or may not go on. */
  | { readonly type: 'leave'; readonly agentId: AgentId; readonly reason: DepartureReason }
  /** To this agent. */
  | {
      readonly type: 'passLead';
      readonly agentId: AgentId;
      readonly by: AgentId;
      /** As which the one who led goes on in this call, should it go on. */
      readonly stays?: { readonly callId: string; readonly presenceId: string };
    }
  /** Whoever was asked into the call to lead it has not come. */
  | { readonly type: 'expireHeir' }
  /** By who was asked into a call to lead it, or by who asked. */
  | { readonly type: 'keepLead'; readonly agentId: AgentId }
  | { readonly type: 'noticeAgent'; readonly agentId: AgentId }
  | { readonly type: 'hideFrom'; readonly agentId: AgentId }
  | { readonly type: 'showTo'; readonly agentId: AgentId; readonly words?: AskedIn | undefined }
  /** One side has been away for longer than co-browse and calls go on without asking. */
  | { readonly type: 'awayTooLong' }
  /** The visitor has been away for longer than a lease waits for them. */
  | { readonly type: 'endLeasesAway' }
  | {
      readonly type: 'askView';
      readonly askId: AskId;
      readonly agentId: AgentId;
      readonly kinds: readonly LeasedKind[];
    }
  /** `lease` as of `grantControl`, for what was asked with the view. */
  | {
      readonly type: 'grantView';
      readonly askId: AskId;
      readonly lease: number;
      readonly words?: AskedIn | undefined;
    }
  | { readonly type: 'refuseView'; readonly askId: AskId }
  | { readonly type: 'cancelView'; readonly agentId: AgentId }
  | { readonly type: 'stopView'; readonly recorded?: true }
  | { readonly type: 'expireView' }
  | {
      readonly type: 'askControl';
      readonly askId: AskId;
      readonly agentId: AgentId;
      readonly kinds: readonly LeasedKind[];
      readonly leaseMs: number;
    }
  /** `lease` is higher than any before it, those that were never granted included. */
  | {
      readonly type: 'grantControl';
      readonly askId: AskId;
      readonly lease: number;
      readonly words?: AskedIn | undefined;
    }
  | { readonly type: 'refuseControl'; readonly askId: AskId }
  | { readonly type: 'cancelControl'; readonly agentId: AgentId }
  /** All leases, or the one with this number; an agent gives back their own alone. */
  | { readonly type: 'endControl'; readonly by: 'visitor'; readonly lease?: number }
  | {
      readonly type: 'endControl';
      readonly by: 'agent';
      readonly agentId: AgentId;
      readonly lease?: number;
    }
  | { readonly type: 'expireLease'; readonly lease: number }
  | {
      readonly type: 'startCall';
      readonly askId: AskId;
      readonly by: Party;
      readonly media: CallMedia;
      /** Of the visitor who starts it: their consent counts once it is answered. */
      readonly words?: AskedIn | undefined;
    }
  | {
      readonly type: 'acceptCall';
      readonly askId: AskId;
      readonly by: Party;
      readonly media: CallMedia;
      readonly callId: string;
      readonly words?: AskedIn | undefined;
    }
  | { readonly type: 'refuseCall'; readonly askId: AskId; readonly by: Party }
  | { readonly type: 'cancelCall'; readonly by: Party }
  | {
      readonly type: 'grantSource';
      readonly source: MediaSource;
      /** Of a screen: without one it is refused. */
      readonly surface?: SharedSurface | undefined;
      readonly words?: AskedIn | undefined;
    }
  | { readonly type: 'withdrawSource'; readonly source: MediaSource; readonly recorded?: true }
  | { readonly type: 'endCall'; readonly by: Party | 'system' }
  | {
      readonly type: 'attendCall';
      readonly presenceId: string;
      readonly agentId: AgentId;
      readonly mode: CallMode;
      /** Of who was invited by a link: who they are, and into which call. */
      readonly expert?: CallExpert & { readonly callId: string };
    }
  /** The visitor's page shows who is in the call, and in which way; an expert, that the visitor has let them in. */
  | { readonly type: 'noticeCall'; readonly presenceId: string; readonly words?: AskedIn | undefined }
  | { readonly type: 'leaveCall'; readonly agentId: AgentId }
  /** By the visitor or an agent: of experts alone. */
  | { readonly type: 'removeExpert'; readonly presenceId: string; readonly by: CallMember }
  | { readonly type: 'expireAsk'; readonly askId: AskId }
  /** Nothing but the visitor's explicit consent would let this agent in. */
  | {
      readonly type: 'askTransfer';
      readonly askId: AskId;
      readonly agentId: AgentId;
      readonly displayName: string;
      readonly country: string;
    }
  | {
      readonly type: 'grantTransfer';
      readonly askId: AskId;
      readonly version: string;
      readonly language: Language;
    }
  | { readonly type: 'refuseTransfer'; readonly askId: AskId }
  | { readonly type: 'expireTransfer'; readonly askId: AskId }
  /** Whoever is in by it has to leave in the same turn. */
  | { readonly type: 'withdrawTransfers'; readonly recorded?: true }
  /** View, lease, call and every open question end at once; the engagement goes on. */
  | { readonly type: 'stopSharing'; readonly by: Party | 'system' }
  | {
      readonly type: 'end';
      readonly by: Party | 'system';
      readonly reason: EndReason;
      /** It is in the ledger already: `records` told of it. */
      readonly recorded?: true;
    }
  /** `records` told of it: somebody says that something in it is wrong. */
  | { readonly type: 'dispute' }
  | {
      readonly type: 'close';
      /** As above. */
      readonly recorded?: true;
    };

export type HappeningType = Happening['type'];
export type HappeningOf<T extends HappeningType> = Extract<Happening, { readonly type: T }>;

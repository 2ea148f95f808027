/** What both sides are shown of an engagement: the whole state, sent again whenever it changes. */

import type { IntentKind } from './frame-header.js';
import type { AgentId, AskId, EngagementId, SiteId } from './ids.js';
import type { Language } from './language.js';

export type EngagementPhase = 'waiting' | 'offered' | 'active' | 'wrapUp' | 'closed';
/**
 * `watch`: that one agent among several sees the page, given and taken by the visitor for that agent alone.
 * `transfer`: that the conversation is shown in a country that nothing else covers (GDPR Art. 49(1)(a)).
 */
export type ConsentScope = 'view' | 'watch' | 'control' | 'voice' | 'video' | 'screen' | 'transfer';
export type CallMedia = 'voice' | 'video';
export type Party = 'visitor' | 'agent';
/** How somebody takes part in a call beside the lead: only agents hear who whispers, and nobody who listens. */
export type CallMode = 'speak' | 'whisper' | 'listen';
/** What a site lets be shown in its calls: nothing, the visitor's own page with its private parts covered, or any. */
export type ScreenPolicy = 'none' | 'tab' | 'any';
/** `tab`: the page that the visitor is on, its private parts covered. */
export type SharedSurface = 'tab' | 'window' | 'screen';
/** How an agent who was let in beside the lead takes part. */
export type JoinedRole = 'agent' | 'supervisor';
export type AgentRole = 'lead' | JoinedRole;
/** What an agent may be lent, each apart: every kind of act needs a lease that names it. */
export type LeasedKind = IntentKind;

export type EndReason =
  | 'visitorEnded'
  | 'agentEnded'
  | 'visitorLeft'
  | 'abandoned'
  | 'revoked'
  | 'transferLapsed'
  | 'erased'
  | 'restricted';

export type ViewState =
  | { readonly state: 'off' }
  | {
      readonly state: 'asked';
      readonly askId: AskId;
      /** Who asked, and is lent what is asked for with it. */
      readonly agentId: AgentId;
      /** What is asked for together with the view, lent for as long as the view lasts. */
      readonly kinds: readonly LeasedKind[];
      readonly expiresAt: number;
    }
  | {
      readonly state: 'on';
      readonly entry: number;
      readonly since: number;
      /** When the view ends by itself. */
      readonly expiresAt: number;
      readonly paused: boolean;
    };

export interface LeaseView {
  readonly lease: number;
  /** Nobody else may act under it. */
  readonly agentId: AgentId;
  readonly kinds: readonly LeasedKind[];
  readonly expiresAt: number;
}

/** One question at a time; the leases that were given beside it go on. */
export interface ControlState {
  readonly asked?: {
    readonly askId: AskId;
    readonly agentId: AgentId;
    readonly kinds: readonly LeasedKind[];
    readonly leaseMs: number;
    readonly expiresAt: number;
  };
  readonly leases: readonly LeaseView[];
}

export type CallState =
  | { readonly state: 'off' }
  | {
      readonly state: 'asked';
      readonly askId: AskId;
      readonly by: Party;
      readonly media: CallMedia;
      readonly expiresAt: number;
    }
  | {
      readonly state: 'on';
      readonly callId: string;
      readonly since: number;
      /** What the visitor has agreed to give of their own voice and picture. */
      readonly visitorVoice: boolean;
      readonly visitorVideo: boolean;
      /** The lead passes to them once the visitor is shown them in the call. */
      readonly heir?: CallHeir;
      /** Who is in it beside the lead, in the order in which they came. */
      readonly present?: readonly CallPresent[];
      /** Present while the visitor has agreed to show it. */
      readonly visitorScreen?: SharedSurface;
      /** What the site lets be shown; absent where nothing may. */
      readonly screens?: Exclude<ScreenPolicy, 'none'>;
    };

/** Another mode is another presence: what the visitor was shown of the one says nothing of the next. */
export interface CallPresent {
  readonly presenceId: string;
  readonly agentId: AgentId;
  readonly mode: CallMode;
  readonly since: number;
  /** The visitor's page has said that it shows this; before that nothing is heard by them or of them. */
  readonly noticed: boolean;
  /** Of who was invited by a link and is nobody of the customer's; `agentId` is theirs for this call alone. */
  readonly expert?: CallExpert;
}

/** Who was asked into a call, to lead it: until then. */
export interface CallHeir {
  readonly agentId: AgentId;
  /** Who asked them, or took the lead themselves: they may take it back. */
  readonly by: AgentId;
  readonly expiresAt: number;
}

/** Who an expert is, as the lead has stated it and everybody in the call is shown it. */
export interface CallExpert {
  readonly displayName: string;
  readonly organisation: string;
}

/** All that an expert is told of the engagement: who is in the call with them. */
export interface ExpertView {
  readonly engagementId: EngagementId;
  readonly siteName: string;
  readonly callId: string;
  readonly since: number;
  /** The visitor's page has said that it shows them; before that they hear nothing and are not heard. */
  readonly noticed: boolean;
  readonly people: readonly {
    readonly agentId: AgentId;
    readonly displayName: string;
    readonly role: AgentRole | 'expert';
  }[];
}

/** Asked of the visitor before an agent is let in whom nothing but their explicit consent lets in. */
export interface TransferQuestion {
  readonly askId: AskId;
  readonly agentId: AgentId;
  readonly displayName: string;
  /** Where that agent works. */
  readonly country: string;
  readonly expiresAt: number;
}

/** One of the agents who take part, as everybody is shown them. */
export interface AgentPresent {
  readonly agentId: AgentId;
  readonly displayName: string;
  readonly connected: boolean;
  readonly role: AgentRole;
  /** Whoever leads and is a supervisor goes on as one when the lead passes. */
  readonly supervises: boolean;
  /** The agent's number in the engagement, by which colours are told apart; nobody else gets it. */
  readonly place: number;
  readonly since: number;
  /** The visitor's page has said that they are here; before that they see nothing of it. */
  readonly noticed: boolean;
  /** The visitor does not show the page to this one. */
  readonly hidden: boolean;
  /** In by the visitor's explicit consent to where they work, and only as long as it holds. */
  readonly byConsent?: true;
}

export interface EngagementView {
  readonly engagementId: EngagementId;
  readonly siteId: SiteId;
  readonly siteName: string;
  readonly phase: EngagementPhase;
  /** Rises with every change; an older view is dropped. */
  readonly version: number;
  readonly requestedAt: number;
  readonly topic?: string;
  readonly visitor: {
    readonly name?: string;
    /** Whom the customer's own server says they have signed in. */
    readonly confirmedAs?: string;
    readonly language: Language;
    readonly connected: boolean;
    /** The visitor has not said that they are of the age to consent themselves: nobody asks them to. */
    readonly asksNothing?: true;
  };
  readonly agent?: { readonly agentId: AgentId; readonly displayName: string; readonly connected: boolean };
  /** All who take part now, the lead first, then as they came; `agent` is the lead. */
  readonly agents: readonly AgentPresent[];
  readonly view: ViewState;
  readonly control: ControlState;
  readonly call: CallState;
  readonly transfer?: TransferQuestion;
  /** Countries that the visitor has explicitly agreed to, for this conversation. */
  readonly transfers?: readonly string[];
  readonly lastChatNumber: number;
  readonly ended?: { readonly by: Party | 'system'; readonly reason: EndReason; readonly at: number };
}

/** The fact that made the view change, for announcements to people and for tests. */
export type EngagementChange =
  | 'engagement:requested'
  | 'engagement:offered'
  | 'engagement:accepted'
  | 'engagement:ended'
  | 'engagement:closed'
  | 'participant:left'
  | 'participant:returned'
  | 'agent:joined'
  | 'agent:noticed'
  | 'agent:departed'
  | 'agent:hidden'
  | 'agent:shown'
  | 'lead:offered'
  | 'lead:declined'
  | 'lead:kept'
  | 'lead:passed'
  | 'view:asked'
  | 'view:granted'
  | 'view:refused'
  | 'view:cancelled'
  | 'view:stopped'
  | 'control:asked'
  | 'control:granted'
  | 'control:refused'
  | 'control:cancelled'
  | 'control:ended'
  | 'call:asked'
  | 'call:answered'
  | 'call:refused'
  | 'call:cancelled'
  | 'call:changed'
  | 'call:attended'
  | 'call:noticed'
  | 'call:left'
  | 'call:ended'
  | 'transfer:asked'
  | 'transfer:granted'
  | 'transfer:refused'
  | 'transfer:cancelled'
  | 'transfer:withdrawn'
  | 'session:synchronised';

/**
 * How calls stand on this node: the media worker may still be under construction. `paused` is a circuit that opened
 * because workers kept dying; it closes by itself, and is tried at `until`.
 */
export type CallAvailability =
  | { readonly state: 'ready' }
  | { readonly state: 'paused'; readonly until: number }
  | { readonly state: 'building'; readonly done?: number; readonly total?: number }
  | { readonly state: 'unavailable'; readonly remedy?: string };

/** Whether records can be written now; while not, new grants and chat lines wait. */
export type StorageState = 'up' | 'down';

/** The state of an engagement as a union: what cannot be true in a phase cannot be written down in it. */

import type {
  AgentId,
  AskedIn,
  AskId,
  CallHeir,
  CallMedia,
  CallPresent,
  ControlState,
  EndReason,
  EngagementId,
  Language,
  LeasedKind,
  Party,
  ScreenPolicy,
  SharedSurface,
  SiteId,
  TenantId,
  TransferQuestion,
} from '@alongside/protocol';

/** Whether a participant has a connection; absence is a field with its beginning, not a phase of its own. */
export type Presence = { readonly connected: true } | { readonly connected: false; readonly since: number };

export interface AgentSeat {
  readonly agentId: AgentId;
  readonly displayName: string;
  readonly presence: Presence;
  /** In by the visitor's explicit consent to where they work, and by nothing else. */
  readonly byConsent?: true;
}

/** An agent who takes part while the engagement runs. */
export interface ActiveSeat extends AgentSeat {
  /** Nobody else of the engagement has or had this number. */
  readonly place: number;
  readonly since: number;
  /** The visitor's page has said that they are here. */
  readonly noticed: boolean;
  readonly supervises: boolean;
}

export type ViewConsent =
  | { readonly state: 'off' }
  | {
      readonly state: 'asked';
      readonly askId: AskId;
      readonly agentId: AgentId;
      readonly kinds: readonly LeasedKind[];
      readonly expiresAt: number;
    }
  /** `entry` is the number of the committed ledger entry that grants it. */
  | {
      readonly state: 'on';
      readonly entry: number;
      readonly since: number;
      readonly expiresAt: number;
    };

/** What is lent and what is asked for, as both sides are shown it. */
export type Control = ControlState;

export type Call =
  | { readonly state: 'off' }
  | {
      readonly state: 'asked';
      readonly askId: AskId;
      readonly by: Party;
      readonly media: CallMedia;
      /** In which the visitor who started it agreed to it. */
      readonly words?: AskedIn | undefined;
      readonly expiresAt: number;
    }
  | {
      readonly state: 'on';
      readonly callId: string;
      readonly since: number;
      readonly visitorVoice: boolean;
      readonly visitorVideo: boolean;
      /** Who was asked into it, to lead it. */
      readonly heir?: CallHeir;
      /** Who is in it beside the lead. */
      readonly present?: readonly CallPresent[];
      readonly visitorScreen?: SharedSurface;
    };

export interface Ended {
  readonly by: Party | 'system';
  readonly reason: EndReason;
  readonly at: number;
}

interface Common {
  readonly engagementId: EngagementId;
  readonly tenantId: TenantId;
  readonly siteId: SiteId;
  readonly siteName: string;
  /** Rises with every change; it starts at the clock's time, so that a restarted node never counts backwards. */
  readonly version: number;
  /** The highest version of the ledger that this state is known to hold. */
  readonly ledgerVersion: number;
  readonly requestedAt: number;
  readonly topic?: string;
  readonly visitorName?: string;
  readonly confirmedAs?: string;
  /** Somebody says that something in it is wrong: nobody is shown its words but those who are in it. */
  readonly disputed?: true;
  readonly language: Language;
  readonly visitor: Presence;
  readonly lastChatNumber: number;
  readonly lastLease: number;
  readonly transfer?: TransferQuestion;
  /** Countries that the visitor has explicitly agreed to. */
  readonly transfers?: readonly string[];
  /** The visitor has not said that they are of the age to consent themselves. */
  readonly asksNothing?: true;
  /** Calls go through a relay alone. */
  readonly relayOnly?: true;
  /** Voice and picture of calls are sealed from end to end. */
  readonly mediaSealed?: true;
  /** What may be shown in calls; absent where nothing may. */
  readonly screens?: Exclude<ScreenPolicy, 'none'>;
}

export interface WaitingEngagement extends Common {
  readonly phase: 'waiting';
}

/** A desk offers the engagement to one agent: the seat of routing. */
export interface OfferedEngagement extends Common {
  readonly phase: 'offered';
  readonly offer: { readonly agentId: AgentId; readonly expiresAt: number };
}

export interface ActiveEngagement extends Common {
  readonly phase: 'active';
  /** The lead. */
  readonly agent: ActiveSeat;
  /** All others, in the order in which they came. */
  readonly joined: readonly ActiveSeat[];
  /** Agents to whom the visitor does not show the page, also such as have left meanwhile. */
  readonly hiddenFrom: readonly AgentId[];
  readonly lastPlace: number;
  readonly view: ViewConsent;
  readonly control: Control;
  readonly call: Call;
}

export interface WrapUpEngagement extends Common {
  readonly phase: 'wrapUp';
  readonly agent: AgentSeat;
  /** Unknown after a rebuild: the ledger on a ticket says only that it has ended. */
  readonly ended?: Ended;
}

export interface ClosedEngagement extends Common {
  readonly phase: 'closed';
  readonly agent?: AgentSeat;
  readonly ended?: Ended;
}

export type Engagement =
  | WaitingEngagement
  | OfferedEngagement
  | ActiveEngagement
  | WrapUpEngagement
  | ClosedEngagement;

/** The agent of an engagement, in the phases that have one: the lead, where there are several. */
export function agentOf(engagement: Engagement): AgentSeat | undefined {
  return 'agent' in engagement ? engagement.agent : undefined;
}

/** All agents who take part, the lead first. */
export function agentsOf(engagement: ActiveEngagement): readonly ActiveSeat[];
export function agentsOf(engagement: Engagement): readonly AgentSeat[];
export function agentsOf(engagement: Engagement): readonly AgentSeat[] {
  if (engagement.phase === 'active') return [engagement.agent, ...engagement.joined];
  const agent = agentOf(engagement);
  return agent === undefined ? [] : [agent];
}

export function seatOf(engagement: ActiveEngagement, agentId: AgentId): ActiveSeat | undefined {
  const { agent, joined } = engagement;
  // Asked for each frame and each agent: no list is made.
  return agent.agentId === agentId ? agent : joined.find((each) => each.agentId === agentId);
}

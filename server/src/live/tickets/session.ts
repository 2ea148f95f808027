/** Who a connection belongs to, as a ticket said it; kept across connections by the resume pass. */

import type { AgentId, EngagementId, JoinedRole, SiteId, TenantId } from '@alongside/protocol';

export interface VisitorIdentity {
  readonly role: 'visitor';
  readonly tenantId: TenantId;
  readonly engagementId: EngagementId;
}

export interface AgentIdentity {
  readonly role: 'agent';
  readonly tenantId: TenantId;
  readonly agentId: AgentId;
  readonly displayName: string;
  readonly siteIds: readonly SiteId[];
  /** Where they may be shown what a visitor wrote before they have taken the engagement. */
  readonly readableSiteIds: readonly SiteId[];
  readonly joinsAs: readonly JoinedRole[];
}

/** Of who was invited into one call by a link. */
export interface ExpertIdentity {
  readonly role: 'expert';
  readonly tenantId: TenantId;
  readonly engagementId: EngagementId;
  readonly callId: string;
  /** Theirs in this call, and nobody's account. */
  readonly agentId: AgentId;
  readonly displayName: string;
  readonly organisation: string;
}

export type Identity = VisitorIdentity | AgentIdentity | ExpertIdentity;

/** One page of a visitor or an expert, or one window of an agent. */
export interface Session<I extends Identity = Identity> {
  readonly sessionId: string;
  /** The page's origin, from the ticket; every connection of the session must come from it. */
  readonly origin: string;
  readonly identity: I;
}

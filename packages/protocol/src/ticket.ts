/**
 * The ticket: an ES256 JWT of at most 60 s that opens one connection to one `live` node, once. It carries what
 * the ledger of `records` holds, so that a node that starts empty rebuilds an engagement from tickets alone.
 */

import * as v from 'valibot';
import { AgentId, EngagementId, SiteId, TenantId } from './ids.js';
import { Language } from './language.js';
import { limits } from './limits.js';

export const TICKET_TYPE = 'alongside-ticket+jwt';
export const TICKET_ISSUER = 'alongside-records';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What the ledger holds of one engagement; the highest `version` wins over any other. */
export const EngagementLedger = v.strictObject({
  engagementId: EngagementId,
  tenantId: TenantId,
  siteId: SiteId,
  siteName: v.string(),
  version: Count,
  phase: v.picklist(['waiting', 'active', 'wrapUp', 'closed']),
  requestedAt: Count,
  topic: v.optional(v.string()),
  visitorName: v.optional(v.string()),
  confirmedAs: v.optional(v.string()),
  language: Language,
  agent: v.optional(
    v.strictObject({
      agentId: AgentId,
      displayName: v.string(),
      /** In by the visitor's explicit consent to where they work. */
      byConsent: v.optional(v.literal(true)),
    }),
  ),
  /** Whether the lead is a supervisor, and who else takes part, in the order in which they came. */
  leadSupervises: v.optional(v.boolean()),
  joined: v.optional(
    v.array(
      v.strictObject({
        agentId: AgentId,
        displayName: v.string(),
        role: v.picklist(['agent', 'supervisor']),
        joinedAt: Count,
        byConsent: v.optional(v.literal(true)),
      }),
    ),
  ),
  /** Agents to whom the visitor does not show the page. */
  hidden: v.optional(v.array(AgentId)),
  /** Countries that the visitor has explicitly agreed to. */
  transfers: v.optional(v.array(v.string())),
  /** Nobody may ask the visitor for a consent. */
  asksNothing: v.optional(v.literal(true)),
  /** Its words are shown to nobody but those who are in it. */
  disputed: v.optional(v.literal(true)),
  /** Consents in force with the number of the entry that granted them. */
  consents: v.array(
    v.strictObject({
      scope: v.picklist(['view', 'control', 'voice', 'video', 'screen']),
      entry: Count,
      grantedAt: Count,
    }),
  ),
  /** Calls of this site go through a relay alone. */
  relayOnly: v.optional(v.literal(true)),
  /** Voice and picture are sealed from end to end. */
  mediaSealed: v.optional(v.literal(true)),
  /** What may be shown in its calls; absent where nothing may. */
  screens: v.optional(v.picklist(['tab', 'any'])),
  lastChatNumber: Count,
  lastLease: Count,
});
export type EngagementLedger = v.InferOutput<typeof EngagementLedger>;

const shared = {
  iss: v.literal(TICKET_ISSUER),
  /** `<nodeId>:<startNumber>` of the node it opens; a restarted node refuses tickets of its former life. */
  aud: v.pipe(v.string(), v.maxLength(120)),
  sub: v.pipe(v.string(), v.maxLength(64)),
  jti: v.pipe(v.string(), v.uuid()),
  iat: Count,
  nbf: Count,
  exp: Count,
  tenantId: TenantId,
  liveUrl: v.pipe(v.string(), v.url()),
  /** The page's origin; the socket's `Origin` must equal it. */
  origin: v.pipe(v.string(), v.maxLength(255)),
};

export const VisitorTicket = v.strictObject({
  ...shared,
  role: v.literal('visitor'),
  engagement: EngagementLedger,
});
export type VisitorTicket = v.InferOutput<typeof VisitorTicket>;

export const AgentTicket = v.strictObject({
  ...shared,
  role: v.literal('agent'),
  agentId: AgentId,
  displayName: v.pipe(v.string(), v.maxLength(limits.nameLength)),
  siteIds: v.array(SiteId),
  /** Of these, where a transfer of what visitors wrote to this agent's country has a basis. */
  readableSiteIds: v.array(SiteId),
  /** As what they may join what a colleague leads; as an agent where nothing is said. */
  joinsAs: v.optional(v.array(v.picklist(['agent', 'supervisor']))),
  /** The engagements that the ledger says are this agent's and not closed. */
  engagements: v.array(EngagementLedger),
});
export type AgentTicket = v.InferOutput<typeof AgentTicket>;

/** Of somebody who was invited into one call, and is let into nothing else: the node knows it, or they stay out. */
export const ExpertTicket = v.strictObject({
  ...shared,
  role: v.literal('expert'),
  engagementId: EngagementId,
  callId: v.pipe(v.string(), v.maxLength(64)),
  expertId: AgentId,
  displayName: v.pipe(v.string(), v.maxLength(limits.expertNameLength)),
  organisation: v.pipe(v.string(), v.maxLength(limits.organisationLength)),
});
export type ExpertTicket = v.InferOutput<typeof ExpertTicket>;

export const Ticket = v.variant('role', [VisitorTicket, AgentTicket, ExpertTicket]);
export type Ticket = v.InferOutput<typeof Ticket>;

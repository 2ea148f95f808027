/** What may come over the journal: the shapes are checked even though the other end has proved who it is. */

import {
  type JournalEntry,
  type LiveHello,
  type LiveRoster,
  type LiveStatus,
  saidIn,
} from '@alongside/engagement';
import {
  AgentId,
  AskedIn,
  CallFigures,
  DocumentId,
  EngagementId,
  Language,
  LeasedKinds,
  LineId,
  limits,
  personText,
  SiteId,
  Software,
  TenantId,
  TruncatedAddress,
} from '@alongside/protocol';
import * as v from 'valibot';

const Milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8_640_000_000_000));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_000_000_000));
const Lease = v.pipe(Count, v.minValue(1));
const Party = v.picklist(['visitor', 'agent']);
const Actor = v.picklist(['visitor', 'agent', 'system']);
const Media = v.picklist(['voice', 'video']);
const CallId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

const Score = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)));
const Measured = v.strictObject({ ...CallFigures.entries, upQuality: Score, downQuality: Score });

const common = { entryId: v.pipe(v.string(), v.uuid()), engagementId: EngagementId, at: Milliseconds };

const EndReason = v.picklist([
  'visitorEnded',
  'agentEnded',
  'visitorLeft',
  'abandoned',
  'revoked',
  'transferLapsed',
  'erased',
]);

const Entry = v.variant('type', [
  v.strictObject({
    type: v.literal('chatLine'),
    ...common,
    lineId: LineId,
    from: Party,
    agentId: v.optional(AgentId),
    text: personText(limits.chatLineLength),
  }),
  v.strictObject({ type: v.literal('accepted'), ...common, agentId: AgentId }),
  v.strictObject({
    type: v.literal('joined'),
    ...common,
    agentId: AgentId,
    role: v.picklist(['agent', 'supervisor']),
  }),
  v.strictObject({ type: v.literal('noticed'), ...common, agentId: AgentId }),
  v.strictObject({
    type: v.literal('departed'),
    ...common,
    agentId: AgentId,
    reason: v.picklist(['left', 'lost', 'revoked', 'transferLapsed', 'ended']),
  }),
  v.strictObject({
    type: v.literal('leadPassed'),
    ...common,
    agentId: AgentId,
    from: AgentId,
    stays: v.boolean(),
  }),
  v.strictObject({
    type: v.literal('consent'),
    ...common,
    scope: v.picklist(['view', 'watch', 'control', 'voice', 'video', 'screen', 'transfer']),
    act: v.picklist(['granted', 'refused', 'withdrawn']),
    agentId: v.optional(AgentId),
    words: v.optional(AskedIn),
    transfer: v.optional(
      v.strictObject({
        country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)),
        version: v.optional(v.pipe(v.string(), v.isoDate())),
        language: v.optional(Language),
      }),
    ),
  }),
  v.strictObject({
    type: v.literal('leaseGranted'),
    ...common,
    lease: Lease,
    agentId: AgentId,
    kinds: LeasedKinds,
    leaseMs: Count,
    words: v.optional(AskedIn),
  }),
  v.strictObject({
    type: v.literal('leaseEnded'),
    ...common,
    lease: Lease,
    by: Actor,
    reason: v.picklist(['expired', 'takenBack', 'released', 'left', 'viewEnded', 'ended']),
  }),
  v.strictObject({
    type: v.literal('watchStarted'),
    ...common,
    watchId: v.pipe(v.string(), v.uuid()),
    agentId: AgentId,
    from: Milliseconds,
  }),
  v.strictObject({
    type: v.literal('watched'),
    ...common,
    watchId: v.pipe(v.string(), v.uuid()),
    agentId: AgentId,
    from: Milliseconds,
    to: Milliseconds,
    acts: v.strictObject({
      point: v.optional(Count),
      draw: v.optional(Count),
      scroll: v.optional(Count),
      click: v.optional(Count),
      type: v.optional(Count),
      navigate: v.optional(Count),
    }),
  }),
  v.strictObject({
    type: v.literal('delivered'),
    ...common,
    deliveryId: v.pipe(v.string(), v.uuid()),
    agentId: AgentId,
    kind: v.picklist(['page', 'link', 'document']),
    documentId: v.optional(DocumentId),
  }),
  v.strictObject({
    type: v.literal('deliveryAnswered'),
    ...common,
    deliveryId: v.pipe(v.string(), v.uuid()),
    opened: v.boolean(),
  }),
  v.strictObject({ type: v.literal('callStarted'), ...common, callId: CallId, media: Media, by: Party }),
  v.strictObject({
    type: v.literal('callShared'),
    ...common,
    callId: CallId,
    party: Party,
    surface: v.optional(v.picklist(['tab', 'window', 'screen'])),
  }),
  v.strictObject({
    type: v.literal('callMeasured'),
    ...common,
    callId: CallId,
    side: v.picklist(['visitor', 'lead', 'agent', 'supervisor', 'expert']),
    agentId: v.optional(AgentId),
    measured: Measured,
  }),
  v.strictObject({
    type: v.literal('callAttended'),
    ...common,
    presenceId: v.pipe(v.string(), v.uuid()),
    callId: CallId,
    agentId: AgentId,
    mode: v.picklist(['speak', 'whisper', 'listen']),
    noticed: v.optional(v.literal(true)),
    expert: v.optional(v.literal(true)),
  }),
  v.strictObject({
    type: v.literal('callNoticed'),
    ...common,
    presenceId: v.pipe(v.string(), v.uuid()),
    words: v.optional(AskedIn),
  }),
  v.strictObject({
    type: v.literal('callLeft'),
    ...common,
    presenceId: v.pipe(v.string(), v.uuid()),
    removedBy: v.optional(v.union([v.literal('visitor'), AgentId])),
  }),
  v.strictObject({
    type: v.literal('callEnded'),
    ...common,
    callId: CallId,
    by: Actor,
    durationMs: Milliseconds,
  }),
  v.strictObject({
    type: v.literal('connected'),
    ...common,
    party: Party,
    agentId: v.optional(AgentId),
    truncatedAddress: TruncatedAddress,
    software: Software,
  }),
  v.strictObject({ type: v.literal('disconnected'), ...common, party: Party, agentId: v.optional(AgentId) }),
  v.strictObject({ type: v.literal('ended'), ...common, by: Actor, reason: EndReason }),
  v.strictObject({ type: v.literal('closed'), ...common }),
]);

const Hello = v.strictObject({
  nodeId: v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/)),
  startNumber: v.pipe(v.string(), v.regex(/^[\w.-]{1,50}$/)),
  liveUrl: v.pipe(v.string(), v.url(), v.maxLength(255)),
  sharesDesk: v.optional(v.boolean()),
  proof: v.pipe(v.string(), v.maxLength(64)),
});

const CallAvailability = v.variant('state', [
  v.strictObject({ state: v.literal('ready') }),
  v.strictObject({ state: v.literal('paused'), until: Milliseconds }),
  v.strictObject({ state: v.literal('building'), done: v.optional(Count), total: v.optional(Count) }),
  v.strictObject({
    state: v.literal('unavailable'),
    remedy: v.optional(v.pipe(v.string(), v.maxLength(500))),
  }),
]);

const Status = v.strictObject({
  calls: CallAvailability,
  staffedSites: v.pipe(v.array(SiteId), v.maxLength(100_000)),
});

const Roster = v.strictObject({
  agents: v.array(v.strictObject({ tenantId: TenantId, agentId: AgentId, siteIds: v.array(SiteId) })),
  engagements: v.array(v.strictObject({ tenantId: TenantId, engagementId: EngagementId })),
});

/** What comes most is tried first. */
const Messages = v.array(
  v.union([
    v.strictObject({ id: v.number(), entry: v.unknown() }),
    v.strictObject({ hello: Hello }),
    v.strictObject({ status: Status }),
    v.strictObject({ roster: Roster }),
  ]),
);

export type JournalMessage =
  | { readonly hello: LiveHello }
  | { readonly id: number; readonly entry: unknown }
  | { readonly status: LiveStatus }
  | { readonly roster: LiveRoster };

export function readMessages(text: string): readonly JournalMessage[] | undefined {
  let said: readonly unknown[];
  try {
    said = saidIn(text);
  } catch {
    // Not JSON is not a message; the connection is closed for it.
    return undefined;
  }
  const parsed = v.safeParse(Messages, said, { abortEarly: true });
  return parsed.success ? (parsed.output as readonly JournalMessage[]) : undefined;
}

/** An entry that is wrong is refused alone; `field` names what is wrong with it. */
export function readEntry(value: unknown): { entry: JournalEntry } | { field: string } {
  const parsed = v.safeParse(Entry, value, { abortEarly: true });
  if (parsed.success) return { entry: parsed.output as JournalEntry };
  const [issue] = parsed.issues;
  return { field: v.getDotPath(issue) ?? 'entry' };
}

/** The technical facts of an engagement as one list in time, each a kind and a few closed fields. */

import type { CallRow } from '../entities/call-entity.js';
import type { CallExpertRow } from '../entities/call-expert-entity.js';
import type { CallPresenceRow } from '../entities/call-presence-entity.js';
import type { CallSampleRow } from '../entities/call-sample-entity.js';
import type { ConnectionRow } from '../entities/connection-entity.js';
import type { ConsentEntryRow } from '../entities/consent-entry-entity.js';
import type { DeliveryRow } from '../entities/delivery-entity.js';
import type { EngagementRow } from '../entities/engagement-entity.js';
import type { LeaseRow } from '../entities/lease-entity.js';
import type { ParticipantRow } from '../entities/participant-entity.js';
import type { WatchRow } from '../entities/watch-entity.js';

export interface Happened {
  readonly engagement: EngagementRow;
  /** With the basis of what they read, where it is still known. */
  readonly participants: readonly (ParticipantRow & { readonly readingBasis?: string })[];
  readonly consents: readonly ConsentEntryRow[];
  readonly leases: readonly LeaseRow[];
  readonly watches: readonly WatchRow[];
  readonly deliveries: readonly DeliveryRow[];
  readonly calls: readonly CallRow[];
  readonly callExperts: readonly CallExpertRow[];
  readonly callPresences: readonly CallPresenceRow[];
  readonly callSamples: readonly CallSampleRow[];
  readonly connections: readonly ConnectionRow[];
}

export type HappeningFields = Record<string, string | number | boolean>;

export interface Happening {
  readonly kind: string;
  readonly at: number;
  readonly fields: HappeningFields;
  readonly decisionId: string;
  /** Under which an agent reads what is written, of one who took part. */
  readonly readingDecisionId?: string;
}

export function happenings(happened: Happened): readonly Happening[] {
  return [
    ...ofEngagement(happened),
    ...happened.participants.map(ofParticipant),
    ...happened.consents.map(ofConsent),
    ...happened.leases.map(ofLease),
    ...happened.watches.map(ofWatch),
    ...happened.deliveries.map(ofDelivery),
    ...happened.calls.map(ofCall),
    ...happened.callExperts.map(ofCallExpert),
    ...happened.callPresences.map((each) => ofCallPresence(each, happened.callExperts)),
    ...happened.callSamples.map(ofCallSample),
    ...happened.connections.map(ofConnection),
  ].toSorted((a, b) => a.at - b.at);
}

type Value = string | number | boolean | Date | null;

export function happening(
  row: { decisionId: string },
  kind: string,
  at: Date,
  values: Record<string, Value>,
): Happening {
  const fields: HappeningFields = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== null) fields[name] = value instanceof Date ? value.getTime() : value;
  }
  return { kind, at: at.getTime(), fields, decisionId: row.decisionId };
}

function ofEngagement({ engagement: row, participants }: Happened): readonly Happening[] {
  if (row.factsPurgedAt !== null) return [];
  const { language, noticeVersion, originCountry, originEvidence, ofAgeBy } = row;
  // Whoever leads in the end need not be the one who accepted.
  const first = participants.find(({ role }) => role === 'lead') ?? row;
  const acceptedBy = { agentId: first.agentId, agentCountry: first.agentCountry };
  const requested = { language, noticeVersion, originCountry, originEvidence, ofAgeBy };
  return [
    happening(row, 'requested', row.requestedAt, requested),
    ...(row.acceptedAt === null ? [] : [happening(row, 'accepted', row.acceptedAt, acceptedBy)]),
    ...(row.endedAt === null
      ? []
      : [happening(row, 'ended', row.endedAt, { by: row.endedBy, reason: row.endReason })]),
    ...(row.closedAt === null ? [] : [happening(row, 'closed', row.closedAt, {})]),
    ...(row.erasedAt === null ? [] : [happening(row, 'erased', row.erasedAt, {})]),
  ];
}

function ofParticipant(row: Happened['participants'][number]): Happening {
  const { agentId, agentCountry, role, noticedAt, leftAt, endReason: departure } = row;
  const readingBasis = row.readingBasis ?? null;
  const fields = { agentId, agentCountry, role, noticedAt, leftAt, departure, readingBasis };
  const told = happening(row, 'participant', row.joinedAt, fields);
  const { readingDecisionId } = row;
  return readingDecisionId === null ? told : { ...told, readingDecisionId };
}

function ofConsent(row: ConsentEntryRow): Happening {
  const { entry, scope, act, agentId, toCountry, wordsVersion, wordsLanguage } = row;
  const fields = { entry, scope, act, agentId, toCountry, wordsVersion, wordsLanguage };
  return happening(row, 'consent', row.at, fields);
}

function ofLease(row: LeaseRow): Happening {
  const { lease, agentId, kinds, leaseMs, endedAt, endedBy, endReason } = row;
  const { wordsVersion, wordsLanguage } = row;
  return happening(row, 'lease', row.grantedAt, {
    lease,
    agentId,
    kinds,
    leaseMs,
    endedAt,
    endedBy,
    endReason,
    wordsVersion,
    wordsLanguage,
  });
}

function ofWatch(row: WatchRow): Happening {
  const { agentId, watchedTo, points, draws, scrolls, clicks, types, navigations } = row;
  const acts = { points, draws, scrolls, clicks, types, navigations };
  return happening(row, 'watched', row.watchedFrom, { agentId, watchedTo, ...acts });
}

function ofDelivery(row: DeliveryRow): Happening {
  const { agentId, kind, documentId, openedAt, dismissedAt } = row;
  return happening(row, 'delivered', row.offeredAt, { agentId, kind, documentId, openedAt, dismissedAt });
}

function ofCall(row: CallRow): Happening {
  const { media, startedBy, endedAt, endedBy } = row;
  // An ordinary end says nothing that `endedBy` does not.
  const endReason = row.endReason === 'connectionLost' ? row.endReason : null;
  const durationMs = row.durationMs === null ? null : Number(row.durationMs);
  return happening(row, 'call', row.startedAt, {
    ...{ media, startedBy, endedAt, endedBy, endReason, durationMs },
    showed: shownIn(row),
    agentShowed: row.agentShowed || null,
  });
}

/** The kinds of screens that the visitor showed in a call. */
function shownIn({ showedTab, showedWindow, showedScreen }: CallRow): string | null {
  const kinds = [showedTab && 'tab', showedWindow && 'window', showedScreen && 'screen'].filter(Boolean);
  return kinds.length === 0 ? null : kinds.join(',');
}

/** Of an expert, whom no account tells of, with who they were. */
function ofCallPresence(row: CallPresenceRow, experts: readonly CallExpertRow[]): Happening {
  const { agentId, expertId, mode, noticedAt, leftAt } = row;
  const endReason = row.endReason === 'connectionLost' ? row.endReason : null;
  const fields = { agentId, mode, noticedAt, leftAt, endReason };
  const expert = experts.find((each) => each.expertId === expertId);
  if (expert === undefined) return happening(row, 'callPresence', row.attendedAt, fields);
  const { removedBy, removerId, wordsVersion, wordsLanguage } = row;
  return happening(row, 'callPresence', row.attendedAt, {
    ...{ ...whoIs(expert), ...fields },
    ...{ removedBy, removerId, wordsVersion, wordsLanguage },
  });
}

function ofCallExpert(row: CallExpertRow): Happening {
  const { invitedBy: agentId, usedAt, revokedAt, refusedAt } = row;
  const fields = { ...whoIs(row), agentId, usedAt, revokedAt, refusedAt };
  const told = happening(row, 'callExpert', row.invitedAt, fields);
  return { ...told, readingDecisionId: row.viewingDecisionId };
}

function whoIs({ displayName: expert, organisation, country: expertCountry }: CallExpertRow) {
  return { role: 'expert', expert, organisation, expertCountry };
}

function ofCallSample(row: CallSampleRow): Happening {
  const {
    side: role,
    agentId,
    upLossPermille,
    downLossPermille,
    jitterMs: jitter,
    roundTripMs: roundTrip,
  } = row;
  const { upKbps, downKbps, upQuality, downQuality } = row;
  const lost = { upLossPermille, downLossPermille, jitter, roundTrip };
  const rest = { upKbps, downKbps, upQuality, downQuality };
  return happening(row, 'callSample', row.at, { role, agentId, ...lost, ...rest });
}

function ofConnection(row: ConnectionRow): Happening {
  const { party, agentId, truncatedAddress, software } = row;
  const kind = row.connected ? 'connected' : 'disconnected';
  return happening(row, kind, row.at, { party, agentId, truncatedAddress, software });
}

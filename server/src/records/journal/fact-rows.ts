/** Which row a fact becomes: closed columns, from closed fields. */

import type { JournalEntry } from '@alongside/engagement';

/** Who comes in or leads asks for decisions and has a writer of its own. */
export type FactEntry = Exclude<JournalEntry, { type: 'chatLine' | 'accepted' | 'joined' | 'leadPassed' }>;

type Values = Readonly<Record<string, string | number | boolean | Date | null>>;

export type FactRow =
  | {
      readonly table:
        | 'consent_entry'
        | 'lease'
        | 'watch'
        | 'delivery'
        | 'call'
        | 'call_sample'
        | 'call_presence'
        | 'connection';
      readonly insert: Values;
    }
  | {
      readonly table:
        | 'lease'
        | 'watch'
        | 'delivery'
        | 'call'
        | 'call_presence'
        | 'participant'
        | 'engagement';
      readonly set: Values;
      /** Null is where nothing is written yet; a pair with null is there, or where this is. */
      readonly where: Readonly<Record<string, Values[string] | readonly [null, string]>>;
    };

interface Numbered {
  readonly entry: number | null;
  readonly at: Date;
}

/** Nobody is in a call that has ended: who was not reported to have left it did so with it. */
export function rowsOf(entry: FactEntry, numbered: Numbered): readonly FactRow[] {
  const row = rowOf(entry, numbered);
  if (entry.type !== 'callEnded') return [row];
  const set = { left_at: numbered.at, end_reason: 'ended' };
  return [row, { table: 'call_presence', set, where: { call_id: entry.callId, left_at: null } }];
}

function rowOf(entry: FactEntry, { entry: number, at }: Numbered): FactRow {
  switch (entry.type) {
    case 'consent': {
      const { scope, act, agentId, transfer, words } = entry;
      const values = { entry: number, scope, act, agent_id: agentId ?? null, at };
      const asked = act === 'granted' ? askedIn(transfer ?? words) : {};
      const to = transfer === undefined ? {} : { to_country: transfer.country };
      return { table: 'consent_entry', insert: { ...values, ...to, ...asked } };
    }
    case 'noticed':
      return { table: 'participant', set: { noticed_at: at }, where: openOf(entry.agentId) };
    case 'departed': {
      const set = { left_at: at, end_reason: entry.reason };
      return { table: 'participant', set, where: openOf(entry.agentId) };
    }
    case 'leaseGranted': {
      const { lease, agentId, kinds, leaseMs, words } = entry;
      const values = { lease, entry: number, agent_id: agentId, kinds: kinds.join(','), lease_ms: leaseMs };
      return { table: 'lease', insert: { ...values, ...askedIn(words), granted_at: at } };
    }
    case 'leaseEnded': {
      const { by, reason, lease } = entry;
      // How it ended first is how it ended, unless it was only given up for lost: what takes its place may tell again.
      const where = { lease, end_reason: [null, 'connectionLost'] as const };
      return { table: 'lease', set: { ended_at: at, ended_by: by, end_reason: reason }, where };
    }
    case 'watchStarted': {
      const { watchId, agentId, from } = entry;
      const values = { watch_id: watchId, agent_id: agentId, watched_from: new Date(from) };
      return { table: 'watch', insert: { ...values, ...actsOf({}) } };
    }
    case 'watched': {
      const set = { watched_to: new Date(entry.to), ...actsOf(entry.acts) };
      return { table: 'watch', set, where: { watch_id: entry.watchId } };
    }
    case 'delivered': {
      const { deliveryId, agentId, kind, documentId } = entry;
      const values = { delivery_id: deliveryId, agent_id: agentId, kind, document_id: documentId ?? null };
      return { table: 'delivery', insert: { ...values, offered_at: at } };
    }
    case 'deliveryAnswered': {
      const set = entry.opened ? { opened_at: at } : { dismissed_at: at };
      return { table: 'delivery', set, where: { delivery_id: entry.deliveryId } };
    }
    case 'callStarted': {
      const { callId, media, by } = entry;
      return { table: 'call', insert: { call_id: callId, media, started_by: by, started_at: at } };
    }
    case 'callShared': {
      const { callId, party, surface = 'screen' } = entry;
      const column = party === 'agent' ? 'agent_showed' : `showed_${surface}`;
      return { table: 'call', set: { [column]: true }, where: { call_id: callId } };
    }
    case 'callMeasured': {
      const { entryId, callId, side, agentId, measured } = entry;
      const values = { sample_id: entryId, call_id: callId, side, agent_id: agentId ?? null, at };
      return { table: 'call_sample', insert: { ...values, ...figuresOf(measured) } };
    }
    case 'callAttended': {
      const { presenceId, callId, agentId, mode, noticed, expert } = entry;
      const who = expert ? { expert_id: agentId } : { agent_id: agentId };
      const values = { presence_id: presenceId, call_id: callId, ...who, mode };
      const shown = noticed ? { noticed_at: at } : {};
      return { table: 'call_presence', insert: { ...values, attended_at: at, ...shown } };
    }
    case 'callNoticed': {
      const set = { noticed_at: at, ...askedIn(entry.words) };
      return { table: 'call_presence', set, where: { presence_id: entry.presenceId } };
    }
    case 'callLeft': {
      const { presenceId, removedBy } = entry;
      const set = { left_at: at, end_reason: 'ended', ...removedAs(removedBy) };
      return { table: 'call_presence', set, where: { presence_id: presenceId } };
    }
    case 'callEnded': {
      const { callId, by, durationMs } = entry;
      // What `live` says of it counts, also where it was given up for lost meanwhile.
      const set = { ended_at: at, ended_by: by, duration_ms: durationMs, end_reason: 'ended' };
      return { table: 'call', set, where: { call_id: callId } };
    }
    case 'connected': {
      const { truncatedAddress, software } = entry;
      return connection(entry, { connected: true, truncated_address: truncatedAddress, software, at });
    }
    case 'disconnected':
      return connection(entry, { connected: false, at });
    case 'ended': {
      const set = { ended_at: at, ended_by: entry.by, end_reason: entry.reason };
      return { table: 'engagement', set, where: {} };
    }
    case 'closed':
      return { table: 'engagement', set: { closed_at: at }, where: {} };
  }
}

/** The panel of an older edition does not say in which words it asked. */
function askedIn(words: { version?: string; language?: string } | undefined): Values {
  return { words_version: words?.version ?? null, words_language: words?.language ?? null };
}

/** Of who is an expert; anybody else goes themselves. */
function removedAs(by: Extract<FactEntry, { type: 'callLeft' }>['removedBy']): Values {
  if (by === undefined) return {};
  return by === 'visitor' ? { removed_by: by } : { removed_by: 'agent', remover_id: by };
}

/** The stretch of this agent that goes on. */
function openOf(agentId: string): Values {
  return { agent_id: agentId, left_at: null };
}

function actsOf(acts: Extract<FactEntry, { type: 'watched' }>['acts']): Values {
  return {
    points: acts.point ?? 0,
    draws: acts.draw ?? 0,
    scrolls: acts.scroll ?? 0,
    clicks: acts.click ?? 0,
    types: acts.type ?? 0,
    navigations: acts.navigate ?? 0,
  };
}

function figuresOf(measured: Extract<FactEntry, { type: 'callMeasured' }>['measured']): Values {
  return {
    up_loss_permille: measured.upLossPermille ?? null,
    down_loss_permille: measured.downLossPermille ?? null,
    jitter_ms: measured.jitterMs ?? null,
    round_trip_ms: measured.roundTripMs ?? null,
    up_kbps: measured.upKbps ?? null,
    down_kbps: measured.downKbps ?? null,
    up_quality: measured.upQuality ?? null,
    down_quality: measured.downQuality ?? null,
  };
}

function connection(
  { entryId, party, agentId }: Extract<FactEntry, { type: 'connected' | 'disconnected' }>,
  values: Values,
): FactRow {
  return {
    table: 'connection',
    insert: { connection_id: entryId, party, agent_id: agentId ?? null, ...values },
  };
}

/** Figures of a stretch of a call, out of what the browser has counted at its beginning and at its end. */

import type { CallFigures } from '@alongside/protocol';

/** One entry of `getStats`, whose fields differ between browsers. */
export type StatsEntry = Readonly<Record<string, unknown>>;

export interface CallCounters {
  readonly atMs: number;
  readonly sentBytes: number;
  readonly receivedPackets: number;
  readonly receivedBytes: number;
  /** That came whole enough to be shown. */
  readonly pictures: number;
  readonly downLost: number;
  readonly jitterMs: number | undefined;
  readonly trips: readonly Trip[];
  readonly voice: SentKind;
  readonly picture: SentKind;
  /** How much the sender of what is sent takes its line to bear, where the browser tells. */
  readonly bearsKbps: number | undefined;
  /** Somebody is there whose voice is not muted: even of silence a few packets come each second. */
  readonly awaitsVoice: boolean;
}

/** Of what is sent of one kind: how much, what the server tells of it, and when: what it told before is no news. */
interface SentKind {
  readonly packets: number;
  readonly lost: number;
  readonly toldAt: number;
}

/** A round trip as it was measured last, and what changes with every time that it is. */
interface Trip {
  readonly id: unknown;
  readonly seconds: unknown;
  readonly mark: unknown;
}

/** Fewer packets than these say nothing of a share: a silent voice sends a few a second. */
const FEWEST_PACKETS = 20;
/** A voice has just come, or was muted until now. */
const SILENT_MS = 4000;
/** That nothing comes at all; what is counted as lost has others beside it that came. */
export const ALL_LOST = 1000;

/** What the worker sends to find out what a line bears, under numbers in which there are gaps: none of it is lost. */
const PROBES = 'probator';

export function countersOf(entries: Iterable<StatsEntry>, atMs: number, awaitsVoice = false): CallCounters {
  const all = [...entries];
  const of = (type: string) => all.filter((entry) => entry.type === type);
  const sent = of('outbound-rtp');
  const received = of('inbound-rtp').filter(({ mid }) => mid !== PROBES);
  const told = of('remote-inbound-rtp');
  const pairs = of('candidate-pair').filter(({ nominated }) => nominated === true);
  const trips = [
    ...told.map(({ id, roundTripTime, timestamp }) => ({ id, seconds: roundTripTime, mark: timestamp })),
    ...pairs.map((pair) => ({
      id: pair.id,
      seconds: pair.currentRoundTripTime,
      mark: pair.responsesReceived,
    })),
  ];
  const bears = pairs
    .filter(({ transportId }) => sent.some((entry) => entry.transportId === transportId))
    .flatMap(({ availableOutgoingBitrate }) => numberOf(availableOutgoingBitrate) ?? []);
  const kindOf = (kind: 'audio' | 'video'): SentKind => {
    const isKind = (entry: StatsEntry): boolean => entry.kind === kind;
    const [out, said] = [sent.filter(isKind), told.filter(isKind)];
    return {
      packets: sum(out, 'packetsSent') - sum(out, 'retransmittedPacketsSent'),
      lost: sum(said, 'packetsLost'),
      toldAt: Math.max(0, ...said.map(({ timestamp }) => numberOf(timestamp) ?? 0)),
    };
  };
  return {
    atMs,
    sentBytes: sum(sent, 'bytesSent'),
    receivedPackets: sum(received, 'packetsReceived'),
    receivedBytes: sum(received, 'bytesReceived'),
    pictures: sum(received, 'framesDecoded'),
    downLost: sum(received, 'packetsLost'),
    jitterMs: worstMs(received.map((entry) => entry.jitter)),
    voice: kindOf('audio'),
    picture: kindOf('video'),
    bearsKbps: bears.length === 0 ? undefined : Math.min(...bears) / 1000,
    trips,
    awaitsVoice,
  };
}

export function figuresBetween(before: CallCounters, after: CallCounters): CallFigures {
  const ms = after.atMs - before.atMs;
  const received = after.receivedPackets - before.receivedPackets;
  const downLost = after.downLost - before.downLost;
  const isSilent = before.awaitsVoice && after.awaitsVoice && received === 0 && ms >= SILENT_MS;
  const figures: Record<keyof CallFigures, number | undefined> = {
    // Of a voice its sender is told the worst that any receiver loses, which may be the line of another: without a
    // picture the server has to say it.
    upLossPermille: lostOf('picture', before, after),
    downLossPermille: isSilent ? ALL_LOST : permille(downLost, received + Math.max(0, downLost)),
    jitterMs: received > 0 ? after.jitterMs : undefined,
    roundTripMs: worstMs(
      after.trips.filter((trip) => isNew(trip, before.trips)).map(({ seconds }) => seconds),
    ),
    upKbps: kbps(after.sentBytes - before.sentBytes, ms),
    downKbps: kbps(after.receivedBytes - before.receivedBytes, ms),
  };
  const known = Object.entries(figures).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known);
}

/** Of one kind, since `before`; undefined where too little was sent to say so, or nothing was told. */
export function lostOf(
  kind: 'voice' | 'picture',
  { [kind]: before }: CallCounters,
  { [kind]: after }: CallCounters,
): number | undefined {
  if (after.toldAt <= before.toldAt) return undefined;
  return permille(after.lost - before.lost, after.packets - before.packets);
}

/** A way that does not answer keeps the round trip of its last answer. */
function isNew({ id, mark }: Trip, before: readonly Trip[]): boolean {
  return mark === undefined || !before.some((trip) => trip.id === id && trip.mark === mark);
}

function sum(entries: readonly StatsEntry[], field: string): number {
  return entries.reduce((total, entry) => total + (numberOf(entry[field]) ?? 0), 0);
}

/** In seconds as browsers tell, and the worst of them. */
function worstMs(seconds: readonly unknown[]): number | undefined {
  const known = seconds.flatMap((each) => numberOf(each) ?? []);
  return known.length === 0 ? undefined : Math.min(60_000, Math.round(Math.max(...known) * 1000));
}

/** A count may go back: what came late after all is lost no more, and a stream that ended takes its counts along. */
function permille(lost: number, all: number): number | undefined {
  if (all < FEWEST_PACKETS) return undefined;
  return Math.min(1000, Math.max(0, Math.round((lost * 1000) / all)));
}

function kbps(bytes: number, ms: number): number | undefined {
  if (ms <= 0 || bytes < 0) return undefined;
  return Math.min(100_000, Math.round((bytes * 8) / ms));
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

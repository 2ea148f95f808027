/** What `live` is built with, and what it tells of itself. */

import type { Clock } from '@alongside/engagement';
import type { CallAvailability, StorageState } from '@alongside/protocol';
import type { CallRelays } from './call-relays.js';
import type { CallRooms } from './call-rooms.js';
import type { DeskShare } from './desk/desk-share.js';
import type { AttachFrames } from './frames-endpoint.js';
import type { DoorLimits } from './gateway/door-keeper.js';
import type { LiveLogger } from './live-logger.js';

/** One limit under which the process was started, such as `no-file-writes`. */
export interface LimitInForce {
  readonly name: string;
  readonly inForce: boolean;
  /** Why not, in words for people who operate it. */
  readonly reason?: string;
}

export interface LiveOptions {
  readonly nodeId: string;
  /** Where `records` listens for the journal, unless that is told later, and the secret that both know. */
  readonly journal: { readonly url: string | undefined; readonly secret: string; readonly appendMs?: number };
  /** `http(s)://name:port` as clients reach it; port 0 becomes the port that was listened on. */
  readonly publicUrl: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Host names that are ours, without port. */
  readonly allowedHosts: readonly string[];
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Addresses or networks of proxies whose forwarded headers are believed; nobody's by default. */
  readonly trustedProxies?: readonly string[];
  readonly clock: Clock;
  /** For how long something has been: nobody sets it, forward or back. */
  readonly steadyClock: Clock;
  readonly logger: LiveLogger;
  readonly calls: CallRooms;
  /** Without them calls go straight, and there are none on sites that want every one relayed. */
  readonly relays?: CallRelays;
  readonly frames: AttachFrames;
  readonly doorLimits?: DoorLimits;
  /** Without it this node serves alone: a second one beside it is refused by `records`. */
  readonly deskShare?: DeskShare;
  /** Another node, whose id is told, serves alone: whoever runs this one has to end it. */
  onNotAlone?(other: string): void;
  limitsInForce(): readonly LimitInForce[];
  /** How often deadlines are compared with the clock. */
  readonly sweepMs?: number;
}

export interface LiveStatusReport {
  readonly nodeId: string;
  readonly port: number | undefined;
  readonly storage: StorageState;
  readonly calls: CallAvailability;
  readonly engagements: number;
  readonly visitors: number;
  readonly agents: number;
  readonly experts: number;
  /** Journal entries that are not known to be committed. */
  readonly pendingEntries: number;
  readonly counts: Readonly<Record<string, number>>;
}

export interface Live {
  /** Listens; resolves with the port. */
  listen(): Promise<number>;
  /** Where the journal is; harmless when it is known. */
  findRecords(journalUrl: string): void;
  status(): LiveStatusReport;
  /** Tells everybody, gives the journal a moment, and closes; harmless when repeated. */
  close(): Promise<void>;
}

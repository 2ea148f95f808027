/**
 * What `live` may tell `records`, and the reverse: the only door between them. No variant can hold a frame;
 * the only free text is the chat line a person sent. Entries are applied once each by `entryId`, however
 * often they are sent, and acknowledged after COMMIT.
 */

import type {
  AgentId,
  AskedIn,
  CallAvailability,
  CallMeasured,
  CallMedia,
  CallMode,
  ConsentScope,
  DeliveryKind,
  EndReason,
  EngagementId,
  IntentKind,
  JoinedRole,
  Language,
  LeasedKind,
  LineId,
  Party,
  Refusal,
  SharedSurface,
  SiteId,
  StorageState,
  TenantId,
} from '@alongside/protocol';
import type { CallMember, CallSide } from './call/call-audience.js';

interface Common {
  /** A UUID made by `live`; repeating an entry is harmless. */
  readonly entryId: string;
  readonly engagementId: EngagementId;
  /** Milliseconds since the epoch on the clock of `live`, for people; order is by commit. */
  readonly at: number;
}

/** `lost`: away for too long. `ended`: with the engagement, before it took effect. */
export type DepartureReason = 'left' | 'lost' | 'revoked' | 'transferLapsed' | 'ended';

export type JournalEntry = Common &
  (
    | {
        readonly type: 'chatLine';
        readonly lineId: LineId;
        readonly from: Party;
        readonly agentId?: AgentId;
        readonly text: string;
      }
    /**
     * Refused with `alreadyTaken` when another agent has it, with `transferRefused` when the agent may not see it, with
     * `consentMissing` and a country when the visitor's explicit consent to it alone would let them in.
     */
    | { readonly type: 'accepted'; readonly agentId: AgentId }
    /** Another agent takes part. Refused like `accepted` when they may not see what is shown and written. */
    | { readonly type: 'joined'; readonly agentId: AgentId; readonly role: JoinedRole }
    /** The visitor's page has said that this agent takes part. */
    | { readonly type: 'noticed'; readonly agentId: AgentId }
    | { readonly type: 'departed'; readonly agentId: AgentId; readonly reason: DepartureReason }
    /** This agent leads from now on; the one who did may stay. */
    | {
        readonly type: 'leadPassed';
        readonly agentId: AgentId;
        readonly from: AgentId;
        readonly stays: boolean;
      }
    | {
        readonly type: 'consent';
        readonly scope: ConsentScope;
        readonly act: 'granted' | 'refused' | 'withdrawn';
        readonly agentId?: AgentId;
        /** Of one that was granted in the panel's own words. */
        readonly words?: AskedIn | undefined;
        /** Of the scope `transfer`: to where, and in which words it was asked. */
        readonly transfer?: {
          readonly country: string;
          readonly version?: string;
          readonly language?: Language;
        };
      }
    | {
        readonly type: 'leaseGranted';
        readonly lease: number;
        readonly agentId: AgentId;
        readonly kinds: readonly LeasedKind[];
        readonly leaseMs: number;
        readonly words?: AskedIn | undefined;
      }
    | {
        readonly type: 'leaseEnded';
        readonly lease: number;
        readonly by: Party | 'system';
        readonly reason: 'expired' | 'takenBack' | 'released' | 'left' | 'viewEnded' | 'ended';
      }
    /** An agent can see the page from now on. Written at once: should `live` be lost, it is known who watched. */
    | {
        readonly type: 'watchStarted';
        readonly watchId: string;
        readonly agentId: AgentId;
        readonly from: number;
      }
    /** From and until when an agent could see the page. Counts of intents by kind are what they did there. */
    | {
        readonly type: 'watched';
        readonly watchId: string;
        readonly agentId: AgentId;
        readonly from: number;
        readonly to: number;
        readonly acts: Partial<Record<IntentKind, number>>;
      }
    /** The agent put something before the visitor: of what kind, and which document. Never an address. */
    | {
        readonly type: 'delivered';
        readonly deliveryId: string;
        readonly agentId: AgentId;
        readonly kind: DeliveryKind;
        readonly documentId?: string;
      }
    | { readonly type: 'deliveryAnswered'; readonly deliveryId: string; readonly opened: boolean }
    | { readonly type: 'callStarted'; readonly callId: string; readonly media: CallMedia; readonly by: Party }
    /** Somebody shows their screen in the call: which kind of it, and nothing of what is on it. */
    | {
        readonly type: 'callShared';
        readonly callId: string;
        readonly party: Party;
        /** Of the visitor. */
        readonly surface?: SharedSurface;
      }
    /** How somebody in the call fares: a sample of at most every ten seconds. */
    | {
        readonly type: 'callMeasured';
        readonly callId: string;
        readonly side: CallSide;
        /** Of an agent. */
        readonly agentId?: AgentId;
        readonly measured: CallMeasured;
      }
    /** Somebody is in the call beside the lead, from now on and in this way. */
    | {
        readonly type: 'callAttended';
        readonly presenceId: string;
        readonly callId: string;
        readonly agentId: AgentId;
        readonly mode: CallMode;
        /** They led the call until now: the visitor knows them. */
        readonly noticed?: true;
        /** `agentId` is of who was invited by a link. Refused where that was taken back meanwhile. */
        readonly expert?: true;
      }
    /** The visitor's page has said that it shows them; of an expert, that the visitor let them in, asked in these words. */
    | { readonly type: 'callNoticed'; readonly presenceId: string; readonly words?: AskedIn | undefined }
    /** Of an expert who did not go themselves: who put them out. */
    | { readonly type: 'callLeft'; readonly presenceId: string; readonly removedBy?: CallMember }
    | {
        readonly type: 'callEnded';
        readonly callId: string;
        readonly by: Party | 'system';
        readonly durationMs: number;
      }
    | {
        readonly type: 'connected';
        readonly party: Party;
        readonly agentId?: AgentId;
        readonly truncatedAddress: string;
        readonly software: string;
      }
    | { readonly type: 'disconnected'; readonly party: Party; readonly agentId?: AgentId }
    | { readonly type: 'ended'; readonly by: Party | 'system'; readonly reason: EndReason }
    | { readonly type: 'closed' }
  );

export type JournalEntryType = JournalEntry['type'];

/** The acknowledgement of one entry, sent after COMMIT. `version` is the ledger's version with it. */
export type JournalAck =
  | {
      readonly ok: true;
      readonly version: number /** Of a chat line. */;
      readonly number?: number;
      readonly at: number /** Of a consent or lease. */;
      readonly entry?: number;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** The journal as `live` uses it. */
export interface Journal {
  /**
   * Resolves after COMMIT, or with a refusal (`storageUnavailable` when Postgres does not answer in time; the
   * entry may then still be committed later, which its `entryId` makes harmless). Never rejects.
   */
  append(entry: JournalEntry): Promise<JournalAck>;
  /** Like `append`, for what took effect already: kept in memory and sent again until it is committed. */
  report(entry: JournalEntry): void;
}

/** What `records` tells `live`. */
export type Revocation =
  | {
      readonly type: 'agentChanged';
      readonly agentId: AgentId;
      readonly disabled: boolean;
      /** On the clock of `records`: tickets issued in this second or before are void. */
      readonly at: number;
    }
  | { readonly type: 'consentWithdrawn'; readonly engagementId: EngagementId; readonly scope: ConsentScope }
  | {
      readonly type: 'engagementEnded';
      readonly engagementId: EngagementId;
      readonly reason: EndReason;
      /** It is erased or restricted, or the customer's account rests: nobody writes it up. */
      readonly outOfSight?: true;
    }
  /** Somebody says that something in it is wrong: the desk shows its words to nobody any more. */
  | { readonly type: 'engagementDisputed'; readonly engagementId: EngagementId }
  /** With an agent, it is their part in the engagement that has no basis any more. */
  | {
      readonly type: 'transferLapsed';
      readonly engagementId: EngagementId;
      readonly agentId?: AgentId;
    }
  /** Whoever was invited into a call by a link may not be in it any more. */
  | { readonly type: 'expertRevoked'; readonly engagementId: EngagementId; readonly expertId: AgentId }
  /** Pages that are being watched ask what may be seen of them now. */
  | { readonly type: 'rulesChanged'; readonly siteId: SiteId };

/**
 * The channel's messages, JSON text over a WebSocket that `live` opens to `records` (loopback or TLS).
 *
 * live -> records: `{ hello: LiveHello }` first, then `{ id, entry }`, `{ status }`, `{ roster }`; records -> live: `{ hello:
 * RecordsHello }`, `{ id, ack }`, `{ revoke }`, `{ storage }`. But for the challenge and the hello of `live`, which come by
 * themselves, what is said in one turn may come as one array.
 * `proof` is the base64url HMAC-SHA-256 over the UTF-8 text of the challenge that `records` sends as its very first
 * message `{ challenge }`, under the shared journal secret. What `records` does not take it closes, with one of
 * `journalCloses`.
 */
export const journalCloses = {
  malformed: 4400,
  /** The proof is wrong: the two do not have the same secret. */
  notAdmitted: 4401,
  /** Another node, whose id is the reason, serves alone: this one cannot beside it. */
  notAlone: 4409,
  /** As above, but that node's connection is lost: it is given up in a moment. */
  wait: 4503,
} as const;

export interface LiveHello {
  readonly nodeId: string;
  /** Random per start: tickets name it, so that a restarted node refuses those of its former life. */
  readonly startNumber: string;
  readonly liveUrl: string;
  /** Its desk is shared with other nodes; without that it can only serve alone. */
  readonly sharesDesk?: boolean;
  readonly proof: string;
}

export interface RecordsHello {
  /** Public keys, as JWK, that tickets are signed with; the first is the newest. */
  readonly ticketKeys: readonly { readonly kid: string; readonly jwk: Readonly<Record<string, unknown>> }[];
  /**
   * When the connection of this node's former life was lost, on the clock of `records`; absent when unknown.
   * Views go on without asking only within the return time of it.
   */
  readonly lostAt?: number;
  /**
   * On the clock of `records`. A node that was connected before takes no agent by a ticket of until then: what was taken
   * from them meanwhile was told to nobody, and a `records` that ended does not know of it any more.
   */
  readonly at?: number;
}

/** What a node tells of itself whenever it changes; kept in memory only. */
export interface LiveStatus {
  readonly calls: CallAvailability;
  /** Sites with an available agent. */
  readonly staffedSites: readonly SiteId[];
}

/**
 * Whom and what a node serves. Told whenever storage is up again: revocations of meanwhile did not arrive, and
 * `records` answers with those that hold.
 */
export interface LiveRoster {
  readonly agents: readonly {
    readonly tenantId: TenantId;
    readonly agentId: AgentId;
    readonly siteIds: readonly SiteId[];
  }[];
  readonly engagements: readonly { readonly tenantId: TenantId; readonly engagementId: EngagementId }[];
}

export type LiveToRecords =
  | { readonly hello: LiveHello }
  | { readonly id: number; readonly entry: JournalEntry }
  | { readonly status: LiveStatus }
  | { readonly roster: LiveRoster };

export type RecordsToLive =
  | { readonly challenge: string }
  | { readonly hello: RecordsHello }
  | { readonly id: number; readonly ack: JournalAck }
  | { readonly revoke: Revocation }
  | { readonly storage: StorageState }
  | { readonly bye: 'shuttingDown' };

/** What officers and `records` say to each other about the register that transfers are decided by, and about lapses. */

import * as v from 'valibot';
import { personText } from '../chat.js';
import { Day } from '../day.js';
import type { EngagementId } from '../ids.js';
import { jsonLinesOf } from '../json-lines.js';
import type { Language } from '../language.js';
import type { BasisCode } from './transfer-basis.js';

const Country = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/));
/** Short enough for a decision to name both the act and the holder. */
const Name = personText(90);
const Words = personText(200);
const Law = v.picklist(['EU', 'UK', 'CH']);
const Receiver = v.picklist(['store', 'people']);
const Framework = v.picklist(['DPF_EU', 'DPF_UK_EXT', 'DPF_CH']);

const Adequacy = v.strictObject({
  regime: Law,
  country: Country,
  instrument: Name,
  scope: v.picklist(['full', 'scoped']),
  scopeRule: v.optional(Words),
  framework: v.optional(Framework),
  validFrom: Day,
  validTo: v.optional(Day),
  status: v.picklist(['inForce', 'suspended', 'repealed', 'annulled']),
  source: Words,
  verifiedAt: Day,
});

const Certified = v.strictObject({
  framework: Framework,
  holder: Name,
  covers: Receiver,
  scope: v.picklist(['hr', 'nonHr', 'both']),
  status: v.picklist(['active', 'inactive', 'removed']),
  validFrom: Day,
  validTo: v.optional(Day),
  source: Words,
  verifiedAt: Day,
});

/** The whole register of a customer, as it is loaded, edited and kept. */
export const RegisterDocument = v.strictObject({
  adequacy: v.pipe(v.array(Adequacy), v.maxLength(600)),
  certifications: v.pipe(v.array(Certified), v.maxLength(100)),
  scopeFacts: v.pipe(
    v.array(
      v.strictObject({ regime: Law, country: Country, covers: Receiver, source: Words, verifiedAt: Day }),
    ),
    v.maxLength(100),
  ),
  establishments: v.pipe(
    v.array(v.strictObject({ country: Country, source: Words, verifiedAt: Day })),
    v.maxLength(100),
  ),
  derogations: v.strictObject({
    consent: v.boolean(),
    mostSharesAMonth: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
  }),
  fallbackWaiver: v.optional(Words),
});
export type RegisterDocument = v.InferOutput<typeof RegisterDocument>;

const EditionId = v.pipe(v.string(), v.uuid());
/** As it is taken out: with the edition that it is, so that what comes since is not taken away by what is made of it. */
const RegisterTakenOut = v.strictObject({ ...RegisterDocument.entries, edition: v.optional(EditionId) });

export type RegisterRead =
  | { readonly ok: true; readonly body: RegisterDocument; readonly edition: string | undefined }
  /** `place`: what is no part of a register, or not as one has it; nothing where the file is none from there on. */
  | { readonly ok: false; readonly line: number; readonly place: string };

/** Of a file that somebody loads, and may have to mend by hand. */
export function readRegister(text: string): RegisterRead {
  const { brokenLine, lineOf } = jsonLinesOf(text);
  if (brokenLine !== undefined) return { ok: false, line: brokenLine, place: '' };
  const parsed = v.safeParse(RegisterTakenOut, JSON.parse(text));
  if (parsed.success) {
    const { edition, ...body } = parsed.output;
    return { ok: true, body, edition };
  }
  const path = (parsed.issues[0].path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const places = path.map((key) => (typeof key === 'number' ? key + 1 : key.slice(0, 40)));
  return { ok: false, line: lineOf(path), place: places.join(' › ') };
}

/** `POST /api/register/editions`; one that changes nothing confirms what is in force. */
export const EditionCreate = v.strictObject({
  body: RegisterDocument,
  note: personText(400),
  /** The shipped edition whose findings were taken over; without it, those of the edition in force are gone on with. */
  takesOver: v.optional(v.pipe(v.string(), v.maxLength(32))),
  /** The edition that was in force when it was begun: what came since it would take away again unseen. */
  basedOn: v.optional(EditionId),
});
export type EditionCreate = v.InferOutput<typeof EditionCreate>;

export interface EditionShown {
  readonly editionId: string;
  readonly number: number;
  /** The shipped edition that it began from: the day its findings were verified. */
  readonly version: string;
  readonly state: 'proposed' | 'inForce' | 'superseded' | 'rejected';
  readonly note: string;
  /** Nobody: the set-up of the installation. */
  readonly proposedBy: string | undefined;
  readonly proposedAt: number;
  readonly decidedBy: string | undefined;
  readonly decidedAt: number | undefined;
  readonly confirmedAt: number | undefined;
}

export interface EditionChange {
  readonly what: 'added' | 'removed' | 'changed';
  readonly list: keyof RegisterDocument;
  /** Which row, in the words of the register: law, country, name. */
  readonly row: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** `GET /api/register` */
export interface RegisterShown {
  readonly inForce: EditionShown;
  readonly body: RegisterDocument;
  readonly freshUntil: number;
  readonly fresh: boolean;
  /** Findings of a later shipped edition than the one in force began from. */
  readonly newer: { readonly version: string; readonly adequacy: RegisterDocument['adequacy'] } | undefined;
  readonly proposed:
    | (EditionShown & {
        readonly changes: readonly EditionChange[];
        /** The reader proposed it, so somebody else has to decide. */
        readonly own: boolean;
      })
    | undefined;
  readonly history: readonly EditionShown[];
}

export interface LapseShown {
  readonly lapseId: string;
  /** Later rows of the same tell what became of them since. */
  readonly current: boolean;
  readonly dataClass: 'transcript' | 'survey' | 'metadata' | 'case' | 'live';
  readonly fromCountry: string;
  readonly toCountry: string;
  readonly basisBefore: BasisCode;
  readonly referenceBefore: string | undefined;
  readonly basisNow: BasisCode | undefined;
  readonly referenceNow: string | undefined;
  /** `CHANGED`, or the reason against the transfer. */
  readonly cause: string;
  readonly state: 'SUSPENDED' | 'REBASED' | 'REPATRIATED' | 'ERASED';
  readonly beganAt: number;
  readonly coveredFrom: number | undefined;
  readonly deadline: number;
  readonly rows: number;
  readonly actedBy: string | undefined;
  readonly actedAt: number | undefined;
}

/** `GET /api/transfers`: which flows are decided how, what lapsed, and whether the decisions are as they were made. */
export interface TransferReport {
  readonly flows: readonly {
    readonly decisionId: string;
    readonly dataClass: LapseShown['dataClass'];
    readonly access: 'store' | 'read' | 'view' | 'export' | 'onward' | 'relay' | 'support';
    readonly fromCountry: string;
    readonly toCountry: string;
    readonly basis: BasisCode | undefined;
    readonly reference: string | undefined;
    /** Against it, where it is refused. */
    readonly reason: string | undefined;
    readonly decidedAt: number;
    readonly validUntil: number | undefined;
  }[];
  readonly lapses: readonly LapseShown[];
  /** What has gone on to recipients, by recipient and decision, of conversations that are still kept. */
  readonly onward: readonly OnwardShown[];
  readonly decisionsIntact: boolean;
}

export interface OnwardShown {
  readonly recipient: string;
  readonly purpose: string;
  readonly decisionId: string;
  readonly basis: BasisCode;
  readonly fromCountry: string;
  readonly toCountry: string;
  /** Beginnings, lines, answers and corrections. */
  readonly rows: number;
  readonly lastAt: number;
}

/** `GET /api/lapses/:lapseId/package?after=PLACE`: suspended rows to bring home, a page at a time. */
export interface LapsePackage {
  readonly format: 'alongside-repatriation/1';
  readonly rows: readonly { readonly table: string; readonly row: Readonly<Record<string, unknown>> }[];
  /** The place from which the next page is asked for; missing on the last one. */
  readonly next: string | undefined;
  readonly total: number;
}

/** `GET /api/transfer-consents`: explicit consents of visitors (GDPR Art. 49(1)(a)), the newest first, 500 at most. */
export interface TransferConsents {
  /** Whether the register in force lets any be asked for, and for how many conversations of a month. */
  readonly allowed: boolean;
  readonly mostAMonth: number;
  readonly thisMonth: number;
  readonly consents: readonly {
    readonly engagementId: EngagementId;
    readonly siteName: string;
    readonly country: string;
    readonly act: 'granted' | 'refused';
    readonly at: number;
    readonly withdrawnAt: number | undefined;
    /** The words that were agreed to, as they were shown. */
    readonly words:
      | { readonly version: string; readonly language: Language; readonly paragraphs: readonly string[] }
      | undefined;
  }[];
}

/** `POST /api/lapses/:lapseId/repatriation`: the rows arrived; count and hash must agree before the source goes. */
export const Repatriated = v.strictObject({
  rows: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** SHA-256, base64url, over every row of the package as a line of JSON `["table",{…}]` with a line feed. */
  sha256: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
});
export type Repatriated = v.InferOutput<typeof Repatriated>;

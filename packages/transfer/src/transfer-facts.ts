/** What a decision is made from: facts about one flow, each with where it is known from. */

import type { InstrumentCode } from '@alongside/protocol';
import type { Recipient } from './transfer-register.js';

/** `live` is what is shown and never stored: the page, the voice, the picture. */
export type DataClass = 'transcript' | 'survey' | 'metadata' | 'case' | 'live';
/**
 * `store`: kept there; `read`: records shown to a person there; `view`: the live page shown to a person there;
 * `export`: a copy of records handed to a person there; `onward`: passed on to a sub-processor or a webhook there;
 * `relay`: passed on live by a machine there, which keeps nothing; `support`: records shown to whoever runs the service.
 */
export type Access = 'store' | 'read' | 'view' | 'export' | 'onward' | 'relay' | 'support';

/** Of the law of the destination (EDPB Recommendations 01/2020): without one no instrument is relied on. */
export interface Assessment {
  readonly conclusion: 'ok' | 'okWithMeasures' | 'notOk';
  /** ISO dates; the review is due by the end of its day. */
  readonly assessedOn: string;
  readonly reviewDue: string;
}

/**
 * The organisation that receives. `customer`: the controller itself, whose own people or store it is; `processor`: who
 * works for it; `other`: another one of which only the name is known, as the employer of whoever reads.
 */
export interface Importer {
  readonly name: string;
  readonly is: 'customer' | 'processor' | 'other';
}

/** An instrument that the customer says it has signed; it covers the organisation that it was signed with. */
export interface SignedInstrument {
  readonly module: InstrumentCode;
  readonly importer: string;
  readonly importerCountry: string;
  readonly reference: string;
  /** ISO dates; the end is the last day in force. */
  readonly signedOn: string;
  readonly validUntil?: string | undefined;
  readonly annexesComplete: boolean;
  readonly assessment?: Assessment | undefined;
}

/** Explicit, for one session, given after its risks were shown, and not withdrawn (Art. 49(1)(a)). */
export interface ExplicitConsent {
  /** Which one: it covers no other. */
  readonly session: string;
  readonly givenAt: number;
  /** How many sessions of the customer rested on such a consent this month. */
  readonly sharesThisMonth: number;
}

export interface TransferFacts {
  readonly dataClass: DataClass;
  readonly access: Access;
  /** `page`: from the customer, by code in its page or by its people. `direct`: a person gave it of themselves, to this service. */
  readonly collection: 'page' | 'direct';
  /** Where the visitor is; undefined = unknown. */
  readonly visitorCountry: string | undefined;
  readonly controllerCountry: string | undefined;
  /** Who sends: the customer itself, or this service on its behalf. */
  readonly exporterRole: 'controller' | 'processor';
  /** Where this service is. */
  readonly processorCountry: string | undefined;
  /** Where the store, or the person who reads or views, is; undefined = unknown. */
  readonly destinationCountry: string | undefined;
  /** Undefined: not known, so that nothing which names an organisation covers it. */
  readonly importer?: Importer | undefined;
  readonly instruments: readonly SignedInstrument[];
  readonly consent?: ExplicitConsent | undefined;
  /** A basis that somebody asks for by name, as found in an imported record or a setting. */
  readonly requestedBasis?: string | undefined;
}

/** Machines receive as a store does, a sub-processor’s and those that pass on alike. */
export function recipientOf(access: Access): Recipient {
  return access === 'store' || access === 'onward' || access === 'relay' ? 'store' : 'people';
}

/** By name, however it is spaced and cased: an organisation has no other mark that papers and lists share. */
export function isSameOrganisation(one: string, other: string): boolean {
  return plain(one) !== '' && plain(one) === plain(other);
}

function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

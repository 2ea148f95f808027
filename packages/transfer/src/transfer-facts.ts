/** What a decision is made from: facts about one flow, each with where it is known from. */

/** `live` is what is shown and never stored: the page, the voice, the picture. */
export type DataClass = 'transcript' | 'survey' | 'metadata' | 'case' | 'live';
/** `store`: kept there; `read`: records shown to a person there; `view`: the live page shown to a person there. */
export type Access = 'store' | 'read' | 'view';
export type SccModule = 'SCC_M1' | 'SCC_M2' | 'SCC_M3' | 'SCC_M4';

/** Standard contractual clauses that the customer says it has signed. */
export interface SignedClauses {
  readonly module: SccModule;
  readonly importerCountry: string;
  readonly reference: string;
  /** ISO dates; the end is the last day in force. */
  readonly signedOn: string;
  readonly validUntil?: string | undefined;
}

export interface TransferFacts {
  readonly dataClass: DataClass;
  readonly access: Access;
  /** `page`: collected by code in a customer's page. `direct`: a person gave it of themselves, to this service. */
  readonly collection: 'page' | 'direct';
  /** Where the visitor is; undefined = unknown. */
  readonly visitorCountry: string | undefined;
  readonly controllerCountry: string | undefined;
  /** Who sends: the customer itself, or this service on its behalf. */
  readonly exporterRole: 'controller' | 'processor';
  /** Where the store, or the person who reads or views, is; undefined = unknown. */
  readonly destinationCountry: string | undefined;
  readonly clauses: readonly SignedClauses[];
  /** A basis that somebody asks for by name, as found in an imported record or a setting. */
  readonly requestedBasis?: string | undefined;
}

/** A flow of data that is to be decided: of which class, from where, to where, to be kept or shown. */

import type { Access, DataClass, Importer } from '@alongside/transfer';
import { type OriginEvidence, UNKNOWN_COUNTRY } from '../entities/carried.js';
import type { TransferDecisionRow } from '../entities/transfer-decision-entity.js';

export interface Origin {
  readonly country: string | undefined;
  readonly evidence: OriginEvidence;
}

/** One engagement, for what the visitor's explicit consent alone covers there. */
export interface Session {
  readonly engagementId: string;
  /** As if a visitor who was never asked had just agreed: whether it is worth asking them. */
  readonly isAsked?: true;
}

export interface Flow {
  readonly tenantId: string;
  readonly dataClass: DataClass;
  readonly access: Access;
  readonly origin: Origin;
  /** Given by a person of themselves, or noted by this service: not sent by the customer. */
  readonly direct?: boolean;
  readonly toCountry: string | undefined;
  /** Missing: who hosts the store, or the customer itself, whose own people read and view. */
  readonly importer?: Importer | undefined;
  readonly session?: Session;
}

/** One country is where the visitors are; several, or none, say that it is not known. */
export function originOfSite(visitorCountries: readonly string[]): Origin {
  const [country] = visitorCountries;
  if (visitorCountries.length !== 1 || country === undefined)
    return { country: undefined, evidence: 'unknown' };
  return { country, evidence: 'siteSetting' };
}

/** What every engagement passes through: a country that is not known is refused. */
export function relayFlow(
  { tenantId, liveCountry }: { readonly tenantId: string; readonly liveCountry: string | undefined },
  origin: Origin,
): Flow {
  return { tenantId, origin, dataClass: 'live', access: 'relay', toCountry: liveCountry };
}

/** Where a person is, and for whom they work there; nobody named is the customer itself. */
export function receiverOf({
  country,
  employer,
}: {
  readonly country?: string | null | undefined;
  readonly employer?: string | null | undefined;
}): Pick<Flow, 'toCountry' | 'importer'> {
  const importer = employer == null ? undefined : ({ name: employer, is: 'other' } as const);
  return { toCountry: country ?? undefined, ...(importer === undefined ? {} : { importer }) };
}

/** What a decision was about, to be asked again. */
export function flowOf(row: TransferDecisionRow): Flow {
  const { tenantId, dataClass, access, originEvidence, basis, importer: name, importerIs } = row;
  const known = (country: string) => (country === UNKNOWN_COUNTRY ? undefined : country);
  return {
    ...{ tenantId, dataClass, access },
    origin: { country: known(row.originCountry), evidence: originEvidence },
    toCountry: known(row.toCountry),
    ...(name === null || importerIs === null ? {} : { importer: { name, is: importerIs } }),
    ...(basis === 'NONE_DIRECT_FROM_SUBJECT' ? { direct: true } : {}),
  };
}

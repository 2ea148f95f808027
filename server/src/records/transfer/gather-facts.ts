/** What the database knows of a flow, as the facts that it is decided from. */

import { type Importer, recipientOf, type SignedInstrument, type TransferFacts } from '@alongside/transfer';
import { type EntityManager, IsNull, Not } from 'typeorm';
import { type ContractRow, contractEntity } from '../entities/contract-entity.js';
import { type CustomerRow, customerEntity } from '../entities/customer-entity.js';
import type { Flow } from './flow.js';
import { consentOf } from './session-consent.js';

/** What the facts of all flows of a customer come from. */
export interface CustomerFacts {
  readonly customer: CustomerRow;
  readonly contracts: readonly ContractRow[];
}

export interface Gathering extends CustomerFacts {
  readonly flow: Flow;
  readonly storageCountry: string;
  /** Who runs the store there, by the name that contracts and lists give it; undefined: nobody said. */
  readonly storageHost: string | undefined;
  /** And who runs the machines of `live`. */
  readonly liveHost: string | undefined;
  readonly now: number;
  /** As if this contract had been ended. */
  readonly withoutContractId?: string | undefined;
}

/** What people give of themselves needs no contract. */
export async function customerFacts(
  manager: EntityManager,
  { tenantId, direct = false }: Pick<Flow, 'tenantId' | 'direct'>,
): Promise<CustomerFacts> {
  const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
  // What one person recorded is nothing yet: a second one has to approve it.
  const open = { tenantId, endedAt: IsNull(), approvedAt: Not(IsNull()) };
  return { customer, contracts: direct ? [] : await manager.getRepository(contractEntity).findBy(open) };
}

export async function gatherFacts(
  manager: EntityManager,
  { flow, customer, contracts, storageCountry, storageHost, liveHost, withoutContractId, now }: Gathering,
): Promise<TransferFacts> {
  const { toCountry, session } = flow;
  const consent = session && (await consentOf(manager, session, toCountry, now));
  const controllerCountry = customer.country ?? undefined;
  const isPassedOn = recipientOf(flow.access) === 'store';
  // Records shown to the customer at home come back from its processor, and sub-processors receive from it.
  const byProcessor = flow.access === 'onward' || (!isPassedOn && toCountry === controllerCountry);
  return {
    dataClass: flow.dataClass,
    access: flow.access,
    collection: flow.direct ? 'direct' : 'page',
    visitorCountry: flow.origin.country,
    controllerCountry,
    exporterRole: byProcessor ? 'processor' : 'controller',
    processorCountry: storageCountry,
    destinationCountry: toCountry,
    importer: flow.importer ?? usualImporter(flow, customer, { storageHost, liveHost }),
    ...(consent === undefined ? {} : { consent }),
    instruments: (flow.direct ? [] : contracts)
      .filter((each) => each.importerCountry === toCountry && each.contractId !== withoutContractId)
      .toSorted((one, other) => (one.contractId < other.contractId ? -1 : 1))
      .map(instrumentOf),
  };
}

/** The visitor's page sends to the store that the installation has; people are the customer's own unless it is said. */
function usualImporter(
  { access }: Flow,
  { legalName, name }: CustomerRow,
  { storageHost, liveHost }: Pick<Gathering, 'storageHost' | 'liveHost'>,
): Importer | undefined {
  switch (access) {
    case 'store':
      return processorOf(storageHost);
    case 'relay':
      return processorOf(liveHost);
    case 'read':
    case 'view':
    case 'export':
      return { name: legalName ?? name, is: 'customer' };
    case 'onward':
    case 'support':
      return undefined;
  }
}

function processorOf(name: string | undefined): Importer | undefined {
  return name === undefined ? undefined : { name, is: 'processor' };
}

function instrumentOf(row: ContractRow): SignedInstrument {
  const { module, importerName: importer, importerCountry, reference } = row;
  const { signedOn, validUntil, annexesComplete } = row;
  const { assessment: conclusion, assessedOn, reviewDue } = row;
  const isAssessed = conclusion !== null && assessedOn !== null && reviewDue !== null;
  return {
    ...{ module, importer, importerCountry, reference, signedOn, annexesComplete },
    validUntil: validUntil ?? undefined,
    assessment: isAssessed ? { conclusion, assessedOn, reviewDue } : undefined,
  };
}

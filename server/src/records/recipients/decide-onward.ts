/** May what is said in an engagement go to the store that the register names, from where the visitor is, now? */

import { accept, type Done, type Reply, refuse } from '@alongside/protocol';
import type { DataClass } from '@alongside/transfer';
import type { EntityManager } from 'typeorm';
import { customerEntity } from '../entities/customer-entity.js';
import type { EngagementRow } from '../entities/engagement-entity.js';
import { type RecipientRow, recipientEntity } from '../entities/recipient-entity.js';
import { siteEntity } from '../entities/site-entity.js';
import type { TransferDecisionRow } from '../entities/transfer-decision-entity.js';
import type { RecordsContext } from '../records-context.js';
import { type Flow, type Origin, originOfSite } from '../transfer/flow.js';
import { mayReceive } from './recipient-state.js';

export interface Onward {
  readonly recipient: RecipientRow;
  readonly decision: TransferDecisionRow;
}

type Receiving = Pick<RecipientRow, 'tenantId' | 'name' | 'country' | 'role' | 'dataClasses'>;

export interface OnwardFlow {
  readonly recipientId: string;
  readonly origin: Origin;
  readonly dataClass: Extract<DataClass, 'transcript' | 'survey'>;
}

export async function decideOnwardFlow(
  { decisions, clock }: RecordsContext,
  manager: EntityManager,
  { recipientId, origin, dataClass }: OnwardFlow,
): Promise<Reply<Onward>> {
  const recipient = await manager.getRepository(recipientEntity).findOneBy({ recipientId });
  if (recipient === null || !mayReceive(recipient, clock())) return refuse('wrongState', 'deliverTo');
  if (!recipient.dataClasses.includes(dataClass)) return refuse('wrongState', 'deliverTo');
  const { tenantId } = recipient;
  const receiver = await receiving(manager, recipient);
  const flow = { tenantId, dataClass, access: 'onward', origin, ...receiver } as const;
  const decided = await decisions.decide(manager, flow);
  return decided.ok ? accept({ recipient, decision: decided.value }) : decided;
}

export function decideOnward(
  context: RecordsContext,
  manager: EntityManager,
  { engagement, dataClass }: { engagement: EngagementRow; dataClass: OnwardFlow['dataClass'] },
): Promise<Reply<Onward>> {
  const { deliveredTo, originCountry, originEvidence: evidence } = engagement;
  if (deliveredTo === null) return Promise.resolve(refuse('wrongState', 'deliverTo'));
  const origin = { country: evidence === 'unknown' ? undefined : originCountry, evidence };
  return decideOnwardFlow(context, manager, { recipientId: deliveredTo, origin, dataClass });
}

/** Of each recipient that may receive now: what flows to it of an engagement that is delivered there. */
export async function openStores(
  manager: EntityManager,
  now: number,
): Promise<ReadonlyMap<string, (origin: Origin) => readonly Flow[]>> {
  const open = new Map<string, (origin: Origin) => readonly Flow[]>();
  for (const recipient of await manager.getRepository(recipientEntity).find()) {
    if (!mayReceive(recipient, now)) continue;
    const { recipientId, tenantId, dataClasses } = recipient;
    const receiver = await receiving(manager, recipient);
    const sent = (['transcript', 'survey'] as const).filter((dataClass) => dataClasses.includes(dataClass));
    open.set(recipientId, (origin) =>
      sent.map((dataClass) => ({ tenantId, dataClass, access: 'onward', origin, ...receiver })),
    );
  }
  return open;
}

/** The customer's own store is the customer; a sub-processor works for it; of its group only the name is known. */
async function receiving(
  manager: EntityManager,
  { tenantId, name, country, role }: Pick<RecipientRow, 'tenantId' | 'name' | 'country' | 'role'>,
): Promise<Pick<Flow, 'toCountry' | 'importer'>> {
  if (role !== 'ownStore')
    return { toCountry: country, importer: { name, is: role === 'subProcessor' ? 'processor' : 'other' } };
  const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
  return { toCountry: country, importer: { name: customer.legalName ?? customer.name, is: 'customer' } };
}

/**
 * Whether there is anything that may go to it: from no site of the customer's it could receive anything otherwise. The
 * refusal is that of the first site.
 */
export async function decideRecipient(
  context: RecordsContext,
  manager: EntityManager,
  recipient: Receiving,
): Promise<Reply<Done>> {
  let refused: Reply<never> | undefined;
  for (const origin of await originsOf(manager, recipient.tenantId)) {
    const decided = await decideReceiving(context, manager, { recipient, origin });
    if (decided.ok) return accept({});
    refused ??= decided;
  }
  return refused ?? accept({});
}

/** May everything that it is registered for go to it from there? The classes differ in nothing that a basis says. */
export async function decideReceiving(
  { decisions }: RecordsContext,
  manager: EntityManager,
  { recipient, origin }: { readonly recipient: Receiving; readonly origin: Origin },
): Promise<Reply<TransferDecisionRow>> {
  const { tenantId, dataClasses } = recipient;
  const receiver = await receiving(manager, recipient);
  let decided: Reply<TransferDecisionRow> = refuse('invalid', 'dataClasses');
  for (const dataClass of new Set(dataClasses)) {
    decided = await decisions.decide(manager, { tenantId, dataClass, access: 'onward', origin, ...receiver });
    if (!decided.ok) return decided;
  }
  return decided;
}

/** Of its sites; before it has one, as if visitors were where it is. */
async function originsOf(manager: EntityManager, tenantId: string): Promise<readonly Origin[]> {
  const sites = await manager.getRepository(siteEntity).find({ order: { createdAt: 'ASC' } });
  if (sites.length > 0) return sites.map(({ visitorCountries }) => originOfSite(visitorCountries));
  const { country } = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
  return [originOfSite(country === null ? [] : [country])];
}

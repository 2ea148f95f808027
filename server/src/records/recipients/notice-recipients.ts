/** Who receives something of a site's visitors, as its notice names them: each with what that rests on. */

import type { BasisShown, NoticeShown, RecipientNamed, Reply } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { holderOf } from '../engagements/delivered-content.js';
import type { CustomerRow } from '../entities/customer-entity.js';
import type { RecipientRow } from '../entities/recipient-entity.js';
import type { SiteRow } from '../entities/site-entity.js';
import type { TransferDecisionRow } from '../entities/transfer-decision-entity.js';
import type { RecordsContext } from '../records-context.js';
import { basisShown } from '../transfer/decision-desk.js';
import { originOfSite, relayFlow } from '../transfer/flow.js';
import { decideReceiving } from './decide-onward.js';
import { noticePeople } from './notice-people.js';
import { hostsOf, receivesFrom, receivingRows } from './recipient-state.js';

export async function noticeRecipients(
  context: RecordsContext,
  manager: EntityManager,
  { site, customer }: { readonly site: SiteRow; readonly customer: CustomerRow },
): Promise<Pick<NoticeShown, 'deliveredTo' | 'recipients'>> {
  const { decisions, storageCountry: toCountry, clock } = context;
  const { tenantId, deliverTo, visitorCountries } = site;
  const origin = originOfSite(visitorCountries);
  const hostFlow = { tenantId, origin, dataClass: 'metadata', access: 'store', toCountry } as const;
  const shown = async (row: RecipientRow) => ({
    ...{ name: row.name, country: row.country, role: row.role, activeFrom: receivesFrom(row) },
    ...basisOf(await decideReceiving(context, manager, { recipient: row, origin })),
  });
  const recipients: RecipientNamed[] = [];
  for (const host of hostsOf(context)) {
    const flow = host.role === 'host' ? hostFlow : relayFlow({ ...context, tenantId }, origin);
    recipients.push({ ...host, activeFrom: 0, ...basisOf(await decisions.decide(manager, flow)) });
  }
  for (const row of await receivingRows(manager, clock())) {
    // A store of the customer's own is the customer, and is named where something goes there.
    if (row.role !== 'ownStore') recipients.push(await shown(row));
  }
  recipients.push(...(await noticePeople(context, manager, { site, customer })));
  const holder = await holderOf(manager, { deliveredTo: deliverTo });
  return holder === null ? { recipients } : { recipients, deliveredTo: await shown(holder) };
}

/** Where there is none nothing goes, and none is named. */
function basisOf(decided: Reply<TransferDecisionRow>): { readonly basis?: BasisShown } {
  return decided.ok ? { basis: basisShown(decided.value) } : {};
}

/** Whose people may be shown something of a site's visitors, and where they are, as its notice names them. */

import type { RecipientNamed } from '@alongside/protocol';
import { isSameOrganisation } from '@alongside/transfer';
import type { EntityManager } from 'typeorm';
import type { CustomerRow } from '../entities/customer-entity.js';
import type { SiteRow } from '../entities/site-entity.js';
import { knownOrganisations } from '../experts/known-organisations.js';
import type { RecordsContext } from '../records-context.js';
import { basisShown } from '../transfer/decision-desk.js';
import { type Flow, originOfSite, receiverOf } from '../transfer/flow.js';

interface Shown {
  readonly name: string;
  readonly country: string;
  readonly flow: Flow;
}

/** Where their decision is refused nobody is shown anything, and none is named. */
export async function noticePeople(
  context: RecordsContext,
  manager: EntityManager,
  of: { readonly site: SiteRow; readonly customer: CustomerRow },
): Promise<readonly RecipientNamed[]> {
  const shown = [
    ...(await workingPeople(manager, of)),
    ...(await possibleExperts(context, manager, of.site)),
  ];
  const flows = shown.map(({ flow }) => flow);
  const answers = await context.decisions.decideAll(manager, { tenantId: of.site.tenantId, flows });
  const named = shown.flatMap(({ name, country }, place): RecipientNamed[] => {
    const decided = answers[place];
    return decided?.ok
      ? [{ name, country, role: 'people', activeFrom: 0, basis: basisShown(decided.value) }]
      : [];
  });
  const isSame = (one: RecipientNamed, other: RecipientNamed) =>
    one.country === other.country && isSameOrganisation(one.name, other.name);
  return named.filter((each, place) => place === named.findIndex((other) => isSame(each, other)));
}

/** Officers read of every site, everybody else of theirs; whoever is let in is let read. */
async function workingPeople(
  manager: EntityManager,
  { site, customer }: { readonly site: SiteRow; readonly customer: CustomerRow },
): Promise<readonly Shown[]> {
  const { tenantId, siteId } = site;
  const rows = await manager.query<{ country: string; employer: string | null }[]>(working, [
    tenantId,
    siteId,
  ]);
  const origin = originOfSite(site.visitorCountries);
  return rows.map((row) => ({
    ...{ name: row.employer ?? customer.legalName ?? customer.name, country: row.country },
    flow: { tenantId, origin, dataClass: 'transcript', access: 'read', ...receiverOf(row) },
  }));
}

const working = `SELECT DISTINCT p.country, p.employer FROM person p
  WHERE p.tenant_id = $1 AND NOT p.disabled AND p.country IS NOT NULL AND ('officer' = ANY (p.roles)
    OR EXISTS (SELECT FROM person_site ps WHERE ps.person_id = p.person_id AND ps.site_id = $2))
  ORDER BY p.country, p.employer`;

/** Where the site has experts in calls, whom they may come from: they see and hear a call, and read nothing. */
async function possibleExperts(
  { clock }: RecordsContext,
  manager: EntityManager,
  { tenantId, experts, visitorCountries }: SiteRow,
): Promise<readonly Shown[]> {
  if (!experts) return [];
  const origin = originOfSite(visitorCountries);
  return (await knownOrganisations(manager, tenantId, clock())).flatMap(({ name, country }): Shown[] => {
    if (country === null) return [];
    const receiver = receiverOf({ country, employer: name });
    return [{ name, country, flow: { tenantId, origin, dataClass: 'live', access: 'view', ...receiver } }];
  });
}

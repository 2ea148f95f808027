/** Organisations that an expert may come from: the customer's own, and those that two officers approved. */

import { isSameOrganisation } from '@alongside/transfer';
import type { EntityManager } from 'typeorm';

export interface KnownOrganisation {
  readonly name: string;
  readonly country: string | null;
}

export async function knownOrganisations(
  manager: EntityManager,
  tenantId: string,
  now: number,
): Promise<readonly KnownOrganisation[]> {
  const at = new Date(now);
  const rows = await manager.query<KnownOrganisation[]>(known, [tenantId, at, at.toISOString().slice(0, 10)]);
  const isFirst = ({ name, country }: KnownOrganisation, place: number) =>
    place === rows.findIndex((each) => each.country === country && isSameOrganisation(each.name, name));
  return rows.filter(isFirst);
}

/** As it was approved, however it is spelled where somebody asks for it; undefined: it was not. */
export async function approvedName(
  manager: EntityManager,
  tenantId: string,
  organisation: string,
  now: number,
): Promise<string | undefined> {
  const all = await knownOrganisations(manager, tenantId, now);
  return all.find(({ name }) => isSameOrganisation(name, organisation))?.name;
}

/** What was signed, and what stands in the register of recipients, each in force and to the end of its last day. */
const known = `SELECT coalesce(legal_name, name) AS name, country FROM customer WHERE tenant_id = $1
  UNION SELECT importer_name, importer_country FROM contract
    WHERE tenant_id = $1 AND ended_at IS NULL AND approved_at IS NOT NULL AND (valid_until IS NULL OR valid_until >= $3::date)
  UNION SELECT name, country FROM recipient
    WHERE tenant_id = $1 AND ended_at IS NULL AND approved_at IS NOT NULL AND active_from <= $2
      AND (evidence_until IS NULL OR evidence_until >= $3::date)
  ORDER BY name, country`;

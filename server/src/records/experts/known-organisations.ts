/** Organisations that an expert may come from without a word being spelt anew: those that a basis can rest on. */

import { limits } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';

export async function knownOrganisations(
  manager: EntityManager,
): Promise<readonly { readonly name: string; readonly country: string }[]> {
  return manager.query<{ name: string; country: string }[]>(known);
}

const known = `SELECT importer_name AS name, importer_country AS country FROM contract
    WHERE ended_at IS NULL AND approved_at IS NOT NULL AND length(importer_name) <= ${limits.expertTextLength}
  UNION SELECT employer, country FROM person WHERE employer IS NOT NULL AND country IS NOT NULL AND NOT disabled
    AND length(employer) <= ${limits.expertTextLength}
  ORDER BY name, country LIMIT 200`;

/** For commands on the machine: whose customer the person of an address is. */

import type { RecordsCore } from '../records/index.js';
import { StartFailure } from './supervisor/start-failure.js';

export async function onlyTenantOf(core: RecordsCore, email: string): Promise<string> {
  const found = await core.database.lookUp<{ tenant_id: string }>('people_of_email', email);
  const tenants = [...new Set(found.map((each) => each.tenant_id))];
  const [tenantId] = tenants;
  if (tenantId === undefined || tenants.length > 1)
    throw new StartFailure(
      `${email} is the address of ${tenants.length === 0 ? 'nobody' : 'people of several customers'}. Nothing was changed.`,
    );
  return tenantId;
}

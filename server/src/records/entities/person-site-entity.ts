/** Which sites a person works for. */

import { EntitySchema } from 'typeorm';

export interface PersonSiteRow {
  personId: string;
  siteId: string;
  tenantId: string;
}

export const personSiteEntity = new EntitySchema<PersonSiteRow>({
  name: 'person_site',
  columns: {
    personId: { type: 'uuid', primary: true },
    siteId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
  },
});

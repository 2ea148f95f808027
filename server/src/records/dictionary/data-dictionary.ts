/**
 * The data dictionary: every table with its class, and every column with what it is for. A test holds it against
 * the tables that the migrations make, so a table or column that is not here fails the build.
 */

import { accountTables } from './account-tables.js';
import type { DescribedTable } from './described-table.js';
import { disclosureTables } from './disclosure-tables.js';
import { visitorTables } from './visitor-tables.js';

export const dataDictionary: Readonly<Record<string, DescribedTable>> = {
  ...accountTables,
  ...visitorTables,
  ...disclosureTables,
};

/** What the parts of `records` share: made once, handed to each. */

import type { AuditTrail } from './accounts/audit-trail.js';
import type { Database } from './database/database.js';
import type { CustomerStore } from './recipients/customer-store.js';
import type { StoreBeginnings } from './recipients/store-beginnings.js';
import type { StoreErasures } from './recipients/store-erasures.js';
import type { RecordsLogger } from './records-logger.js';
import type { ErasureLedger } from './retention/erasure-ledger.js';
import type { CurrentRegisters } from './transfer/current-registers.js';
import type { DecisionDesk } from './transfer/decision-desk.js';

export interface RecordsContext {
  readonly database: Database;
  readonly registers: CurrentRegisters;
  readonly decisions: DecisionDesk;
  readonly audit: AuditTrail;
  readonly ledger: ErasureLedger;
  /** Customers' own. */
  readonly store: Pick<CustomerStore, 'isDownSince'>;
  readonly storeErasures: StoreErasures;
  readonly storeBeginnings: StoreBeginnings;
  /** Where the database is: a fact of the installation. */
  readonly storageCountry: string;
  readonly storageHost: string | undefined;
  /** Where the machines of `live` are, and who runs them; not known, nothing begins. */
  readonly liveCountry: string | undefined;
  readonly liveHost: string | undefined;
  readonly consoleOrigin: string;
  readonly clock: () => number;
  readonly logger: RecordsLogger;
}

/** Lines of the ledger about what can be otherwise again: the last one of a pair says how it is. */

import type { EntityManager } from 'typeorm';
import type { RecordsContext } from '../records-context.js';

type Noting = Pick<RecordsContext, 'ledger' | 'database' | 'clock'>;

const takenBackBy = { restricted: 'freed', shutOut: 'letIn' } as const;
type TakesAway = keyof typeof takenBackBy;
type GivesBack = (typeof takenBackBy)[TakesAway];

/** Before the commit, so that none is missing. Where that is never tried, the other one of the pair says that it was nothing. */
export function noteAhead(
  { ledger, database, clock }: Noting,
  manager: EntityManager,
  [kind, id, eraseAfter]: readonly [TakesAway, string, (Date | undefined)?],
): void {
  const at = clock();
  ledger.note(kind, id, at, eraseAfter?.getTime());
  database.onRollback(manager, () => ledger.note(takenBackBy[kind], id, at));
}

/** Once it is committed: what a crash keeps out of it stays as it was, until an officer does it again. */
export function noteAfter(
  { ledger, database, clock }: Noting,
  manager: EntityManager,
  [kind, id]: readonly [GivesBack, string],
): void {
  const at = clock();
  database.afterCommit(manager, () => ledger.note(kind, id, at));
}

/** How a program is started so that it does not run as root. */
import type { Owner } from './private-folder.js';

export interface Account {
  /** Put before every program. */
  readonly prefix: readonly string[];
  /** Given to every spawn. */
  readonly identity: { uid?: number; gid?: number };
  /** Who must own the database's files, where that is not this process's own account. */
  readonly owner?: Owner;
}

/** What every part of a proof is given. */

import type { BrowserUnderProof } from '../engagement/participants.js';

export interface ProofSetting {
  /** The installation, which stays as it is. */
  readonly root: string;
  /** Everything that the runs write lies below it. */
  readonly folder: string;
  readonly browser: BrowserUnderProof;
  readonly mediaWorkerBin: string | undefined;
}

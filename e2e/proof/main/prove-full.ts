/** The full form. */

import type { ProofOutcome } from '../report/proof-outcome.js';
import { proveShort } from '../short/prove-short.js';
import type { Progress } from './progress.js';
import type { ProofSetting } from './proof-setting.js';

export async function proveFull(setting: ProofSetting, progress: Progress): Promise<ProofOutcome> {
  return { ...(await proveShort(setting, progress)), form: 'full' };
}

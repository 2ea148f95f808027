/**
 * The short form: starts that are refused, an engagement with limits on, and twelve mutants with limits on and off.
 * It needs neither root nor a loop device, and is complete in itself.
 */

import { join } from 'node:path';
import { runClean } from '../main/clean-run.js';
import type { Progress } from '../main/progress.js';
import type { ProofSetting } from '../main/proof-setting.js';
import { runMutants } from '../mutants/run-mutants.js';
import type { LimitShown, ProofOutcome } from '../report/proof-outcome.js';
import { observeFolders } from './folder-observer.js';
import { readLimits, shownWithoutRoot } from './limits-shown.js';
import { SHORT_DETECTORS } from './short-detectors.js';
import { showStartRefusals } from './start-refusals.js';

export async function proveShort(setting: ProofSetting, progress: Progress): Promise<ProofOutcome> {
  const { root, folder, browser, mediaWorkerBin } = setting;
  const spare = join(folder, 'refusals');
  let limits: readonly LimitShown[] = [];
  const engaged = () =>
    progress.part('an engagement, limits on', () =>
      runClean({
        ...{ root, folder, browser, mediaWorkerBin },
        ...{ name: 'clean', limits: 'on', length: 'short', ending: 'clean', detectors: SHORT_DETECTORS },
        attributes: false,
        observe: (each) => observeFolders(each),
        onStep: ({ step, tookMs }) => progress.say(`${step}: ${(tookMs / 1000).toFixed(1)} s`),
        onRunning: async (service) => {
          limits = (await readLimits(service)).filter(shownWithoutRoot);
        },
      }),
    );
  const planted = () =>
    progress.part('mutants, limits off and on', () =>
      runMutants({
        ...{ form: 'short', root, folder, browser },
        observe: (each) => observeFolders(each),
        onProgress: (words) => progress.say(words),
      }),
    );
  const refusals = await progress.part('starts to refuse', () => showStartRefusals(root, spare));
  // Both wait more than they work, and neither sees the other's processes or places.
  const [run, mutants] = await Promise.all([engaged(), planted()]);
  return {
    form: 'short',
    runs: [run],
    mutants: mutants.matrix.rows,
    limits,
    refusals,
    faults: mutants.faults,
    partsNotRun: mutants.partsNotRun,
    took: progress.took,
  };
}

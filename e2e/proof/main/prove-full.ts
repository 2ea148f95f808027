/**
 * The full form: starts that are refused, engagements on an image of their own with limits on and off, with three
 * endings, and with a database that writes every statement down; and every mutant in both passes.
 */

import { join } from 'node:path';
import { runMutants } from '../mutants/run-mutants.js';
import { showForgottenRefusal } from '../mutants/start-up-mutant.js';
import type { LimitShown, ProofOutcome } from '../report/proof-outcome.js';
import { isMissing } from '../report/violations.js';
import type { FullRun } from '../report/whole-proof.js';
import { fullRuns } from '../report/whole-proof.js';
import { showStartRefusals } from '../short/start-refusals.js';
import type { ArenaRunShown, ArenaRunSpec } from './arena-run.js';
import { playApart, runInArena } from './arena-run.js';
import { observeFully } from './full-observer.js';
import type { Progress } from './progress.js';
import type { ProofSetting } from './proof-setting.js';

/** What is put off, as by a timer, comes in that time. */
const SETTLE_MS = 60_000;
const LIMITS_OF: FullRun = 'limits-on';

/** With limits off an abort leaves a core, as it is meant to: that ending is asked of the product as it is. */
const specs: Readonly<Record<FullRun, Omit<ArenaRunSpec, 'name'>>> = {
  'limits-on': { limits: 'on', ending: 'clean', length: 'full', settleMs: SETTLE_MS },
  'limits-off': { limits: 'off', ending: 'clean', length: 'full', settleMs: SETTLE_MS },
  killed: { limits: 'on', ending: 'kill', length: 'full', settleMs: SETTLE_MS },
  'killed-off': { limits: 'off', ending: 'kill', length: 'short' },
  aborted: { limits: 'on', ending: 'abort', length: 'full' },
  'handlers-throw': { limits: 'on', ending: 'clean', length: 'faults' },
  'statements-logged': { limits: 'off', ending: 'clean', length: 'short', statements: 'logged' },
};

export async function proveFull(
  setting: ProofSetting,
  { progress, program }: { readonly progress: Progress; readonly program: string },
): Promise<ProofOutcome> {
  const refusals = await progress.part('starts to refuse', () =>
    showStartRefusals(setting.root, join(setting.folder, 'refusals')),
  );
  const startUp = await progress.part('a start that forgets to refuse', () =>
    showForgottenRefusal(setting.root, join(setting.folder, 'forgotten')),
  );
  // Both wait more than they work, and neither sees the other's processes, places or network.
  const [arenas, mutants] = await Promise.all([
    playInArenas(setting, { progress, program }),
    progress.part('mutants, limits off and on', () =>
      runMutants({
        ...{ form: 'full', root: setting.root, folder: setting.folder, browser: setting.browser },
        ...(setting.mediaWorkerBin === undefined ? {} : { mediaWorkerBin: setting.mediaWorkerBin }),
        observe: (run) => observeFully(run, { scratch: setting.folder, alone: false }),
        playApart: (pass) => playApart(program, setting, pass),
        onProgress: (words) => progress.say(words),
      }),
    ),
  ]);
  const { shown, faults } = arenas;
  return {
    form: 'full',
    runs: shown.map(({ run }) => run),
    mutants: [...mutants.matrix.rows, startUp],
    limits: shown.flatMap(limitsOf),
    refusals,
    faults: [...faults, ...mutants.faults],
    partsNotRun: mutants.partsNotRun,
    took: progress.took,
  };
}

async function playInArenas(
  setting: ProofSetting,
  { progress, program }: { readonly progress: Progress; readonly program: string },
): Promise<{ readonly shown: readonly ArenaRunShown[]; readonly faults: readonly string[] }> {
  const shown: ArenaRunShown[] = [];
  const faults: string[] = [];
  for (const name of fullRuns) {
    const spec: ArenaRunSpec = { name, ...specs[name] };
    const own = { ...setting, folder: join(setting.folder, name) };
    await progress.part(`engagement: ${name}`, async () => {
      // One that breaks off is a fault, and the others say what they have to say all the same.
      await runInArena(program, own, spec).then(
        (each) => shown.push(each),
        (error: unknown) => faults.push(`${name}: ${error instanceof Error ? error.message : ''}`),
      );
    });
  }
  return { shown, faults };
}

/** All of one run; of the others with limits on, what is not in force there. */
function limitsOf({ run: { name }, limits }: ArenaRunShown): readonly LimitShown[] {
  if (name === LIMITS_OF) return limits;
  return limits.filter(isMissing).map((limit) => ({ ...limit, name: `${name}: ${limit.name}` }));
}

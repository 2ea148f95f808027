/**
 * One run of the full form, in a process apart: mounts and network of its own, everything writable on one image, the
 * processes watched, and the image read raw in the end. What it has shown comes back without a token.
 */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runIsolated, startLoopback } from '../arena/isolation.js';
import type { Arena, ArenaOptions } from '../arena/open-arena.js';
import { openArena } from '../arena/open-arena.js';
import { withOwnSharedMemory } from '../arena/own-shared-memory.js';
import type { Detection, PartNotRun } from '../detection.js';
import type { Ending, EngagementOptions } from '../engagement/run-engagement.js';
import type { DetectorName } from '../finding.js';
import { scanImage } from '../forensics/image.js';
import { batchesOf } from '../mutants/batches.js';
import { mutants } from '../mutants/mutants.js';
import type { ApartPass } from '../mutants/mutants-options.js';
import type { PassShown } from '../mutants/play-pass.js';
import { playPass } from '../mutants/play-pass.js';
import type { CleanRun, LimitShown } from '../report/proof-outcome.js';
import type { Scanner } from '../scan/scanner.js';
import { readLimits } from '../short/limits-shown.js';
import { scanVisitorsImage } from '../short/profiles.js';
import { SHORT_DETECTORS } from '../short/short-detectors.js';
import { runClean } from './clean-run.js';
import { observeFully } from './full-observer.js';
import type { ProofSetting } from './proof-setting.js';

export interface ArenaRunSpec {
  readonly name: string;
  readonly limits: 'on' | 'off';
  readonly ending: Ending;
  readonly length: EngagementOptions['length'];
  readonly statements?: 'logged';
  /** How long the service runs on when all is over. */
  readonly settleMs?: number;
}

export interface ArenaRunShown {
  readonly run: CleanRun;
  readonly limits: readonly LimitShown[];
}

interface ArenaRunFile {
  readonly setting: ProofSetting;
  readonly spec: ArenaRunSpec;
}

interface ApartFile {
  readonly setting: ProofSetting;
  readonly pass: ApartPass;
}

/** Where the machine cannot set a run apart, the run is made as it is, and that is named. */
export async function runInArena(
  program: string,
  setting: ProofSetting,
  spec: ArenaRunSpec,
): Promise<ArenaRunShown> {
  const { folder } = setting;
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'run.json');
  const own: ArenaRunFile = { setting, spec };
  await writeFile(file, JSON.stringify(own));
  const ended = await runIsolated(program, ['--arena-run', file]);
  if (typeof ended !== 'number') return runHere(own, [ended]);
  if (ended !== 0) throw new Error(`The run ${spec.name} came to no result.`);
  return JSON.parse(await readFile(shownFile(folder), 'utf8')) as ArenaRunShown;
}

/** Mutants that are run nowhere else: where the machine cannot set them apart, nobody asks for it. */
export async function playApart(program: string, setting: ProofSetting, pass: ApartPass): Promise<PassShown> {
  const folder = join(setting.folder, pass.name);
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'run.json');
  const own: ApartFile = { setting: { ...setting, folder }, pass };
  await writeFile(file, JSON.stringify(own));
  const ended = await runIsolated(program, ['--arena-run', file]);
  if (typeof ended !== 'number') throw new Error(ended.reason);
  if (ended !== 0) throw new Error(`The run ${pass.name} came to no result.`);
  return JSON.parse(await readFile(shownFile(folder), 'utf8')) as PassShown;
}

/** Inside. */
export async function runArenaFile(file: string): Promise<void> {
  const own = JSON.parse(await readFile(file, 'utf8')) as ArenaRunFile | ApartFile;
  await startLoopback();
  const shown = 'pass' in own ? await playOnImage(own) : await runOnImage(own);
  await writeFile(shownFile(own.setting.folder), JSON.stringify(shown));
}

async function runOnImage(own: ArenaRunFile): Promise<ArenaRunShown> {
  const arena = await openArena(arenaFor(own.setting));
  if ('part' in arena) return runHere(own, [arena]);
  const { setting, spec } = own;
  try {
    const browser = await withOwnSharedMemory(setting.browser, setting.folder);
    return await run(
      { spec, setting: { ...setting, browser } },
      {
        places: arena.places,
        detectors: new Set([...SHORT_DETECTORS, 'image']),
        partsNotRun: arena.partsNotRun,
        alone: true,
        inTheEnd: (scanner) => readMedium(arena, scanner),
      },
    );
  } finally {
    await arena.remove();
  }
}

async function playOnImage({ setting, pass }: ApartFile): Promise<PassShown> {
  const arena = await openArena(arenaFor(setting));
  if ('part' in arena) throw new Error(arena.reason);
  const { root, folder } = setting;
  const names = new Set(pass.names);
  const [batch = []] = batchesOf(mutants.filter(({ name }) => names.has(name)));
  try {
    const browser = await withOwnSharedMemory(setting.browser, folder);
    const shown = await playPass(
      {
        ...{ form: 'full', root, folder, browser },
        medium: { places: arena.places, inTheEnd: (scanner) => readMedium(arena, scanner) },
        observe: (each) => observeFully(each, { scratch: folder, alone: true }),
      },
      batch,
      pass,
    );
    return { ...shown, partsNotRun: [...shown.partsNotRun, ...arena.partsNotRun] };
  } finally {
    await arena.remove();
  }
}

function arenaFor({ root, folder, browser, mediaWorkerBin }: ProofSetting): ArenaOptions {
  const programs = [root, process.execPath, browser.executablePath, mediaWorkerBin];
  return {
    isolated: true,
    mustSee: programs.filter((path) => path !== undefined),
    keepWritable: [folder],
  };
}

async function readMedium(arena: Arena, scanner: Scanner): Promise<readonly Detection[]> {
  await arena.close();
  return [await scanImage(scanner, arena.image), await scanVisitorsImage(scanner, arena.visitorsImage)];
}

function runHere(own: ArenaRunFile, partsNotRun: readonly PartNotRun[]): Promise<ArenaRunShown> {
  return run(own, { detectors: SHORT_DETECTORS, partsNotRun, alone: false });
}

type Where = Pick<Parameters<typeof runClean>[0], 'places' | 'detectors' | 'inTheEnd'> & {
  readonly partsNotRun: readonly PartNotRun[];
  readonly alone: boolean;
};

async function run({ setting, spec }: ArenaRunFile, where: Where): Promise<ArenaRunShown> {
  const { partsNotRun, alone, ...on } = where;
  let limits: readonly LimitShown[] = [];
  const shown = await runClean({
    ...setting,
    ...spec,
    ...on,
    observe: (each) => observeFully(each, { scratch: setting.folder, alone }),
    onRunning: async (service) => {
      if (spec.limits === 'on') limits = await readLimits(service);
    },
  });
  const apart: Detection = { detector: MEDIUM, findings: [], bytesScanned: 0, partsNotRun };
  return { run: { ...shown, detections: [...shown.detections, apart] }, limits };
}

const MEDIUM: DetectorName = 'files';

function shownFile(folder: string): string {
  return join(folder, 'shown.json');
}

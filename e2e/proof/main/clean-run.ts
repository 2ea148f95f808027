/** One run without mutants: a copy of the service, an engagement on it, its ending, and every detector. */

import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CopiedService } from '../copy/copied-service.js';
import { startCopy } from '../copy/start-copy.js';
import { statementsLogged } from '../copy/statements-logged.js';
import { makePlaces } from '../copy/writable-places.js';
import type { Detection } from '../detection.js';
import { faultPatches } from '../engagement/handler-faults.js';
import { countMedia } from '../engagement/media-counts.js';
import type { BrowserUnderProof } from '../engagement/participants.js';
import type { Ending, EngagementOptions, EngagementRun } from '../engagement/run-engagement.js';
import { runEngagement } from '../engagement/run-engagement.js';
import type { DetectorName } from '../finding.js';
import type { Observer, RunToObserve } from '../mutants/mutants-options.js';
import type { Sinks } from '../observe/sinks.js';
import { startSinks } from '../observe/sinks.js';
import type { ChannelHashed, CleanRun } from '../report/proof-outcome.js';
import { setApart } from '../report/set-apart.js';
import { notLookedAt } from '../scan/not-looked-at.js';
import { Scanner } from '../scan/scanner.js';
import type { WritablePlaces } from '../service-under-proof.js';
import type { Canary } from '../wanted.js';
import { PlantedControls } from './planted-controls.js';

export interface CleanRunOptions {
  readonly name: string;
  readonly root: string;
  readonly folder: string;
  readonly limits: 'on' | 'off';
  readonly length: EngagementOptions['length'];
  readonly ending: Ending;
  readonly browser: BrowserUnderProof;
  readonly mediaWorkerBin: string | undefined;
  /** How long the service runs on when all is over, for what it may have put off. */
  readonly settleMs?: number;
  /** The database writes all its statements down: whatever is stored must be found in its log as well. */
  readonly statements?: 'logged';
  /** The detectors that this run's observer brings: a control is asked of no other. */
  readonly detectors: ReadonlySet<DetectorName>;
  readonly places?: WritablePlaces;
  /** Where the observer does not ask for attributes of files. */
  readonly attributes?: false;
  observe(run: RunToObserve): Promise<Observer>;
  /** When everything has ended and nothing is open any more: of the medium itself. */
  inTheEnd?(scanner: Scanner): Promise<readonly Detection[]>;
  /** Told after each step of the script, for whoever waits. */
  readonly onStep?: EngagementOptions['onStep'];
  /** While the service runs, and before the engagement. */
  onRunning?(service: CopiedService): Promise<void>;
}

export async function runClean(options: CleanRunOptions): Promise<CleanRun> {
  const root = join(options.folder, options.name);
  await mkdir(root, { recursive: true });
  const places = options.places ?? (await makePlaces(root));
  const sinks = await startSinks();
  try {
    const planted = await PlantedControls.begin({
      ...{ places, sinks, detectors: options.detectors },
      onMedium: options.inTheEnd !== undefined,
      attributes: options.attributes !== false,
      statementsLogged: options.statements === 'logged',
    });
    try {
      return await observed(options, { places, sinks, planted });
    } finally {
      await planted.close();
    }
  } finally {
    await sinks.close();
  }
}

interface Prepared {
  readonly places: WritablePlaces;
  readonly sinks: Sinks;
  readonly planted: PlantedControls;
}

async function observed(options: CleanRunOptions, prepared: Prepared): Promise<CleanRun> {
  const { places, sinks, planted } = prepared;
  const run = { places, sinks, redis: undefined, alsoWatched: planted.processes };
  const observer = await options.observe(run);
  try {
    return await play(options, prepared, observer);
  } finally {
    await observer.close();
  }
}

async function play(
  options: CleanRunOptions,
  { places, planted }: Prepared,
  observer: Observer,
): Promise<CleanRun> {
  const { root, limits, mediaWorkerBin } = options;
  const service = await startCopy({
    ...{ root, places, limits },
    patches: [
      ...(options.statements === 'logged' ? statementsLogged : []),
      ...(options.length === 'faults' ? faultPatches : []),
    ],
    wrapper: observer.wrapper,
    ...(mediaWorkerBin === undefined ? {} : { mediaWorkerBin }),
  });
  try {
    await observer.started?.(service);
    await options.onRunning?.(service);
    await planted.plant(service);
    const run = await engage(options, { service, planted, observer });
    // No condition tells when nothing is put off any more: the time is what is looked at.
    await wait(options.settleMs ?? 0);
    planted.addSaid(run.controls);
    const scanner = new Scanner(run.wanted, planted.controls);
    const running = await observer.whileRunning(scanner, service);
    // Nothing that is open may keep the medium from being closed.
    await planted.close();
    await service.stop();
    const stopped = await observer.afterwards(scanner, service);
    await observer.close();
    await planted.plantLast();
    const last = (await options.inTheEnd?.(scanner)) ?? [];
    return shown(options.name, {
      ...{ run, scanner, planted },
      detections: [...running, ...stopped, ...last].map((each) => within(places.root, each)),
    });
  } finally {
    await service.stop();
  }
}

function engage(
  { browser, length, ending, onStep }: CleanRunOptions,
  on: { readonly service: CopiedService; readonly planted: PlantedControls; readonly observer: Observer },
): Promise<EngagementRun> {
  return runEngagement({
    ...{ service: on.service, browser, length, ending, onStep },
    onPage: (origin) => on.observer.pageAt?.(origin),
    packetsAt: (ports) => on.observer.packetsAt?.(ports),
    end: async (participants) => {
      await on.planted.plantInBrowsers(participants);
      await endLive(on.service, ending);
    },
  });
}

interface Played {
  readonly run: EngagementRun;
  readonly scanner: Scanner;
  readonly planted: PlantedControls;
  readonly detections: readonly Detection[];
}

function shown(name: string, { run, scanner, planted, detections }: Played): CleanRun {
  const apart = setApart(detections, planted.onPurpose);
  return {
    name,
    channels: run.wanted.canaries.filter(({ channel }) => run.played.includes(channel)).map(hashed),
    bodies: run.wanted.bodies.length,
    keys: run.wanted.keys.length,
    sentFrames: run.sentFrames,
    registeredFrames: run.registeredFrames,
    media: countMedia(run.wanted.media ?? []),
    controls: [
      ...planted.controls.map(({ name: control, foundBy, hiddenFrom }) => ({
        ...{ name: control, foundBy, hiddenFrom },
        seenBy: [...(scanner.controlsFound.get(control) ?? [])].sort(),
      })),
      ...apart.controls,
    ],
    detections: apart.detections,
    partsNotRun: notLookedAt(scanner),
    faults: run.faults,
    notes: run.notes,
  };
}

/** A clean end is the people's own; the others come from the system, in the middle of everything. */
async function endLive(service: CopiedService, ending: Ending): Promise<void> {
  if (ending === 'kill') await service.kill('live', 'SIGKILL');
  if (ending === 'abort') await service.kill('live', 'SIGABRT');
}

/** Places are told as they lie in the run: where on this machine it was made is nobody's affair. */
function within(root: string, detection: Detection): Detection {
  const shown = (text: string) => text.replaceAll(`${root}/`, '');
  return {
    ...detection,
    findings: detection.findings.map((finding) => ({ ...finding, place: shown(finding.place) })),
    partsNotRun: detection.partsNotRun.map(({ part, reason }) => ({ part: shown(part), reason })),
  };
}

function hashed({ channel, token }: Canary): ChannelHashed {
  return { channel, sha256: createHash('sha256').update(token).digest('hex') };
}

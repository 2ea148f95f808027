/** One run without mutants: a copy of the service, an engagement on it, its ending, and every detector. */

import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Control } from '../control.js';
import type { CopiedService } from '../copy/copied-service.js';
import { startCopy } from '../copy/start-copy.js';
import { statementsLogged } from '../copy/statements-logged.js';
import { makePlaces } from '../copy/writable-places.js';
import type { Detection, PartNotRun } from '../detection.js';
import type { BrowserUnderProof } from '../engagement/participants.js';
import type { Ending, EngagementOptions } from '../engagement/run-engagement.js';
import { runEngagement } from '../engagement/run-engagement.js';
import type { DetectorName } from '../finding.js';
import { sqlSourceOf } from '../forensics/sql.js';
import { plantSqlControls } from '../forensics/sql-controls.js';
import type { Observer, RunToObserve } from '../mutants/mutants-options.js';
import { startSinks } from '../observe/sinks.js';
import type { ChannelHashed, CleanRun } from '../report/proof-outcome.js';
import { Scanner } from '../scan/scanner.js';
import type { WritablePlaces } from '../service-under-proof.js';
import type { Canary } from '../wanted.js';

export interface CleanRunOptions {
  readonly name: string;
  readonly root: string;
  readonly folder: string;
  readonly limits: 'on' | 'off';
  readonly length: EngagementOptions['length'];
  readonly ending: Ending;
  readonly browser: BrowserUnderProof;
  readonly mediaWorkerBin: string | undefined;
  /** The database writes all its statements down: whatever is stored must be found in its log as well. */
  readonly statements?: 'logged';
  /** The detectors that this run's observer brings: a control is asked of no other. */
  readonly detectors: ReadonlySet<DetectorName>;
  readonly places?: WritablePlaces;
  observe(run: RunToObserve): Promise<Observer>;
  /** When everything has ended and nothing is open any more: of the medium itself. */
  inTheEnd?(scanner: Scanner): Promise<readonly Detection[]>;
  /** While the service runs, and before the engagement. */
  onRunning?(service: CopiedService): Promise<void>;
}

export async function runClean(options: CleanRunOptions): Promise<CleanRun> {
  const root = join(options.folder, options.name);
  await mkdir(root, { recursive: true });
  const places = options.places ?? (await makePlaces(root));
  const sinks = await startSinks();
  try {
    const observer = await options.observe({ places, sinks, redis: undefined });
    try {
      return await play(options, places, observer);
    } finally {
      await observer.close();
    }
  } finally {
    await sinks.close();
  }
}

async function play(options: CleanRunOptions, places: WritablePlaces, observer: Observer): Promise<CleanRun> {
  const { name, root, limits, mediaWorkerBin, browser, length, ending } = options;
  const service = await startCopy({
    ...{ root, places, limits },
    patches: options.statements === 'logged' ? statementsLogged : [],
    wrapper: observer.wrapper,
    ...(mediaWorkerBin === undefined ? {} : { mediaWorkerBin }),
  });
  try {
    await observer.started?.(service);
    await options.onRunning?.(service);
    const planted = await plantControls(options, service);
    const run = await runEngagement({
      ...{ service, browser, length, ending },
      onPage: (origin) => observer.pageAt?.(origin),
      end: () => endLive(service, ending),
    });
    const controls = [...said(options, run.controls), ...planted];
    const scanner = new Scanner(run.wanted, controls);
    const running = await observer.whileRunning(scanner, service);
    await service.stop();
    const stopped = await observer.afterwards(scanner, service);
    await observer.close();
    const last = (await options.inTheEnd?.(scanner)) ?? [];
    return {
      name,
      channels: run.wanted.canaries.map(hashed),
      bodies: run.wanted.bodies.length,
      keys: run.wanted.keys.length,
      sentFrames: run.sentFrames,
      registeredFrames: run.registeredFrames,
      controls: controls.map(({ name: control, foundBy, hiddenFrom }) => ({
        ...{ name: control, foundBy, hiddenFrom },
        seenBy: [...(scanner.controlsFound.get(control) ?? [])].sort(),
      })),
      detections: [...running, ...stopped, ...last, notLookedAt(scanner)].map((each) =>
        within(places.root, each),
      ),
      faults: run.faults,
      notes: run.notes,
    };
  } finally {
    await service.stop();
  }
}

/** Some are hidden from a raw search, and a log of statements would show them to it. */
async function plantControls(
  { statements, detectors }: CleanRunOptions,
  service: CopiedService,
): Promise<readonly Control[]> {
  return statements === 'logged' ? [] : plantSqlControls(connectionOf(service), detectors);
}

function said({ statements }: CleanRunOptions, controls: readonly Control[]): readonly Control[] {
  if (statements !== 'logged') return controls;
  return controls.map((control) => ({
    ...control,
    foundBy: [...control.foundBy, 'logs'],
    hiddenFrom: control.hiddenFrom.filter((detector) => detector !== 'logs'),
  }));
}

function connectionOf(service: CopiedService) {
  const { database, connection } = sqlSourceOf(service.databaseUrl);
  return connection(database);
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

/** What the scanner did not look at to its end is told, each once. */
function notLookedAt(scanner: Scanner): Detection {
  const parts: PartNotRun[] = scanner.notes.map(({ detector, place, note }) => ({
    part: `${detector}: ${place}`,
    reason: note,
  }));
  return { detector: 'files', findings: [], bytesScanned: 0, partsNotRun: parts };
}

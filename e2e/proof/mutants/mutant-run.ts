/** One run of the service with mutants in it: an engagement, what they did meanwhile, and what the detectors found. */

import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { callLocal } from '../../service/local-http.js';
import { until } from '../../service/until.js';
import type { CopiedService } from '../copy/copied-service.js';
import type { Patch } from '../copy/patch.js';
import { startCopy } from '../copy/start-copy.js';
import { makePlaces } from '../copy/writable-places.js';
import type { PartNotRun } from '../detection.js';
import { runEngagement } from '../engagement/run-engagement.js';
import type { Finding } from '../finding.js';
import { startSinks } from '../observe/sinks.js';
import { Scanner } from '../scan/scanner.js';
import { walkFiles } from '../scan/walk-files.js';
import type { Wanted } from '../wanted.js';
import { isText } from './attribution.js';
import { patchesOf } from './batch-patches.js';
import type { PlantedMutant } from './batches.js';
import type { MutantsOptions } from './mutants-options.js';
import type { OwnRedis } from './own-redis.js';
import { startOwnRedis } from './own-redis.js';
import { missedControls, partsOfSight } from './sight.js';
import type { Told } from './told.js';
import { hasAnswered, readTold, untold } from './told.js';

export interface MutantRun {
  readonly wanted: Wanted;
  readonly findings: readonly Finding[];
  /** By the name of the mutant. */
  readonly told: ReadonlyMap<string, Told>;
  readonly refusedStart: boolean;
  /** What its detectors could not look at. */
  readonly partsNotRun: readonly PartNotRun[];
  /** What makes the run prove nothing. */
  readonly faults: readonly string[];
}

const NOTHING: MutantRun = {
  wanted: { canaries: [], bodies: [], keys: [] },
  findings: [],
  told: new Map(),
  refusedStart: false,
  partsNotRun: [],
  faults: [],
};
const SETTLED_MS = 15_000;
const ENOUGH = 0.95;
const UNOPENED = /^None of the keys opens what was sealed by visitor in epoch \d+\.$/;

export async function runBatch(
  options: MutantsOptions,
  batch: readonly PlantedMutant[],
  pass: { readonly limits: 'on' | 'off'; readonly name: string },
): Promise<MutantRun> {
  const root = join(options.folder, pass.name);
  await mkdir(root, { recursive: true });
  // Otherwise the account of `live` would be kept out by a folder of the proof, and by no limit of the product.
  await chmod(options.folder, 0o711);
  const places = options.medium?.places ?? (await makePlaces(root));
  const wantsRedis = batch.some(({ mutant }) => mutant.needs?.includes('redis'));
  const rights = pass.limits === 'on' ? 'publisher' : 'anything';
  const redis = wantsRedis ? await startOwnRedis(join(root, 'redis'), rights) : undefined;
  const sinks = await startSinks();
  try {
    const observer = await options.observe({ places, sinks, redis, calls: hasCall(batch) });
    const planting = {
      places,
      sinks: sinks.ports,
      redis: { port: redis?.port ?? 0, password: redis?.password ?? '' },
    };
    const patches = patchesOf(batch, planting, pass.limits);
    return await play(options, {
      batch,
      patches,
      observer,
      places,
      redis,
      limits: pass.limits,
    });
  } finally {
    await sinks.close();
    await redis?.stop();
  }
}

interface Prepared {
  readonly batch: readonly PlantedMutant[];
  readonly patches: readonly Patch[];
  readonly observer: Awaited<ReturnType<MutantsOptions['observe']>>;
  readonly places: Awaited<ReturnType<typeof makePlaces>>;
  readonly redis: OwnRedis | undefined;
  readonly limits: 'on' | 'off';
}

async function play(options: MutantsOptions, prepared: Prepared): Promise<MutantRun> {
  const { batch, patches, observer, places, limits } = prepared;
  const { root } = options;
  const mediaWorkerBin = hasCall(batch) ? options.mediaWorkerBin : undefined;
  const refuses = limits === 'on' && batch.some(({ mutant }) => mutant.refusesStart === true);
  const starting = startCopy({
    ...{ root, places, limits, patches },
    wrapper: observer.wrapper,
    ...(mediaWorkerBin === undefined ? {} : { mediaWorkerBin }),
  });
  try {
    return await (refuses ? refusal(starting) : engage(options, prepared, await starting));
  } catch (error) {
    options.onProgress?.(error instanceof Error ? error.message : 'it failed without saying why');
    // The words of an error may quote the page; the report gets its name alone.
    const name = error instanceof Error ? error.name : 'something';
    return { ...NOTHING, faults: [`The run broke off with ${name}.`] };
  } finally {
    await starting.then(
      (service) => service.stop(),
      () => undefined,
    );
    await observer.close();
  }
}

/** The reason is the product's own, of a start that got so far. */
async function refusal(starting: Promise<CopiedService>): Promise<MutantRun> {
  const said = await starting.then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : ''),
  );
  return { ...NOTHING, refusedStart: /in-memory adapter only/.test(said) };
}

async function engage(
  { browser, medium }: MutantsOptions,
  { batch, observer, places, redis }: Prepared,
  service: CopiedService,
): Promise<MutantRun> {
  await observer.started?.(service);
  const listening = await listen(service.databaseUrl);
  let metrics = '';
  let gone: readonly string[] = [];
  const run = await runEngagement({
    ...{ service, browser, ending: 'clean', length: hasCall(batch) ? 'call' : 'mutants' },
    packetsAt: (ports) => observer.packetsAt?.(ports),
    onPage: (origin) => observer.pageAt?.(origin),
    end: async () => {
      metrics = await gatherMetrics(service);
      await settle(service.log);
      gone = await setOff(service, batch);
    },
  });
  const wanted = { ...run.wanted, bodies: run.wanted.bodies.filter(({ bytes }) => !isText(bytes)) };
  const scanner = new Scanner(wanted, run.controls);
  const running = await observer.whileRunning(scanner, service);
  const heard = await listening.end();
  await service.stop();
  const told = await toldIn(service.log);
  const stopped = await observer.afterwards(scanner, service);
  await observer.close();
  const last = (await medium?.inTheEnd(scanner)) ?? [];
  // Who gathers metrics and who listens to the database are recipients as well.
  scanner.scanBytes(Buffer.from(metrics), { detector: 'sinks', place: 'metrics' });
  scanner.scanBytes(Buffer.from(heard.join('\n')), { detector: 'sinks', place: 'notices of Postgres' });
  // The run's own Redis keeps what it takes: its files are read while it runs.
  if (redis !== undefined) await walkFiles(scanner, redis.folder, { detector: 'redis' });
  const detections = [...running, ...stopped, ...last];
  const findings = [...scanner.findings, ...detections.flatMap((each) => each.findings)];
  const share = run.sentFrames === 0 ? 0 : run.registeredFrames / run.sentFrames;
  return {
    wanted,
    findings,
    told: withGone(told, gone),
    refusedStart: false,
    partsNotRun: partsOfSight(detections, scanner, places.root),
    faults: [
      ...missedControls(run.controls, detections, scanner.controlsFound),
      ...(share < ENOUGH ? [`Only ${Math.round(share * 100)} % of the frames were registered.`] : []),
      ...run.faults.filter((fault) => !isOfPlanting(fault, batch)),
    ],
  };
}

/** Where the copy leaves snapshots unsealed, no key opens an epoch that is known by its snapshot alone. */
function isOfPlanting(fault: string, batch: readonly PlantedMutant[]): boolean {
  const isUnsealed = batch.some(({ mutant }) => mutant.plants === 'plaintext');
  return isUnsealed && UNOPENED.test(fault);
}

/** Only what is planted in a call needs one. */
function hasCall(batch: readonly PlantedMutant[]): boolean {
  return batch.some(({ mutant }) => mutant.plants === 'media');
}

/** As whoever gathers figures of an installation does. */
async function gatherMetrics(service: CopiedService): Promise<string> {
  const answer = await callLocal(`${service.origins.live}/health`).catch(() => undefined);
  return answer?.text ?? '';
}

async function listen(databaseUrl: string): Promise<{ end(): Promise<readonly string[]> }> {
  const heard: string[] = [];
  const client = new pg.Client(databaseUrl);
  client.on('error', () => undefined);
  client.on('notification', ({ payload }) => heard.push(payload ?? ''));
  await client.connect();
  await client.query('LISTEN planted');
  return {
    end: async () => {
      await client.query('SELECT 1');
      await client.end();
      return heard;
    },
  };
}

/** Every attempt that began has ended, one way or another. */
async function settle(log: string): Promise<void> {
  await until(
    'the end of what the mutants have begun',
    async () => [...(await toldIn(log)).values()].every(hasAnswered),
    SETTLED_MS,
  ).catch(() => undefined);
}

/** Returns the names of those that ended `live`. */
async function setOff(service: CopiedService, batch: readonly PlantedMutant[]): Promise<readonly string[]> {
  const gone: string[] = [];
  for (const { mutant } of batch) {
    if (mutant.signal === undefined) continue;
    const before = await service.pid('live');
    // Without a frame of its own it does not listen, and the signal would end the process.
    if (!(await toldIn(service.log)).has(mutant.name)) continue;
    process.kill(before, mutant.signal);
    await until(
      `what ${mutant.name} does`,
      async () => isGone(before) || (await toldIn(service.log)).get(mutant.name)?.signalled === true,
      SETTLED_MS * 4,
    );
    if (isGone(before)) gone.push(mutant.name);
  }
  return gone;
}

function withGone(told: ReadonlyMap<string, Told>, gone: readonly string[]): ReadonlyMap<string, Told> {
  const all = new Map(told);
  for (const name of gone) {
    const own = all.get(name) ?? untold;
    all.set(name, { ...own, codes: new Set([...own.codes, 'gone']) });
  }
  return all;
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

async function toldIn(log: string): Promise<Map<string, Told>> {
  return readTold(await readFile(log, 'utf8').catch(() => ''));
}

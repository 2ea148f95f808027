/** The detectors of the full form: those that need no rights, and those that watch the processes while they run. */

import { FRAMES_PATH } from '../../../server/src/live/frames-endpoint.js';
import type { CopiedService } from '../copy/copied-service.js';
import type { Detection, PartNotRun } from '../detection.js';
import type { DetectorName } from '../finding.js';
import { scanSql, sqlSourceOf } from '../forensics/sql.js';
import { SystemLogs } from '../forensics/system-logs.js';
import type { Observer, RunToObserve } from '../mutants/mutants-options.js';
import { type Capture, captureNetwork } from '../observe/capture.js';
import { type FileEvents, watchFiles } from '../observe/file-events.js';
import { MemoryFilesWatch } from '../observe/memory-files.js';
import type { SessionPorts } from '../observe/seen-calls.js';
import { swapNotSearched } from '../observe/swap.js';
import { type WritesWatch, watchWrites } from '../observe/writes.js';
import type { Scanner } from '../scan/scanner.js';
import type { ServiceRole } from '../service-under-proof.js';
import { observeFolders } from '../short/folder-observer.js';
import type { MediaBody } from '../wanted.js';
import { withoutWhatPasses } from './on-its-way.js';

export interface FullObserverOptions {
  /** Takes the copy of the database that is looked at, apart from what is searched. */
  readonly scratch: string;
  /** The run is alone on its network: on a shared one, others would be heard as well. */
  readonly alone: boolean;
}

const ROLES: readonly ServiceRole[] = ['main', 'live', 'records', 'postgres'];

export async function observeFully(run: RunToObserve, options: FullObserverOptions): Promise<Observer> {
  const observer = new FullObserver(run, await observeFolders(run, { scratch: options.scratch }));
  await observer.begin(options.alone);
  return observer;
}

class FullObserver implements Observer {
  readonly #run: RunToObserve;
  readonly #folders: Observer;
  #writes: WritesWatch | undefined;
  #capture: Capture | undefined;
  #heardOut: Promise<void> | undefined;
  #packets: Capture | undefined;
  #events: FileEvents | undefined;
  #memory: MemoryFilesWatch | undefined;
  #systemLogs: SystemLogs | undefined;
  #ports: SessionPorts = { livePort: 0, framesPath: FRAMES_PATH, pagePorts: [] };
  readonly #notRun: PartNotRun[] = [];

  constructor(run: RunToObserve, folders: Observer) {
    this.#run = run;
    this.#folders = folders;
  }

  get wrapper(): readonly string[] {
    return this.#writes?.wrapper ?? [];
  }

  async begin(alone: boolean): Promise<void> {
    const swap = await swapNotSearched();
    if (swap !== undefined) this.#notRun.push(swap);
    // One line of its own in a log of the machine is enough for each run that is set apart.
    this.#systemLogs = await SystemLogs.begin({ sign: alone });
    this.#writes = this.#taking(await watchWrites(this.#run.places));
    // On a shared network others are heard as well: of it only the packets of a call are taken.
    if (!alone && this.#run.calls === true) this.#packets = this.#taking(await captureNetwork('udp'));
    if (!alone) return;
    this.#capture = this.#taking(await captureNetwork());
    this.#packets = this.#capture;
    this.#events = watchFiles(this.#run.places);
  }

  async started(service: CopiedService): Promise<void> {
    const { origins } = service;
    const also = this.#run.alsoWatched ?? [];
    this.#memory = new MemoryFilesWatch(async () => [...(await service.running()), ...also]);
    this.#memory.begin();
    this.#ports = { ...this.#ports, livePort: Number(new URL(origins.live).port) };
    this.#writes?.sessionAt(this.#ports);
  }

  pageAt(origin: string): void {
    this.#ports = { ...this.#ports, pagePorts: [Number(new URL(origin).port)] };
    this.#writes?.sessionAt(this.#ports);
  }

  packetsAt(ports: readonly number[]): Promise<readonly MediaBody[]> | undefined {
    return this.#packets?.mediaAt(ports);
  }

  async whileRunning(scanner: Scanner, service: CopiedService): Promise<readonly Detection[]> {
    // Rows that are gone before the end; no role of the service may make a temporary table. What this one may not read
    // is read afterwards, and named then where it cannot be.
    const rows = await scanSql(scanner, sqlSourceOf(service.databaseUrl));
    const roles = service.calls ? [...ROLES, 'media-worker'] : ROLES;
    return [
      { ...rows, partsNotRun: [] },
      ...(this.#memory === undefined ? [] : [await this.#memory.scan(scanner, roles)]),
      ...(await this.#folders.whileRunning(scanner, service)),
    ];
  }

  async afterwards(scanner: Scanner, service: CopiedService): Promise<readonly Detection[]> {
    await this.#writes?.ended();
    this.#heardOut ??= this.#packets?.stop();
    await this.#heardOut;
    await this.#events?.stop();
    return [
      ...(await this.#folders.afterwards(scanner, service)),
      ...(this.#writes === undefined ? [] : [await this.#seenWrites(this.#writes, scanner)]),
      ...(this.#capture === undefined ? [] : [await this.#heard(this.#capture, scanner)]),
      ...(this.#events === undefined ? [] : [await this.#events.scan(scanner)]),
      ...(this.#systemLogs === undefined ? [] : [await this.#systemLogs.scan(scanner)]),
      { detector: 'writes', looked: false, findings: [], bytesScanned: 0, partsNotRun: this.#notRun },
    ];
  }

  async close(): Promise<void> {
    // Left running, it would keep the process of a run that broke off from its end.
    await this.#packets?.stop();
    this.#events?.close();
    await this.#memory?.close();
    // Otherwise a run that broke off would go on listening for good.
    this.#heardOut ??= this.#packets?.stop();
    await this.#heardOut;
    await this.#writes?.close();
    await this.#folders.close();
  }

  #taking<T extends object>(watch: T | PartNotRun): T | undefined {
    if (!isPartNotRun(watch)) return watch;
    this.#notRun.push(watch);
    return undefined;
  }

  async #seenWrites(writes: WritesWatch, scanner: Scanner): Promise<Detection> {
    const seen = withoutWhatPasses(await writes.scan(scanner), this.#ports.livePort);
    return notBlind(seen, writes.bytesToSession());
  }

  async #heard(capture: Capture, scanner: Scanner): Promise<Detection> {
    const heard = withoutWhatPasses(await capture.scan(scanner, this.#ports), this.#ports.livePort);
    return notBlind(heard, capture.bytesOfSession(this.#ports));
  }
}

function isPartNotRun(watch: object): watch is PartNotRun {
  return 'part' in watch && 'reason' in watch;
}

/** A watch that has not even seen the session, which certainly took place, proves nothing. */
function notBlind(seen: Detection, bytesOfSession: number): Detection {
  if (bytesOfSession > 0) return seen;
  const detector: DetectorName = seen.detector;
  const rule = 'the watch saw nothing of the session, which took place';
  return {
    ...seen,
    findings: [...seen.findings, { detector, place: 'session', trace: { kind: 'rule', rule } }],
  };
}

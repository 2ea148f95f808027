/** What a run of mutants needs of those who call it: browsers, and detectors. */

import type { CopiedService } from '../copy/copied-service.js';
import type { Detection } from '../detection.js';
import type { BrowserUnderProof } from '../engagement/participants.js';
import type { WatchedProcess } from '../observe/memory-files.js';
import type { Sinks } from '../observe/sinks.js';
import type { Scanner } from '../scan/scanner.js';
import type { WritablePlaces } from '../service-under-proof.js';
import type { MediaBody } from '../wanted.js';
import type { OwnRedis } from './own-redis.js';
import type { PassShown } from './play-pass.js';

export interface RunToObserve {
  readonly places: WritablePlaces;
  readonly sinks: Sinks;
  readonly redis: OwnRedis | undefined;
  /** There will be a call, whose packets are to be known. */
  readonly calls?: boolean;
  /** Processes of the examination's own that hold what the looks into processes must find. */
  readonly alsoWatched?: readonly WatchedProcess[];
}

/** The detectors of one run. */
export interface Observer {
  /** Put before the service's program. */
  readonly wrapper: readonly string[];
  /** As soon as the service has said where it listens, and before anybody visits it. */
  started?(service: CopiedService): Promise<void>;
  /** Where the visitor's page comes from, before anybody loads it. */
  pageAt?(origin: string): void;
  /** After a call: what went over the network at these ports of `live`; undefined where nobody listens. */
  packetsAt?(ports: readonly number[]): Promise<readonly MediaBody[]> | undefined;
  /** After the engagement, while the service runs: the database, descriptors, Redis. */
  whileRunning(scanner: Scanner, service: CopiedService): Promise<readonly Detection[]>;
  /** After its end: files, names, logs, profiles, dumps, sinks. */
  afterwards(scanner: Scanner, service: CopiedService): Promise<readonly Detection[]>;
  /** Called also after a failure. */
  close(): Promise<void>;
}

export interface ApartPass {
  readonly names: readonly string[];
  readonly limits: 'on' | 'off';
  /** Of its folder. */
  readonly name: string;
}

/** Where a run set apart writes, and who reads the medium itself when everything has ended. */
export interface RunMedium {
  readonly places: WritablePlaces;
  inTheEnd(scanner: Scanner): Promise<readonly Detection[]>;
}

export interface MutantsOptions {
  readonly form: 'short' | 'full';
  /** The installation. */
  readonly root: string;
  /** Each run makes places of its own below it. */
  readonly folder: string;
  readonly browser: BrowserUnderProof;
  readonly mediaWorkerBin?: string;
  /** Names of the only ones to run, for whoever adds one. */
  readonly only?: readonly string[];
  /** Otherwise a run's places are folders like any others. */
  readonly medium?: RunMedium;
  observe(run: RunToObserve): Promise<Observer>;
  /** Plays a pass of these mutants set apart from the machine; without it, they are not run. */
  playApart?(pass: ApartPass): Promise<PassShown>;
  /** For a person who waits. */
  onProgress?(words: string): void;
}

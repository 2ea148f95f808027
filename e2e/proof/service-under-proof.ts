/** A throw-away copy of the installed build that runs with data of its own, and everything it may write to. */

import type { DemoSignIns } from '../service/demo-sign-ins.js';

export type ServiceRole = 'main' | 'live' | 'records' | 'postgres' | 'media-worker';

export interface WritablePlaces {
  /** Holds all the others: a folder, or the mount point of the arena's image. */
  readonly root: string;
  readonly data: string;
  readonly temporary: string;
  readonly home: string;
  readonly logs: string;
  readonly dumps: string;
  readonly profiles: string;
}

export interface ServiceUnderProof {
  readonly origins: {
    readonly console: string;
    readonly live: string;
    readonly replay: string;
    readonly shop: string;
  };
  readonly places: WritablePlaces;
  /** Everything the service's processes have written to their outputs; a file below `places.logs`. */
  readonly log: string;
  /** Whether the limits on `live` are in force in this pass. */
  readonly limits: 'on' | 'off';
  /** Of the role that may read everything; embedded Postgres on loopback. */
  readonly databaseUrl: string;
  pid(role: ServiceRole): Promise<number>;
  signIns(): Promise<DemoSignIns>;
  stop(): Promise<void>;
}

/** One planted leak as data: what it breaks, who has to see it, and what keeps it from anything in the product. */

import type { Patch } from '../copy/patch.js';
import type { DetectorName } from '../finding.js';
import type { Sinks } from '../observe/sinks.js';
import type { WritablePlaces } from '../service-under-proof.js';

/** What stops it in the pass with limits; of a *detected only* nothing does, and that is said. */
export type StoppedBy = 'limit' | 'permission' | 'schema' | 'ACL' | 'detected only';

export type PlantedIn = 'live' | 'records' | 'console' | 'sdk';

/** What a machine has to have; a mutant without it is a part that was not run. */
export type Need =
  | 'redis'
  | 'perl'
  | 'cores'
  | 'root'
  | 'mounts'
  | 'calls'
  | 'tcpdump'
  | 'strace'
  | 'io_uring'
  /** Mounts and a network of its own, with everything writable on one image. */
  | 'arena';

/** Several mutants share a run: this one takes the stream's frames of which the sequence modulo `of` is `own`. */
export interface Slice {
  readonly own: number;
  readonly of: number;
}

/** What a mutant is told of the run in which it is planted. */
export interface Planting {
  readonly slice: Slice;
  readonly places: WritablePlaces;
  readonly sinks: Sinks['ports'];
  /** Of a Redis that takes commands on loopback as the user `live`; 0 where there is none. */
  readonly redis: { readonly port: number; readonly password: string };
}

export interface Mutant {
  readonly name: string;
  /** For a person. */
  readonly title: string;
  readonly place: PlantedIn;
  /** Plain text only where the copy's SDK does not seal: its snapshots then. Media makes its run one with a call. */
  readonly plants: 'sealed' | 'plaintext' | 'media';
  readonly detector: DetectorName;
  /** Each of these has to see it as well. */
  readonly alsoBy?: readonly DetectorName[];
  /** Rules of the system that it breaks, and a part of the place that tells whose doing it is. */
  readonly breaks?: readonly { readonly rule: string; readonly where: string }[];
  readonly stoppedBy: StoppedBy;
  /** The codes with which its attempts end where it is stopped; whatever else ends them has stopped nothing. */
  readonly stopsWith?: readonly string[];
  /** One of the twelve of the short form. */
  readonly short: boolean;
  readonly needs?: readonly Need[];
  /** It ends `live`, or keeps it from starting: it gets a run of its own. */
  readonly alone?: true;
  /** It is set off once the engagement is over, by this signal to `live`. */
  readonly signal?: 'SIGUSR2';
  /** In the pass with limits the service refuses to start. */
  readonly refusesStart?: true;
  /** A part of the path where it lies, for what is told apart by that alone. */
  readonly where?: string;
  patches(planting: Planting): readonly Patch[];
  /** What keeps it out besides the limits on `live`: taken away in the pass without limits. */
  lifted?(planting: Planting): readonly Patch[];
}

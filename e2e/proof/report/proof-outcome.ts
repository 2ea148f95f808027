/** What a proof has shown, before it is judged: run by run, mutant by mutant. */

import type { Detection, PartNotRun } from '../detection.js';
import type { MediaCount } from '../engagement/media-counts.js';
import type { DetectorName } from '../finding.js';
import type { MatrixRow } from '../mutants/matrix.js';

/** A channel's canary, without its token. */
export interface ChannelHashed {
  readonly channel: string;
  readonly sha256: string;
}

export interface ControlSeen {
  readonly name: string;
  readonly foundBy: readonly DetectorName[];
  readonly hiddenFrom: readonly DetectorName[];
  readonly seenBy: readonly DetectorName[];
}

/**
 * A run without mutants: nothing that was planted may be found, and everything stored on purpose must be. It holds
 * no token, so that it may be handed on from the process that made the run.
 */
export interface CleanRun {
  readonly name: string;
  readonly channels: readonly ChannelHashed[];
  readonly bodies: number;
  readonly keys: number;
  readonly sentFrames: number;
  readonly registeredFrames: number;
  /** Of its call: pieces of voice and picture that were looked for. */
  readonly media: readonly MediaCount[];
  readonly controls: readonly ControlSeen[];
  readonly detections: readonly Detection[];
  /** Of no single detector: what was not looked at to its end, or could not be looked for. */
  readonly partsNotRun: readonly PartNotRun[];
  /** What makes the run prove nothing, or has shown a fault. */
  readonly faults: readonly string[];
  readonly notes: readonly string[];
}

export interface LimitShown {
  readonly name: string;
  readonly inForce: boolean;
  /** For a person, where it is not: what would put it in force here. */
  readonly reason?: string;
}

export interface RefusalShown {
  readonly what: string;
  readonly process: 'live' | 'records';
  readonly refused: boolean;
}

export interface Took {
  readonly part: string;
  readonly ms: number;
}

export interface ProofOutcome {
  readonly form: 'short' | 'full';
  readonly runs: readonly CleanRun[];
  readonly mutants: readonly MatrixRow[];
  readonly limits: readonly LimitShown[];
  readonly refusals: readonly RefusalShown[];
  readonly faults: readonly string[];
  readonly partsNotRun: readonly PartNotRun[];
  readonly took: readonly Took[];
}

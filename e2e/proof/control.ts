/** Something that is stored on purpose: a detector that claims to see its medium has to find it, or the run fails. */

import type { DetectorName } from './finding.js';

export interface Control {
  readonly name: string;
  readonly token: string;
  /** Each of these has to find it. */
  readonly foundBy: readonly DetectorName[];
  /** A compressed value is invisible to a raw search, a deleted row to SQL: that is asserted as well. */
  readonly hiddenFrom: readonly DetectorName[];
}

/** A rule that the examination breaks itself: the detector has to say so, and it is no finding of the product's. */
export interface BrokenOnPurpose {
  readonly name: string;
  readonly detector: DetectorName;
  /** Exactly as the detector tells it, so that it stands for no other finding. */
  readonly place: string;
  readonly rule: string;
}

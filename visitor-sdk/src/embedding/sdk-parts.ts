/** The parts of the SDK that are loaded when they are needed, and only then. */

import type { CallPart } from '../call/call-part.js';
import type { PanelPart } from '../panel/panel-part.js';
import type { PageEnginePart } from '../sharing/page-engine-part.js';
import type { SharingPart } from '../sharing/sharing-part.js';

export interface SdkParts {
  panel(): Promise<PanelPart>;
  sharing(): Promise<SharingPart>;
  /** Needed only where the page's policy forbids the sealing worker. */
  pageEngine(): Promise<PageEnginePart>;
  call(): Promise<CallPart>;
  /** Brings the files of co-browsing near, so that a "yes" shows the page at once. */
  prefetchSharing(): void;
}

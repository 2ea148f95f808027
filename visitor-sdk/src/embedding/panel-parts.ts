/** What the panel loads when it needs it, and only then. */

import type { CallPart } from '../call/call-part.js';
import type { SealingPart } from '../call/sealing-part.js';
import type { SharePart } from '../call/share/share-part.js';
import type { ControlPart } from '../cobrowse/control/control-part.js';
import type { MovingPart } from '../cobrowse/moving/moving-part.js';
import type { PageEnginePart } from '../sharing/page-engine-part.js';
import type { SharingPart } from '../sharing/sharing-part.js';

export interface PanelParts {
  sharing(): Promise<SharingPart>;
  /** Needed only where the page's policy forbids the sealing worker. */
  pageEngine(): Promise<PageEnginePart>;
  /** Needed with the first thing that an agent points at, or that anybody draws. */
  control(): Promise<ControlPart>;
  /** Needed with the first image, font, canvas or video that may be shown. */
  moving(): Promise<MovingPart>;
  call(): Promise<CallPart>;
  /** Needed with the first call that is sealed from end to end. */
  sealing(): Promise<SealingPart>;
  /** Needed with the first yes to showing the page in a call. */
  share(): Promise<SharePart>;
  /** Brings the files of co-browsing near, so that a "yes" shows the page at once. */
  prefetchSharing(): void;
}

/** Where the script tag finds the parts of calls and co-browsing. The loader pins the panel, which pins these. */

import type { PanelParts } from '../embedding/panel-parts.js';
import type { PageEnginePart } from '../sharing/page-engine-part.js';
import type { SharingPart } from '../sharing/sharing-part.js';
import type { LinkedFile, SharingFile } from './linked-part.js';
import { linkPart } from './linked-part.js';
import type { PartFile } from './load-script-part.js';

/** Written in by the build. */
declare const ALONGSIDE_PARTS: {
  readonly [K in 'sharing' | 'control' | 'moving' | 'share' | 'call' | 'sealing']: PartFile;
};

export interface PartLoading {
  /** The panel's own file, which offers what its later parts take from it. */
  readonly panel: SharingFile;
  load<T>(file: PartFile): Promise<T>;
  prefetch(file: PartFile): void;
}

/** The file of co-browsing also holds the program of the worker. */
interface CobrowseFile extends SharingPart, SharingFile {
  pageEngine(): PageEnginePart;
}

export function scriptParts({ load, prefetch }: PartLoading): PanelParts {
  const sharing = (): Promise<CobrowseFile> => load(ALONGSIDE_PARTS.sharing);
  const overSharing = <T>(file: PartFile): Promise<T> => linkPart(sharing(), load<LinkedFile<T>>(file));
  return {
    sharing,
    control: () => overSharing(ALONGSIDE_PARTS.control),
    moving: () => overSharing(ALONGSIDE_PARTS.moving),
    pageEngine: async () => (await sharing()).pageEngine(),
    call: () => load(ALONGSIDE_PARTS.call),
    sealing: () => load(ALONGSIDE_PARTS.sealing),
    share: () => overSharing(ALONGSIDE_PARTS.share),
    prefetchSharing: () => prefetch(ALONGSIDE_PARTS.sharing),
  };
}

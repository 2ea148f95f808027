/** A preview's own file: it finds by itself what it needs, as the script tag names as few parts as it can. */

import type { MovingPart } from '../cobrowse/moving/moving-part.js';
import type { PreviewDeps, PreviewPart } from '../sharing/page-preview.js';
import type { LinkedFile, SharingFile } from './linked-part.js';
import { linkPart } from './linked-part.js';
import type { PartFile } from './load-script-part.js';

/** Written in by the build. */
declare const ALONGSIDE_PARTS: { readonly [K in 'sharing' | 'moving']: PartFile };
/** Stands in the same file: what lacks the part that shows a page. */
declare const link: LinkedFile<PreviewPart>['link'];

type Load = <T>(file: PartFile) => Promise<T>;

export interface ScriptPreviewPart {
  startPreview(deps: Omit<PreviewDeps, 'moving'>, load: Load): Promise<void>;
}

export const startPreview: ScriptPreviewPart['startPreview'] = async (deps, load) => {
  const sharing = load<SharingFile>(ALONGSIDE_PARTS.sharing);
  const part = await linkPart(sharing, Promise.resolve({ link }));
  const moving = () => linkPart(sharing, load<LinkedFile<MovingPart>>(ALONGSIDE_PARTS.moving));
  part.startPreview({ ...deps, moving });
};

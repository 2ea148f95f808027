/**
 * The lazily loaded part of showing a page: its images and fonts, pictures of canvases and videos, and frames of the
 * site's other origins. It comes with the first of them that may be shown.
 */

import type { AssetStoreDeps } from '../assets/asset-store.js';
import { AssetStore } from '../assets/asset-store.js';
import type { ForeignSheetsDeps } from '../assets/foreign-sheets.js';
import { ForeignSheets } from '../assets/foreign-sheets.js';
import type { PageAssets } from '../assets/page-assets.js';
import type { Joined } from '../joined/joined.js';
import type { JoinedFramesDeps } from '../joined/joined-frames.js';
import { JoinedFrames } from '../joined/joined-frames.js';
import type { MovingPicturesDeps } from './moving-pictures.js';
import { MovingPictures } from './moving-pictures.js';

export interface Moving {
  note(id: number): void;
  pictureOf(id: number): string | undefined;
  wanted(hashes: readonly string[]): void;
  stop(): void;
}

export type PageAssetsDeps = AssetStoreDeps & ForeignSheetsDeps;

export interface MovingPart {
  startMoving(deps: MovingPicturesDeps): Moving;
  startJoining(deps: JoinedFramesDeps): Joined;
  startAssets(deps: PageAssetsDeps): PageAssets;
}

export function startMoving(deps: MovingPicturesDeps): Moving {
  return new MovingPictures(deps);
}

export function startJoining(deps: JoinedFramesDeps): Joined {
  return new JoinedFrames(deps);
}

export function startAssets(deps: PageAssetsDeps): PageAssets {
  const store = new AssetStore(deps);
  const sheets = new ForeignSheets(deps);
  return {
    reference: (address, kind) => store.reference(address, kind),
    want: (hashes) => store.want(hashes),
    put: (made) => store.put(made),
    drop: (hash) => store.drop(hash),
    readSheet: (id, address) => sheets.read(id, address),
    close: () => {
      store.close();
      sheets.close();
    },
  };
}

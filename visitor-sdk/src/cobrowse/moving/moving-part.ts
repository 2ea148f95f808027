/** The lazily loaded pictures of canvases and videos: they come with the first one that may be shown. */

import type { MovingPicturesDeps } from './moving-pictures.js';
import { MovingPictures } from './moving-pictures.js';

export interface Moving {
  note(id: number): void;
  pictureOf(id: number): string | undefined;
  wanted(hashes: readonly string[]): void;
  stop(): void;
}

export interface MovingPart {
  startMoving(deps: MovingPicturesDeps): Moving;
}

export function startMoving(deps: MovingPicturesDeps): Moving {
  return new MovingPictures(deps);
}

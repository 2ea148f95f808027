/**
 * The lazily loaded part of showing a page that most pages never need: pictures of canvases and videos, and frames of
 * the site's other origins. It comes with the first of them that may be shown.
 */

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

export interface MovingPart {
  startMoving(deps: MovingPicturesDeps): Moving;
  startJoining(deps: JoinedFramesDeps): Joined;
}

export function startMoving(deps: MovingPicturesDeps): Moving {
  return new MovingPictures(deps);
}

export function startJoining(deps: JoinedFramesDeps): Joined {
  return new JoinedFrames(deps);
}

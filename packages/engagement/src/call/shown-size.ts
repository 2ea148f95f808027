/** Which of a camera's pictures is enough for a place on the screen. */

import type { ShownSize } from '@alongside/protocol';
import type { PictureRation } from './picture-ration.js';

/** The small picture's width, in pixels of the screen. */
const SMALL_PIXELS = 320;

export function shownSizeOf(widthPixels: number): ShownSize {
  if (widthPixels <= 0) return 'hidden';
  return widthPixels <= SMALL_PIXELS ? 'small' : 'large';
}

/** As large as it is shown, and as the line bears it. */
export function borneSize(shown: ShownSize, ration: PictureRation): ShownSize {
  if (ration === 'none') return 'hidden';
  return ration === 'small' && shown === 'large' ? 'small' : shown;
}

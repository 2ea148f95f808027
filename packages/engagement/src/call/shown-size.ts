/** Which of a camera's pictures is enough for a place on the screen. */

import type { ShownSize } from '@alongside/protocol';

/** The small picture's width, in pixels of the screen. */
const SMALL_PIXELS = 320;

export function shownSizeOf(widthPixels: number): ShownSize {
  if (widthPixels <= 0) return 'hidden';
  return widthPixels <= SMALL_PIXELS ? 'small' : 'large';
}

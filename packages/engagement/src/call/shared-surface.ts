/** What a visitor may show in a call, by what the site allows. */

import type { ScreenPolicy, SharedSurface } from '@alongside/protocol';

export interface ScreensAllowed {
  /** Absent where nothing may be shown. */
  readonly screens?: Exclude<ScreenPolicy, 'none'> | undefined;
}

/** A window and a screen cannot be masked: they are shown where the site allows any surface, and nowhere else. */
export function mayShow(surface: SharedSurface, { screens }: ScreensAllowed): boolean {
  return screens === 'any' || (screens === 'tab' && surface === 'tab');
}

/** What a browser says of what was picked. Another tab is like a window: nothing of it can be covered. */
export function surfaceOf({
  displaySurface,
  isOwnTab,
}: {
  readonly displaySurface: string | undefined;
  readonly isOwnTab: boolean;
}): SharedSurface {
  if (isOwnTab) return 'tab';
  // What is unknown may be everything.
  return displaySurface === 'window' || displaySurface === 'browser' ? 'window' : 'screen';
}

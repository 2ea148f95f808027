/** How the shown page stands, in one word out of many states. */

import type { PageViewState } from './page-view.js';

export type PlayerNoteName =
  | 'opening'
  | 'live'
  | 'paused'
  | 'catchingUp'
  | 'reconnecting'
  | 'navigating'
  | 'away'
  | 'untrusted'
  | 'unshowable';

/** One sentence for many states: the one that matters most to who looks at the page. */
export function noteOf(state: PageViewState, paused: boolean, connected: boolean): PlayerNoteName {
  if (state.receiver === 'untrusted') return 'untrusted';
  if (state.fault !== undefined && state.receiver !== 'live') return 'unshowable';
  if (state.receiver === 'visitorAway') return connected ? 'navigating' : 'away';
  if (paused) return 'paused';
  if (state.receiver === 'live') return 'live';
  if (state.receiver === 'catchingUp') return 'catchingUp';
  return state.shown || state.failure !== undefined ? 'reconnecting' : 'opening';
}

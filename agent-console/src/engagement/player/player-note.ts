/** How the shown page stands, in one word out of many states. */

import type { PageViewState } from './page-view.js';

export type PlayerNoteName =
  | 'opening'
  | 'live'
  | 'asking'
  | 'paused'
  | 'catchingUp'
  | 'reconnecting'
  | 'otherWindow'
  | 'navigating'
  | 'away'
  | 'elsewhere'
  | 'untrusted'
  | 'unshowable'
  | 'tooLarge';

export interface VisitorStanding {
  readonly connected: boolean;
  /** They have set out for another site, and said so. */
  readonly isElsewhere: boolean;
}

const tooLarge = new Set<PageViewState['fault']>(['tooLarge', 'tooManyNodes', 'tooDeep', 'tooLong']);

/** One sentence for many states: the one that matters most to who looks at the page. */
export function noteOf(state: PageViewState, paused: boolean, visitor: VisitorStanding): PlayerNoteName {
  if (state.receiver === 'untrusted') return 'untrusted';
  if (state.failure?.code === 'alreadyTaken') return 'otherWindow';
  if (state.receiver === 'visitorAway') {
    if (visitor.isElsewhere) return 'elsewhere';
    return visitor.connected ? 'navigating' : 'away';
  }
  if (state.fault !== undefined && tooLarge.has(state.fault)) return 'tooLarge';
  if (state.fault !== undefined || state.receiver === 'unreadable') return 'unshowable';
  if (paused) return 'paused';
  if (state.receiver === 'live' && state.isAsking === true) return 'asking';
  if (state.receiver === 'live') return state.isLagging === true ? 'catchingUp' : 'live';
  if (state.receiver === 'catchingUp') return 'catchingUp';
  return state.shown || state.failure !== undefined ? 'reconnecting' : 'opening';
}

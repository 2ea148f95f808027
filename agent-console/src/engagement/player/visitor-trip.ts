/**
 * A visitor who has set out for another site, as this console knows it from their page: waited for, and asked again by
 * itself whether the page may be seen, should they come back after the yes of before has ended for their absence.
 */

import type { ReceiverState } from '@alongside/frames';
import type { EngagementView } from '@alongside/protocol';
import { Store } from '../../app/store.js';

export interface TripClock {
  now(): number;
}

export interface TripDeps {
  readonly clock: TripClock;
  /** Asks the visitor to show the page again. */
  readonly ask: () => void;
}

/** An announcement that no absence follows has come to nothing. */
const SETTING_OUT_MS = 30_000;

export class VisitorTrip {
  /** Since when the visitor is elsewhere, by the server's clock; undefined while they are not. */
  readonly since = new Store<number | undefined>(undefined);
  readonly #deps: TripDeps;
  #announcedAt: number | undefined;
  #endedAway = false;

  constructor(deps: TripDeps) {
    this.#deps = deps;
  }

  /** The visitor's page has said so. */
  told(away: boolean): void {
    this.#announcedAt = away ? this.#deps.clock.now() : undefined;
    if (!away) this.#over();
  }

  /** How the view stands. */
  follow(state: ReceiverState['state']): void {
    if (state === 'live') {
      this.#over();
    } else if (state === 'visitorAway' && this.#announcedAt !== undefined) {
      const now = this.#deps.clock.now();
      if (now - this.#announcedAt <= SETTING_OUT_MS) this.since.set(now);
      this.#announcedAt = undefined;
    }
  }

  /** How the engagement stands: only what ended because of the absence is asked for again. */
  changed(view: EngagementView): void {
    // The page is looked at by nobody while the agent is on another screen: that they are gone is known all the same.
    if (!view.visitor.connected) this.follow('visitorAway');
    if (this.since.value === undefined) return;
    if (view.phase !== 'active') {
      this.#over();
    } else if (!view.visitor.connected) {
      this.#endedAway = view.view.state === 'off';
    } else if (view.view.state === 'off') {
      const isAskedAgain = this.#endedAway;
      this.#over();
      if (isAskedAgain) this.#deps.ask();
    }
  }

  #over(): void {
    this.#endedAway = false;
    this.since.set(undefined);
  }
}

/** Time as it is handed to whoever needs it, so that tests can move it. */

export interface Clock {
  /** Milliseconds: since the epoch, or on a steady clock since whenever it began. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** The figures by which the recorder gives way to the page, each with its reason; the rules are in FIDELITY.md. */

export interface PaceStep {
  /** Changes are held back for so long and then shown as what they have come to. */
  readonly holdMs: number;
  /** Of the looks at what no event tells of, one in so many takes place. */
  readonly lookEvery: number;
  readonly pictures: boolean;
}

/**
 * From calm to the slowest. A tenth of a second is not felt as a delay by whoever only looks on; a third is the
 * slowest at which somebody still follows a hand; a whole second is half of what makes an intent stale.
 */
export const paceSteps = [
  { holdMs: 0, lookEvery: 1, pictures: true },
  { holdMs: 100, lookEvery: 1, pictures: false },
  { holdMs: 300, lookEvery: 3, pictures: false },
  { holdMs: 1000, lookEvery: 6, pictures: false },
] as const satisfies readonly PaceStep[];

export const paceLimits = {
  /** About a frame: nobody sees that what follows something within it is told a frame later. */
  restMs: 16,
  /** While it goes on: thirty times a second is what a film needs. */
  busyRestMs: 33,
  /** Long enough to hold several frames of a slow device, short enough to give way before a person feels it. */
  sliceMs: 250,
  /** One slice in which much is done, as when a page shows another view of itself, is over before it is felt. */
  busySlices: 2,
  /**
   * What of the page's time our work may take: a page that was as busy as it could be then still draws nine
   * frames of ten, since about as much again is spent by the browser on our behalf.
   */
  mostShare: 0.05,
  /** With frames that come late already, even a smaller part of the time is missed. */
  mostShareWhileLate: 0.02,
  /** Of what is allowed: below it there is room for the next faster step. */
  calmPart: 0.4,
  /** Three frames of 60 a second: what the browser puts off for so long is felt. */
  lateFrameMs: 50,
  /** How long it has to be calm before the next faster step is tried. */
  calmMs: 2_000,
  /** A step that had to be taken back within this time was too early, and is tried after twice the time. */
  relapseMs: 4_000,
  longestCalmMs: 32_000,
  /** A view that is behind by so much is not called live. */
  catchingUpMs: 500,
} as const;

/** Caps of what an agent is told of the visitor's tabs. */

export const tabLimits = {
  tabs: 20,
  titleLength: 80,
  pathLength: 200,
} as const;

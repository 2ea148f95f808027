/** How marks look: lines that are readable on light and dark pages, with a light edge around them. */

export const VISITOR_SLOT = 0;
export const LINE_PX = 4;
export const EDGE_PX = 7;
export const EDGE = 'rgb(255 255 255 / 0.85)';
/** A laser's piece is gone this long after it was drawn, the last part of it fading. */
export const LASER_MS = 1800;
export const FADE_MS = 800;

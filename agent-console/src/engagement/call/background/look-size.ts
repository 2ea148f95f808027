/** The size in which a frame is looked at, which is the model's own. */

export const LOOK_WIDTH = 256;
export const LOOK_HEIGHT = 144;

/** The epoch of the frames that a run makes up itself: nobody has sealed them, and nobody holds a key of theirs. */

export const MISUSE_EPOCH = 0x70726f66;

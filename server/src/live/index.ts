/** The one door of `live`. */
export type { CallRooms, CallRoomsListener, CallSeat } from './call-rooms.js';
export { createLive } from './create-live.js';
export type { DeskPart, DeskShare } from './desk/desk-share.js';
export { LocalDeskShare } from './desk/desk-share.js';
export type { AttachFrames, FramesDeps, FramesEndpoint } from './frames-endpoint.js';
export { FRAMES_PATH } from './frames-endpoint.js';
export type { LiveLogger, LogFields } from './live-logger.js';
export type { LimitInForce, Live, LiveOptions, LiveStatusReport } from './live-options.js';

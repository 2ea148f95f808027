/** The one door of the frames package. */
export type { StreamPosition } from './agent-request.js';
export { isAssetHash } from './agent-request.js';
export type { OutgoingIntent } from './agent-sealer.js';
export type { Bytes } from './bytes.js';
export type { Continuity, ContinuityStorage } from './continuity.js';
export type { EngineAnswer, EngineCall, EngineWorker } from './engine-port.js';
export type { FrameClock } from './frame-clock.js';
export { systemClock } from './frame-clock.js';
export type { ConnectionEnd } from './frame-connection.js';
export type { FrameFault, Outcome } from './frame-fault.js';
export { FrameReceiver } from './frame-receiver.js';
export type { FrameReceiverDeps, FrameReceiverHooks, ReceiverState } from './frame-receiver-hooks.js';
export { FrameSender } from './frame-sender.js';
export type {
  FrameSenderDeps,
  FrameSenderHooks,
  ReceivedIntent,
  SenderState,
  WatchingAgent,
} from './frame-sender-hooks.js';
export type { FrameSocket } from './frame-socket.js';
export { openFrameSocket } from './frame-socket.js';
export { askedOnce } from './media/asked-once.js';
export { CallDevices } from './media/call-devices.js';
export { CallSeal } from './media/call-seal.js';
export type { CallSealing, CallSealingStart, SealCode } from './media/call-sealing.js';
export { sealableCapabilities, startCallSealing } from './media/call-sealing.js';
export { followHeldKey } from './media/follow-held-key.js';
export { holdsCalls } from './media/holds-calls.js';
export { lookAgain } from './media/look-again.js';
export type { SealedSource } from './media/media-key-id.js';
export { type MediaWorker, mediaTransforms } from './media/media-port.js';
export type { MediaCounts, MediaScope, StreamPlace } from './media/media-streams.js';
export { serveMedia } from './media/media-streams.js';
export { openWay } from './media/opening-stream.js';
export { type OwnCertificate, ownCertificate, prepareCertificate } from './media/own-certificate.js';
export { limitScreen, rationPicture } from './media/ration-picture.js';
export { ring } from './media/ring.js';
export { playTestSound, SoundLevel } from './media/sound-level.js';
export { watchWidth } from './media/watch-width.js';
export type { PageAsset } from './page-asset.js';
export type { SealingEngine, SealingEngineOptions } from './sealing-engine.js';
export { createSealingEngine } from './sealing-engine.js';
export { sessionContinuity } from './session-continuity.js';
export type { EngineStart, StartedEngine } from './start-sealing-engine.js';
export { startSealingEngine } from './start-sealing-engine.js';

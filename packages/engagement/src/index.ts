/** The one door of the engagement package. */

export {
  type CallMember,
  type CallRole,
  type CallSide,
  callRoleOf,
  callSideOf,
  mayGive,
  mayHear,
} from './call/call-audience.js';
export type { StatsEntry } from './call/call-counters.js';
export { callEncoding, screenBitrates } from './call/call-encoding.js';
export { callIdOf, runningCallId } from './call/call-id.js';
export { type CallNews, callNewsOf } from './call/call-news.js';
export { type CallCause, type CallGrade, type CallQuality, callQualityOf } from './call/call-quality.js';
export { CallWatch, type Speaker, type WatchedCall } from './call/call-watch.js';
export { type Cover, type CoverBox, coverFor, coverLimits, type LayoutState } from './call/cover-boxes.js';
export { type DeviceFault, deviceFaultOf } from './call/device-fault.js';
export {
  type Extent,
  type PixelRect,
  type Placement,
  pixelsOf,
  placementsOf,
} from './call/frame-placement.js';
export { HeldKey } from './call/held-key.js';
export { JoinedAhead } from './call/joined-ahead.js';
export { LastWords } from './call/last-words.js';
export { cellsOf, layoutCode, numberIn } from './call/layout-code.js';
export { heardLoudness, loudnessOf } from './call/loudness.js';
export { MediaWatch, type MediaWay, mediaWayOf } from './call/media-way.js';
export { passStep } from './call/pass-step.js';
export type { PictureRation } from './call/picture-ration.js';
export { mayShow, type ScreensAllowed, surfaceOf } from './call/shared-surface.js';
export { borneSize, shownSizeOf } from './call/shown-size.js';
export { relaysOf, transportOptions } from './call/transport-options.js';
export { type Again, tryAgain } from './call/try-again.js';
export { isVoiceGiven } from './call/voice-given.js';
export { type Clock, systemClock } from './clock.js';
export { type Deadline, nextDeadline } from './deadline.js';
export {
  type ActiveEngagement,
  type ActiveSeat,
  type AgentSeat,
  agentOf,
  agentsOf,
  type Call,
  type ClosedEngagement,
  type Control,
  type Ended,
  type Engagement,
  type OfferedEngagement,
  type Presence,
  seatOf,
  type ViewConsent,
  type WaitingEngagement,
  type WrapUpEngagement,
} from './engagement.js';
export { engagementView } from './engagement-view.js';
export { fromLedger, type Rebuilding, type Rebuilt, reconcile } from './from-ledger.js';
export type { Happening, HappeningOf, HappeningType } from './happening.js';
export {
  type DepartureReason,
  type Journal,
  type JournalAck,
  type JournalEntry,
  type JournalEntryType,
  journalCloses,
  type LiveHello,
  type LiveRoster,
  type LiveStatus,
  type LiveToRecords,
  type RecordsHello,
  type RecordsToLive,
  type Revocation,
} from './journal.js';
export { type ActAsked, mayAct, mayPublish, mayWatch } from './leased-act.js';
export {
  type Committed,
  type EntryDraft,
  type Moment,
  moved,
  type Outcome,
  refused,
  unchanged,
} from './outcome.js';
export { type By, type EngagementCommand, may, mayProduce, refusalOf } from './permission.js';
export { SaidInTurn, saidIn } from './said-in-turn.js';
export { transition, undo } from './transition.js';
export { mayVisitor } from './visitor-permission.js';

/** The one door of the protocol package. */
export { AskedIn, type AskedWords } from './asked-in.js';
export { askedWordsVersions } from './asked-words/asked-words-versions.js';
export {
  CallAnswer,
  type CallAsked,
  CallAttend,
  CallCancel,
  CallConnect,
  CallConsent,
  CallConsume,
  CallConsumer,
  CallEnd,
  CallFigures,
  CallJoin,
  type CallKeyStep,
  CallLeave,
  type CallMeasured,
  CallMute,
  CallNotice,
  CallPassKeys,
  CallProduce,
  CallProducer,
  CallRemove,
  CallReport,
  type CallScores,
  type CallSession,
  CallShow,
  CallStart,
  CallTransport,
  type ConsumerOffer,
  type DeviceSource,
  type IceRestart,
  type IceRoutes,
  type IceServer,
  type MediaParameters,
  MediaSource,
  type ReadyOffer,
  type RemoteProducer,
  type ShownSize,
  type TransportOffer,
} from './call.js';
export { type ChatLine, type ChatNumbered, ChatSend, ChatTyping, personName, personText } from './chat.js';
export { Software, type SoftwareFamily, softwareFamilies, TruncatedAddress } from './connection-facts.js';
export {
  DeliveryAnswer,
  DeliveryContent,
  type DeliveryKind,
  DeliveryOffer,
  type DeliveryOffered,
  DocumentEdit,
  DocumentId,
  type DocumentOffered,
  type DocumentShown,
  deliveryLimits,
  parseDeliveryContent,
} from './delivery.js';
export type {
  AgentPresent,
  AgentRole,
  CallAvailability,
  CallExpert,
  CallHeir,
  CallMedia,
  CallMode,
  CallPresent,
  CallState,
  ConsentScope,
  ControlState,
  EndReason,
  EngagementChange,
  EngagementPhase,
  EngagementView,
  ExpertView,
  JoinedRole,
  LeasedKind,
  LeaseView,
  Party,
  ScreenPolicy,
  SharedSurface,
  StorageState,
  TransferQuestion,
  ViewState,
} from './engagement-view.js';
export { firstWrongAnswer } from './first-wrong-answer.js';
export { frameCloseCode, readFrameClose } from './frame-close.js';
export {
  ACK_BYTES,
  FRAME_HEADER_BYTES,
  type FrameAck,
  type FrameHeader,
  type FrameKind,
  type FrameLane,
  frameLane,
  INTENT_HEADER_BYTES,
  type IntentHeader,
  type IntentKind,
  RESEND_FLAG,
  readFrameAck,
  readFrameHeader,
  readIntentHeader,
  writeFrameAck,
  writeFrameHeader,
  writeIntentHeader,
} from './frame-header.js';
export { FRAME_BYTES, frameLimits, frameSizeLimit } from './frame-limits.js';
export { AgreementCreate, type AgreementShown, type AgreementState } from './http/agreement-api.js';
export { type StoredInBrowser, storedInBrowser } from './http/browser-storage.js';
export {
  AccountEnd,
  AgentEdit,
  AgentInvite,
  type AgentInvited,
  type AgentLines,
  type AgentShown,
  type AgentTicketIssued,
  type AuditCheck,
  type AuditListed,
  CustomerCreate,
  type CustomerCreated,
  CustomerEdit,
  type CustomerShown,
  type EngagementListed,
  type EngagementRecord,
  Enrol,
  EnrolmentLook,
  type EnrolmentLooked,
  type Installation,
  isPagePattern,
  type Me,
  PasswordChange,
  PersonErase,
  PLEDGE_VERSION,
  PledgeGiven,
  type ProofSummary,
  Role,
  roles,
  type SignedIn,
  SignIn,
  SiteChange,
  SiteEdit,
  type SiteShown,
  SurveyCreate,
} from './http/console-api.js';
export {
  ContractCreate,
  type ContractEffect,
  type ContractShown,
  ContractVerify,
} from './http/contract-api.js';
export {
  type DisclosureCounted,
  DisclosureCreate,
  type DisclosurePackage,
  DisclosureReceipt,
  DisclosureRefuse,
  type DisclosureShown,
  disclosureGrounds,
  disclosureStates,
} from './http/disclosure-api.js';
export type { EmergencyShown } from './http/emergency-api.js';
export {
  ExpertInvite,
  type ExpertInvited,
  type ExpertJoined,
  type ExpertLinkEnd,
  ExpertLook,
  type ExpertLooked,
  type ExpertsShown,
  expertLinkEnds,
} from './http/expert-api.js';
export { NOTICE_ANNOUNCED_DAYS, NoticeCreate, type NoticeVersionShown } from './http/notice-api.js';
export type {
  BasisOfPurpose,
  InterestAssessment,
  LegalBasis,
  ProcessingActivity,
  ProcessingRecord,
} from './http/processing-api.js';
export {
  type DeliveredAnswers,
  type DeliveredCorrection,
  type DeliveredEngagement,
  type DeliveredLine,
  RecipientCreate,
  type RecipientNamed,
  type RecipientShown,
  recipientClasses,
  recipientRoles,
  StoredEngagement,
  StoredLines,
} from './http/recipient-api.js';
export {
  type EditionChange,
  EditionCreate,
  type EditionShown,
  type LapsePackage,
  type LapseShown,
  type OnwardShown,
  RegisterDocument,
  type RegisterShown,
  Repatriated,
  readRegister,
  type TransferConsents,
  type TransferReport,
} from './http/register-api.js';
export {
  type FigureName,
  figureNames,
  type KeptClass,
  keptClasses,
  type PurgeReceiptShown,
  RetentionReviewed,
  type RetentionShown,
  type RetentionTerm,
  type StatisticsCell,
  type StatisticsShown,
} from './http/retention-api.js';
export {
  CaseAct,
  type CaseActName,
  type CaseAnswerShown,
  type CaseClock,
  type CaseDue,
  type CaseListed,
  type CaseMissing,
  type CaseOpened,
  type CaseOutcome,
  CaseRecord,
  type CaseRecorded,
  CaseReferral,
  type CaseSeen,
  type CaseShown,
  CaseStart,
  type CaseState,
  caseActs,
  caseClocks,
  caseMissings,
  caseOutcomes,
  caseStates,
  HoldCreate,
  type HoldShown,
  type IdentityMeans,
  identityMeans,
  purposes,
  type RecordPurpose,
  type RefusalGround,
  type RightsKind,
  refusalGrounds,
  rightsKinds,
  rightsPaths,
} from './http/rights-api.js';
export {
  type BasisCode,
  type BasisShown,
  type InstrumentCode,
  instrumentCodes,
} from './http/transfer-basis.js';
export {
  type EngagementOpened,
  type EngagementReturned,
  EngagementStart,
  type ErasureReceipt,
  type ExportedFact,
  type LinesAfter,
  type NoticeArchived,
  type NoticeShown,
  type Receipt,
  type SiteConfig,
  type TransferWords,
  type VisitorExport,
} from './http/visitor-api.js';
export { firstVisitorPaths, visitorPaths } from './http/visitor-paths.js';
export { AgentId, AskId, EngagementId, LineId, Secret256, SiteId, SiteKey, TenantId } from './ids.js';
export {
  type IntentAnswer,
  type IntentBody,
  type IntentBodyOf,
  type IntentKey,
  type IntentPlace,
  type IntentRefusal,
  IntentTarget,
  intentKeys,
  intentLimits,
  intentRefusals,
  Mark,
  type MarkName,
  olderForm,
  parseIntentAnswer,
  parseIntentBody,
} from './intent.js';
export { Language, languages } from './language.js';
export { covers, isShownOnly, leasedKinds } from './lease.js';
export { limits, textLimits } from './limits.js';
export { colourOf, markColours } from './mark-colours.js';
export { type MaskingPolicy, strictestMasking, type TextNet, textNets } from './masking-policy.js';
export { NOTE_LENGTH } from './note-text.js';
export { letterValue, passesMod97, remainder, weightedSum } from './numbers/check-digits.js';
export { findNationalIds } from './numbers/national-id.js';
export { GAP, matchesOf, signRun, spanIn, type TextSpan } from './numbers/number-runs.js';
export { passesLuhn } from './passes-luhn.js';
export {
  PREVIEW_OPEN,
  PREVIEW_READY,
  PREVIEW_WINDOW,
  type PreviewAsk,
  type PreviewShown,
  readPreviewShown,
} from './preview.js';
export { isRetryable, type Refusal, type RefusalCode, refusals } from './refusal.js';
export {
  AdmittedNote,
  AgentNote,
  FrameAdmission,
  type IntentNoteCode,
  readAgentNote,
  readFrameAdmission,
  VisitorNote,
  writeNote,
} from './relay-note.js';
export { accept, type Done, type Reply, refuse } from './reply.js';
export {
  type AgentCommandName,
  type AgentCommands,
  type AgentFacts,
  agentCommands,
  type CommandValues,
  type DeskView,
  type EngagementFacts,
  type ExpertCommandName,
  type ExpertCommands,
  type ExpertFacts,
  expertCommands,
  Handshake,
  LeasedKinds,
  type QueueEntry,
  type RunningEntry,
  type SessionEndReason,
  type SessionFacts,
  type VisitorCommandName,
  type VisitorCommands,
  type VisitorFacts,
  visitorCommands,
} from './signal.js';
export {
  SurveyAnswer,
  SurveyAnswers,
  SurveyForm,
  SurveyQuestion,
  type SurveyVersion,
} from './survey.js';
export { tabLimits } from './tab-limits.js';
export {
  AgentTicket,
  EngagementLedger,
  ExpertTicket,
  TICKET_ISSUER,
  TICKET_TYPE,
  Ticket,
  VisitorTicket,
} from './ticket.js';
export { compareVersions, PROTOCOL_VERSION } from './version.js';
export { readVisitorNote } from './visitor-note.js';
export type { VisitorTab } from './visitor-tabs.js';

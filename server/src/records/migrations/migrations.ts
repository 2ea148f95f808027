/** All migrations, oldest first. */

import { CreateAccounts1763760000001 } from './0001-create-accounts.js';
import { CreateTransferDecisions1763760000002 } from './0002-create-transfer-decisions.js';
import { CreateEngagements1763760000003 } from './0003-create-engagements.js';
import { CreateConversations1763760000004 } from './0004-create-conversations.js';
import { SeparateTenants1763760000005 } from './0005-separate-tenants.js';
import { FindEnrolledPeople1763760000006 } from './0006-find-enrolled-people.js';
import { OpenWatches1763760000007 } from './0007-open-watches.js';
import { KeepNodes1763760000008 } from './0008-keep-nodes.js';
import { EndContracts1763760000009 } from './0009-end-contracts.js';
import { EndLostSharing1763760000010 } from './0010-end-lost-sharing.js';
import { PurgeFacts1763760000011 } from './0011-purge-facts.js';
import { CloseConnectionFacts1763760000012 } from './0012-close-connection-facts.js';
import { NetSiteTexts1763760000013 } from './0013-net-site-texts.js';
import { DeliverContent1763760000014 } from './0014-deliver-content.js';
import { KeepRegisters1763760000015 } from './0015-keep-registers.js';
import { ChainRows1763760000020 } from './0020-chain-rows.js';
import { KeepCases1763760000021 } from './0021-keep-cases.js';
import { EndAccounts1763760000022 } from './0022-end-accounts.js';
import { KeepParticipants1763760000023 } from './0023-keep-participants.js';
import { ShelveRows1763760000025 } from './0025-shelve-rows.js';
import { ReviewTerms1763760000026 } from './0026-review-terms.js';
import { CountMonths1763760000027 } from './0027-count-months.js';
import { DeliverToCustomers1763760000028 } from './0028-deliver-to-customers.js';
import { AnnounceNotices1763760000029 } from './0029-announce-notices.js';
import { KeepDisclosures1763760000030 } from './0030-keep-disclosures.js';
import { OpenEmergencies1763760000031 } from './0031-open-emergencies.js';
import { ConfirmVisitors1763760000033 } from './0033-confirm-visitors.js';
import { CountLines1763760000034 } from './0034-count-lines.js';
import { AskOfTransfers1763760000035 } from './0035-ask-of-transfers.js';
import { NameAudiences1763760000036 } from './0036-name-audiences.js';
import { JudgeMonthsWhole1763760000037 } from './0037-judge-months-whole.js';
import { SourceContracts1763760000038 } from './0038-source-contracts.js';
import { PledgeSecrecy1763760000039 } from './0039-pledge-secrecy.js';
import { RelayCalls1763760000040 } from './0040-relay-calls.js';
import { SampleCalls1763760000041 } from './0041-sample-calls.js';
import { NameImporters1763760000042 } from './0042-name-importers.js';
import { SealDecisions1763760000043 } from './0043-seal-decisions.js';
import { ErasePeople1763760000044 } from './0044-erase-people.js';
import { NameWords1763760000045 } from './0045-name-words.js';
import { DeliverCorrections1763760000046 } from './0046-deliver-corrections.js';
import { RecordLetters1763760000047 } from './0047-record-letters.js';
import { KeepCallPresence1763760000048 } from './0048-keep-call-presence.js';
import { ShareScreens1763760000050 } from './0050-share-screens.js';
import { SealMedia1763760000051 } from './0051-seal-media.js';
import { CheckDecisionsByStatement1763760000052 } from './0052-check-decisions-by-statement.js';
import { InviteExperts1763760000053 } from './0053-invite-experts.js';
import { ConcludeAgreements1763760000054 } from './0054-conclude-agreements.js';
import { ConfirmEmployers1763760000055 } from './0055-confirm-employers.js';
import { NameRelays1763760000057 } from './0057-name-relays.js';
import { LetExpertsIn1763760000058 } from './0058-let-experts-in.js';
import { HoldAgreements1763760000059 } from './0059-hold-agreements.js';
import { CheckReferencesByStatement1763760000060 } from './0060-check-references-by-statement.js';
import { LeaveRoomForCounters1763760000061 } from './0061-leave-room-for-counters.js';
import { PinSearchPaths1763760000062 } from './0062-pin-search-paths.js';
import { DateOfficers1763760000066 } from './0066-date-officers.js';
import { BeginDisclosures1763760000067 } from './0067-begin-disclosures.js';
import { AnswerInLanguage1763760000068 } from './0068-answer-in-language.js';
import { TellConcerned1763760000069 } from './0069-tell-concerned.js';
import { KeepToldTerms1763760000070 } from './0070-keep-told-terms.js';
import { FollowExperts1763760000071 } from './0071-follow-experts.js';
import { ReadTenantOnce1763760000072 } from './0072-read-tenant-once.js';
import { NameLinesOnce1763760000073 } from './0073-name-lines-once.js';
import { PurgeInBatches1763760000074 } from './0074-purge-in-batches.js';
import { CheckBodiesByEngagement1763760000075 } from './0075-check-bodies-by-engagement.js';
import { ReadTenantOnceEverywhere1763760000076 } from './0076-read-tenant-once-everywhere.js';
import { RestoreHolds1763760000077 } from './0077-restore-holds.js';
import { NameWhoEnded1763760000078 } from './0078-name-who-ended.js';
import { FindByHash1763760000079 } from './0079-find-by-hash.js';
import { NoteBeginnings1763760000080 } from './0080-note-beginnings.js';
import { SampleEverybody1763760000090 } from './0090-sample-everybody.js';
import { JudgeAndCountOnce1763760000100 } from './0100-judge-and-count-once.js';

export const migrations = [
  CreateAccounts1763760000001,
  CreateTransferDecisions1763760000002,
  CreateEngagements1763760000003,
  CreateConversations1763760000004,
  SeparateTenants1763760000005,
  FindEnrolledPeople1763760000006,
  OpenWatches1763760000007,
  KeepNodes1763760000008,
  EndContracts1763760000009,
  EndLostSharing1763760000010,
  PurgeFacts1763760000011,
  CloseConnectionFacts1763760000012,
  NetSiteTexts1763760000013,
  DeliverContent1763760000014,
  KeepRegisters1763760000015,
  ChainRows1763760000020,
  KeepCases1763760000021,
  EndAccounts1763760000022,
  KeepParticipants1763760000023,
  ShelveRows1763760000025,
  ReviewTerms1763760000026,
  CountMonths1763760000027,
  DeliverToCustomers1763760000028,
  AnnounceNotices1763760000029,
  KeepDisclosures1763760000030,
  OpenEmergencies1763760000031,
  ConfirmVisitors1763760000033,
  CountLines1763760000034,
  AskOfTransfers1763760000035,
  NameAudiences1763760000036,
  JudgeMonthsWhole1763760000037,
  SourceContracts1763760000038,
  PledgeSecrecy1763760000039,
  RelayCalls1763760000040,
  SampleCalls1763760000041,
  NameImporters1763760000042,
  SealDecisions1763760000043,
  ErasePeople1763760000044,
  NameWords1763760000045,
  DeliverCorrections1763760000046,
  RecordLetters1763760000047,
  KeepCallPresence1763760000048,
  ShareScreens1763760000050,
  SealMedia1763760000051,
  CheckDecisionsByStatement1763760000052,
  InviteExperts1763760000053,
  ConcludeAgreements1763760000054,
  ConfirmEmployers1763760000055,
  NameRelays1763760000057,
  LetExpertsIn1763760000058,
  HoldAgreements1763760000059,
  CheckReferencesByStatement1763760000060,
  LeaveRoomForCounters1763760000061,
  PinSearchPaths1763760000062,
  DateOfficers1763760000066,
  BeginDisclosures1763760000067,
  AnswerInLanguage1763760000068,
  TellConcerned1763760000069,
  KeepToldTerms1763760000070,
  FollowExperts1763760000071,
  ReadTenantOnce1763760000072,
  NameLinesOnce1763760000073,
  PurgeInBatches1763760000074,
  CheckBodiesByEngagement1763760000075,
  ReadTenantOnceEverywhere1763760000076,
  RestoreHolds1763760000077,
  NameWhoEnded1763760000078,
  FindByHash1763760000079,
  NoteBeginnings1763760000080,
  SampleEverybody1763760000090,
  JudgeAndCountOnce1763760000100,
];

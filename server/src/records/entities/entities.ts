/** All entities; a test holds them against the tables that the migrations make. */

import { auditEntryEntity } from './audit-entry-entity.js';
import { callEntity } from './call-entity.js';
import { callExpertEntity } from './call-expert-entity.js';
import { callPresenceEntity } from './call-presence-entity.js';
import { callSampleEntity } from './call-sample-entity.js';
import { caseHistoryEntity } from './case-history-entity.js';
import { chatLineEntity } from './chat-line-entity.js';
import { connectionEntity } from './connection-entity.js';
import { consentEntryEntity } from './consent-entry-entity.js';
import { contractEntity } from './contract-entity.js';
import { correctionEntity } from './correction-entity.js';
import { customerEntity } from './customer-entity.js';
import { decisionSealEntity } from './decision-seal-entity.js';
import { deliveryEntity } from './delivery-entity.js';
import { disclosureEntity } from './disclosure-entity.js';
import { disclosureHistoryEntity } from './disclosure-history-entity.js';
import { documentEntity } from './document-entity.js';
import { emergencyAccessEntity } from './emergency-access-entity.js';
import { endedAccountEntity } from './ended-account-entity.js';
import { engagementEntity } from './engagement-entity.js';
import { enrolmentEntity } from './enrolment-entity.js';
import { erasureEntity } from './erasure-entity.js';
import { introductionEntity } from './introduction-entity.js';
import { journalEntryEntity } from './journal-entry-entity.js';
import { lapseEntity } from './lapse-entity.js';
import { leaseEntity } from './lease-entity.js';
import { legalHoldEntity } from './legal-hold-entity.js';
import { monthFiguresEntity } from './month-figures-entity.js';
import { noticeEntity } from './notice-entity.js';
import { participantEntity } from './participant-entity.js';
import { personEntity } from './person-entity.js';
import { personSiteEntity } from './person-site-entity.js';
import { processingAgreementEntity } from './processing-agreement-entity.js';
import { purgeReceiptEntity } from './purge-receipt-entity.js';
import { recipientEntity } from './recipient-entity.js';
import { refreshTokenEntity } from './refresh-token-entity.js';
import { registerEditionEntity } from './register-edition-entity.js';
import { retentionReviewEntity } from './retention-review-entity.js';
import { rightsCaseEntity } from './rights-case-entity.js';
import { siteEntity } from './site-entity.js';
import { storeBeginningEntity } from './store-beginning-entity.js';
import { surveyAnswersEntity } from './survey-answers-entity.js';
import { surveyFormEntity } from './survey-form-entity.js';
import { transferDecisionEntity } from './transfer-decision-entity.js';
import { watchEntity } from './watch-entity.js';

export const entities = [
  customerEntity,
  personEntity,
  siteEntity,
  personSiteEntity,
  noticeEntity,
  surveyFormEntity,
  contractEntity,
  processingAgreementEntity,
  recipientEntity,
  enrolmentEntity,
  refreshTokenEntity,
  registerEditionEntity,
  transferDecisionEntity,
  lapseEntity,
  engagementEntity,
  participantEntity,
  journalEntryEntity,
  consentEntryEntity,
  leaseEntity,
  watchEntity,
  decisionSealEntity,
  deliveryEntity,
  documentEntity,
  callEntity,
  callExpertEntity,
  callPresenceEntity,
  callSampleEntity,
  connectionEntity,
  auditEntryEntity,
  introductionEntity,
  chatLineEntity,
  surveyAnswersEntity,
  erasureEntity,
  storeBeginningEntity,
  purgeReceiptEntity,
  caseHistoryEntity,
  correctionEntity,
  legalHoldEntity,
  rightsCaseEntity,
  endedAccountEntity,
  emergencyAccessEntity,
  disclosureEntity,
  disclosureHistoryEntity,
  retentionReviewEntity,
  monthFiguresEntity,
];

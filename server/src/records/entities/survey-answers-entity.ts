/** The answers to one version of a survey. */

import type { SurveyAnswers } from '@alongside/protocol';
import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface SurveyAnswersRow extends CarriedRow {
  engagementId: string;
  siteId: string;
  surveyVersion: number;
  /** None where the customer keeps them itself: then `deliveredAt` says since when. */
  answers: SurveyAnswers['answers'] | null;
  deliveredAt: Date | null;
  rating: number | null;
  at: Date;
}

export const surveyAnswersEntity = new EntitySchema<SurveyAnswersRow>({
  name: 'survey_answers',
  columns: {
    engagementId: { type: 'uuid', primary: true },
    siteId: { type: 'uuid' },
    surveyVersion: { type: 'integer' },
    answers: { type: 'jsonb', nullable: true },
    deliveredAt: { type: 'timestamptz', nullable: true },
    rating: { type: 'smallint', nullable: true },
    at: { type: 'timestamptz' },
    ...carried,
  },
});

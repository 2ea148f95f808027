/** One version of the survey that a site asks at the end. */

import type { SurveyForm } from '@alongside/protocol';
import { EntitySchema } from 'typeorm';

export interface SurveyFormRow {
  siteId: string;
  version: number;
  tenantId: string;
  form: SurveyForm;
  authorId: string;
  publishedAt: Date;
}

export const surveyFormEntity = new EntitySchema<SurveyFormRow>({
  name: 'survey_form',
  columns: {
    siteId: { type: 'uuid', primary: true },
    version: { type: 'integer', primary: true },
    tenantId: { type: 'uuid' },
    form: { type: 'jsonb' },
    authorId: { type: 'uuid' },
    publishedAt: { type: 'timestamptz' },
  },
});

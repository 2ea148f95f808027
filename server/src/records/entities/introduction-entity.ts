/** What a visitor gave of themselves at the start: a name, a topic and who the customer says they are, all optional. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface IntroductionRow extends CarriedRow {
  engagementId: string;
  visitorName: string | null;
  topic: string | null;
  confirmedAs: string | null;
}

export const introductionEntity = new EntitySchema<IntroductionRow>({
  name: 'introduction',
  columns: {
    engagementId: { type: 'uuid', primary: true },
    visitorName: { type: 'varchar', length: 80, nullable: true },
    topic: { type: 'varchar', length: 120, nullable: true },
    confirmedAs: { type: 'varchar', length: 120, nullable: true },
    ...carried,
  },
});

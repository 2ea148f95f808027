/**
 * Whether a month is due is seen from its latest end, customer by customer, and whether it is held from the holds that
 * there are: so a month goes without a look at each of its engagements, but for those whose terms end about now.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropShelf } from './shelf-functions.js';

export class JudgeMonthsWhole1763760000037 implements MigrationInterface {
  readonly name = 'JudgeMonthsWhole1763760000037';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(dropShelf({ lines: 'numbered', due: 'whole' }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropShelf({ lines: 'numbered', due: 'eachOne' }));
  }
}

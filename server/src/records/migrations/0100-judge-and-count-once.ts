/** Whether a month is due and how many lines go with it is one look at its engagements, where it was two. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropShelf } from './shelf-functions.js';

export class JudgeAndCountOnce1763760000100 implements MigrationInterface {
  readonly name = 'JudgeAndCountOnce1763760000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(dropShelf({ lines: 'summed', due: 'once' }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropShelf({ lines: 'numbered', due: 'whole' }));
  }
}

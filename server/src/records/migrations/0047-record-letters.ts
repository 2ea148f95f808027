/** A request that came by letter or mail is a case like any other. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

const ways = (list: string) => `ALTER TABLE rights_case DROP CONSTRAINT rights_case_came_by_check,
  ADD CONSTRAINT rights_case_came_by_check CHECK (came_by IN (${list}))`;

export class RecordLetters1763760000047 implements MigrationInterface {
  readonly name = 'RecordLetters1763760000047';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ways("'receipt', 'referral', 'letter'"));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE rights_case SET came_by = 'referral' WHERE came_by = 'letter'");
    await runner.query(ways("'receipt', 'referral'"));
  }
}

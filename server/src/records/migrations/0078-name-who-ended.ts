/** A conversation that a case ended says so: that an officer decided it, and that it was to be restricted. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NameWhoEnded1763760000078 implements MigrationInterface {
  readonly name = 'NameWhoEnded1763760000078';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TYPE actor ADD VALUE IF NOT EXISTS 'officer'");
    await runner.query("ALTER TYPE end_reason ADD VALUE IF NOT EXISTS 'restricted'");
  }

  /** A value cannot be taken out of a type; rows are given those that were there before. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE engagement SET ended_by = 'system' WHERE ended_by::text = 'officer'");
    await runner.query(
      "UPDATE engagement SET end_reason = 'visitorEnded' WHERE end_reason::text = 'restricted'",
    );
  }
}

/** Who may come near what is shown and kept: the machine that passes it on live, and whoever runs the service. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NameRelays1763760000057 implements MigrationInterface {
  readonly name = 'NameRelays1763760000057';

  async up(runner: QueryRunner): Promise<void> {
    for (const access of ['relay', 'support'])
      await runner.query(`ALTER TYPE transfer_access ADD VALUE IF NOT EXISTS '${access}'`);
  }

  /** A value cannot be taken out of a type; decisions that name it stay as evidence. */
  async down(): Promise<void> {}
}

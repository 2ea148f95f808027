/** The register that a customer's transfers are decided by now; its first edition is the shipped one. */

import { randomUUID } from 'node:crypto';
import { type RegisterBody, shippedRegister, type TransferRegister } from '@alongside/transfer';
import type { EntityManager } from 'typeorm';
import { registerEditionEntity } from '../entities/register-edition-entity.js';

/** Bodies never change, so they may be kept; the bound keeps memory flat. */
const KEPT_BODIES = 500;

interface Head {
  readonly edition_id: string;
  readonly number: number;
  readonly version: string;
  readonly confirmed_at: Date;
  readonly set_up: boolean;
}

export class CurrentRegisters {
  readonly #clock: () => number;
  readonly #bodies = new Map<string, RegisterBody>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  async of(manager: EntityManager, tenantId: string): Promise<TransferRegister> {
    const head = await this.#head(manager, tenantId);
    const body = this.#bodies.get(head.edition_id) ?? (await this.#read(manager, head.edition_id));
    return {
      ...body,
      version: `${head.version}/${head.number}`,
      confirmedAt: head.confirmed_at.getTime(),
    };
  }

  async #head(manager: EntityManager, tenantId: string): Promise<Head> {
    const [found] = await manager.query<Head[]>(inForce);
    // Whoever never edited the register goes on with what is shipped.
    if (found !== undefined && !(found.set_up && found.version !== shippedRegister.version)) return found;
    await this.#setUp(manager, { tenantId, number: (found?.number ?? 0) + 1 });
    const [made] = await manager.query<Head[]>(inForce);
    if (made === undefined) throw new Error('a customer has no register in force');
    return made;
  }

  /** A customer that comes later is no later confirmation: the age counts from when the installation was set up. */
  async #setUp(
    manager: EntityManager,
    { tenantId, number }: { tenantId: string; number: number },
  ): Promise<void> {
    const { version, ...body } = shippedRegister;
    const [known] = await manager.query<{ confirmed_at: Date | null }[]>(
      'SELECT confirmed_at FROM shipped_confirmed_at($1)',
      [version],
    );
    const now = new Date(this.#clock());
    await manager.query(supersede, [now]);
    await manager
      .getRepository(registerEditionEntity)
      .createQueryBuilder()
      .insert()
      .values({
        ...{ editionId: randomUUID(), tenantId, number, version, body, note: '' },
        ...{ state: 'inForce', proposedAt: now, confirmedAt: known?.confirmed_at ?? now },
      })
      // Another transaction may have set it up in the same moment.
      .orIgnore()
      .execute();
  }

  async #read(manager: EntityManager, editionId: string): Promise<RegisterBody> {
    const { body } = await manager.getRepository(registerEditionEntity).findOneByOrFail({ editionId });
    if (this.#bodies.size >= KEPT_BODIES) this.#bodies.clear();
    this.#bodies.set(editionId, body);
    return body;
  }
}

const inForce = `SELECT edition_id, number, version, confirmed_at, proposed_by IS NULL AS set_up
  FROM register_edition WHERE state = 'inForce'`;
const supersede = `UPDATE register_edition SET state = 'superseded', decided_at = $1
  WHERE state = 'inForce' AND proposed_by IS NULL`;

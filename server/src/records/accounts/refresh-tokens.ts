/** Refresh tokens: one use each. One that comes back after it was used gives its whole family away. */

import { randomUUID } from 'node:crypto';
import { accept, limits, type Reply, refuse } from '@alongside/protocol';
import { type EntityManager, IsNull } from 'typeorm';
import { hashSecret, makeSecret } from '../crypto/secrets.js';
import { type RefreshTokenRow, refreshTokenEntity } from '../entities/refresh-token-entity.js';

export interface SignInFamily {
  readonly tenantId: string;
  readonly personId: string;
  readonly familyId: string;
}

/** Two tabs may renew at the same moment: within this time the second is told to try again. */
const TWO_TABS_MS = 10_000;

export class RefreshTokens {
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  async start(
    manager: EntityManager,
    { tenantId, personId }: Pick<SignInFamily, 'tenantId' | 'personId'>,
  ): Promise<{ family: SignInFamily; token: string }> {
    const family = { tenantId, personId, familyId: randomUUID() };
    const expiresAt = new Date(this.#clock() + limits.refreshTokenMs);
    return { family, token: await this.#add(manager, family, expiresAt) };
  }

  /** Whose token it is, used or not: whoever signs out means the session, however old the token at hand is. */
  async familyOf(manager: EntityManager, token: string): Promise<SignInFamily | undefined> {
    const row = await manager
      .getRepository(refreshTokenEntity)
      .findOneBy({ tokenHash: hashSecret(token), revokedAt: IsNull() });
    if (row === null || row.expiresAt.getTime() <= this.#clock()) return undefined;
    return { tenantId: row.tenantId, personId: row.personId, familyId: row.familyId };
  }

  /** `reused` tells of a token that somebody else has used: its family is revoked. */
  async rotate(
    manager: EntityManager,
    token: string,
  ): Promise<Reply<{ family: SignInFamily; token: string }> & { readonly reused?: RefreshTokenRow }> {
    const row = await manager
      .getRepository(refreshTokenEntity)
      .createQueryBuilder('token')
      .setLock('pessimistic_write')
      .where({ tokenHash: hashSecret(token) })
      .getOne();
    const now = this.#clock();
    if (row === null || row.revokedAt !== null || row.expiresAt.getTime() <= now)
      return refuse('notAdmitted');
    if (row.usedAt !== null) {
      if (now - row.usedAt.getTime() < TWO_TABS_MS) return refuse('tooFast', 'refresh');
      await this.revokeFamily(manager, row.familyId);
      return { ...refuse('notAdmitted'), reused: row };
    }
    await manager
      .getRepository(refreshTokenEntity)
      .update({ tokenHash: row.tokenHash }, { usedAt: new Date(now) });
    const family = { tenantId: row.tenantId, personId: row.personId, familyId: row.familyId };
    return accept({ family, token: await this.#add(manager, family, row.expiresAt) });
  }

  async revokeFamily(manager: EntityManager, familyId: string): Promise<void> {
    await manager
      .getRepository(refreshTokenEntity)
      .update({ familyId, revokedAt: IsNull() }, { revokedAt: new Date(this.#clock()) });
  }

  async revokePerson(manager: EntityManager, personId: string): Promise<void> {
    await manager
      .getRepository(refreshTokenEntity)
      .update({ personId, revokedAt: IsNull() }, { revokedAt: new Date(this.#clock()) });
  }

  /** An access token of a family that was revoked is worth nothing from then on. */
  async isAlive(manager: EntityManager, familyId: string): Promise<boolean> {
    return manager.getRepository(refreshTokenEntity).existsBy({ familyId, revokedAt: IsNull() });
  }

  async #add(manager: EntityManager, family: SignInFamily, expiresAt: Date): Promise<string> {
    const token = makeSecret();
    await manager
      .getRepository(refreshTokenEntity)
      .insert({ ...family, tokenHash: hashSecret(token), expiresAt });
    return token;
  }
}

/** Signing in, renewing, signing out, and telling who an access token stands for. */

import type { Revocation } from '@alongside/engagement';
import type { AgentId, Me, Reply, SignedIn, TenantId } from '@alongside/protocol';
import { accept, type Language, refuse } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { hashSecret } from '../crypto/secrets.js';
import { customerEntity } from '../entities/customer-entity.js';
import { type PersonRow, personEntity } from '../entities/person-entity.js';
import { personSiteEntity } from '../entities/person-site-entity.js';
import type { RecordsContext } from '../records-context.js';
import type { AccessTokens } from './access-tokens.js';
import { isResting } from './account-states.js';
import type { Caller } from './caller.js';
import { hashPassword, isPassword, isWeak } from './passwords.js';
import { hasPledged } from './pledges.js';
import type { RefreshTokens, SignInFamily } from './refresh-tokens.js';

export interface OpenedSession {
  readonly signedIn: SignedIn;
  /** For the HttpOnly cookie alone. */
  readonly refreshToken: string;
}

interface Identity {
  readonly tenant_id: string;
  readonly person_id: string;
}

export class Sessions {
  readonly #context: RecordsContext;
  readonly #accessTokens: AccessTokens;
  readonly #refreshTokens: RefreshTokens;
  readonly #revoke: (revocation: Revocation) => void;

  constructor(
    context: RecordsContext,
    tokens: { access: AccessTokens; refresh: RefreshTokens },
    revoke: (revocation: Revocation) => void,
  ) {
    this.#context = context;
    this.#revoke = revoke;
    this.#accessTokens = tokens.access;
    this.#refreshTokens = tokens.refresh;
  }

  /** One e-mail may belong to people of several customers; the password tells which. */
  async signIn(email: string, password: string): Promise<Reply<OpenedSession>> {
    const { database } = this.#context;
    const identities = await database.lookUp<Identity>('people_of_email', email);
    if (identities.length === 0) await isPassword(password, null);
    for (const { tenant_id: tenantId, person_id: personId } of identities) {
      const person = await database.inTenant(tenantId, (manager) =>
        manager.getRepository(personEntity).findOneBy({ personId }),
      );
      // The hash is checked outside of the transaction: it takes long, and holds no connection meanwhile.
      if (person === null || !(await isPassword(password, person.passwordHash)) || person.disabled) continue;
      return database.inTenant(tenantId, async (manager) =>
        (await isResting(manager, tenantId))
          ? refuse('notAdmitted', 'deactivated')
          : accept(await this.open(manager, person)),
      );
    }
    return refuse('notAdmitted');
  }

  /** For a person whose password was just checked or set. */
  async open(manager: EntityManager, person: PersonRow): Promise<OpenedSession> {
    const { tenantId, personId } = person;
    const { family, token } = await this.#refreshTokens.start(manager, { tenantId, personId });
    const { audit } = this.#context;
    await audit.add(manager, {
      tenantId,
      actorId: personId,
      action: 'session.started',
      subject: family.familyId,
    });
    return { refreshToken: token, signedIn: await this.#signedIn(manager, { person, family }) };
  }

  /** One's own: other devices are signed out, and this one goes on with the session that is answered. */
  async changePassword(
    manager: EntityManager,
    { personId, tenantId }: Caller,
    { password, newPassword }: { readonly password: string; readonly newPassword: string },
  ): Promise<Reply<OpenedSession>> {
    const people = manager.getRepository(personEntity);
    const person = await people.findOneByOrFail({ personId });
    if (!(await isPassword(password, person.passwordHash))) return refuse('invalid', 'password');
    if (isWeak(newPassword, person.email)) return refuse('weakPassword');
    await people.update({ personId }, { passwordHash: await hashPassword(newPassword) });
    await this.#refreshTokens.revokePerson(manager, personId);
    const { audit } = this.#context;
    const action = 'person.passwordChanged';
    await audit.add(manager, { tenantId, actorId: personId, action, subject: personId });
    this.#endLiveSessions(manager, personId);
    return accept(await this.open(manager, person));
  }

  async refresh(refreshToken: string): Promise<Reply<OpenedSession>> {
    const { database, audit } = this.#context;
    const [found] = await database.lookUp<{ tenant_id: string }>(
      'tenant_of_refresh_token',
      hashSecret(refreshToken),
    );
    if (found === undefined) return refuse('notAdmitted');
    return database.inTenant(found.tenant_id, async (manager) => {
      const rotated = await this.#refreshTokens.rotate(manager, refreshToken);
      if (rotated.reused !== undefined) {
        const { tenantId, personId: actorId, familyId: subject } = rotated.reused;
        await audit.add(manager, { tenantId, actorId, action: 'session.reuseFound', subject });
        this.#endLiveSessions(manager, actorId);
      }
      if (!rotated.ok) return rotated;
      const { family, token } = rotated.value;
      const person = await manager.getRepository(personEntity).findOneByOrFail({ personId: family.personId });
      if (person.disabled || (await isResting(manager, person.tenantId))) return refuse('notAdmitted');
      return accept({ refreshToken: token, signedIn: await this.#signedIn(manager, { person, family }) });
    });
  }

  /** Signing out twice, or with a token of no session, is harmless. */
  async signOut(refreshToken: string, { everywhere }: { readonly everywhere: boolean }): Promise<void> {
    const { database } = this.#context;
    const [found] = await database.lookUp<{ tenant_id: string }>(
      'tenant_of_refresh_token',
      hashSecret(refreshToken),
    );
    if (found === undefined) return;
    await database.inTenant(found.tenant_id, async (manager) => {
      const family = await this.#refreshTokens.familyOf(manager, refreshToken);
      if (family === undefined) return;
      const { tenantId, personId: actorId, familyId } = family;
      if (everywhere) await this.#refreshTokens.revokePerson(manager, actorId);
      else await this.#refreshTokens.revokeFamily(manager, familyId);
      await this.#context.audit.add(manager, {
        tenantId,
        actorId,
        action: 'session.ended',
        subject: familyId,
      });
      this.#endLiveSessions(manager, actorId);
    });
  }

  /** Runs `work` in the caller's tenant with the account as it is now, not as it was when the token was made. */
  async asCaller<T>(
    accessToken: string,
    work: (manager: EntityManager, caller: Caller) => Promise<Reply<T>>,
  ): Promise<Reply<T>> {
    const claims = this.#accessTokens.verify(accessToken);
    if (claims === undefined) return refuse('notAdmitted');
    const { tenantId, personId, familyId } = claims;
    const readAt = this.#context.clock();
    return this.#context.database.inTenant(tenantId, async (manager) => {
      const person = await manager.getRepository(personEntity).findOneBy({ personId });
      if (person === null || person.disabled) return refuse('notAdmitted');
      // All families of an account that rests were revoked when it began to.
      if (!(await this.#refreshTokens.isAlive(manager, familyId))) return refuse('notAdmitted');
      const sites = await manager.getRepository(personSiteEntity).findBy({ personId });
      return work(manager, {
        readAt,
        personId,
        tenantId,
        displayName: person.displayName ?? '',
        country: person.country ?? undefined,
        employer: person.employer ?? undefined,
        roles: person.roles,
        hasPledged: hasPledged(person),
        siteIds: sites.map((each) => each.siteId),
      });
    });
  }

  /** Windows that are still signed in come back at once with a ticket of their own. */
  #endLiveSessions(manager: EntityManager, personId: string): void {
    const { database, clock } = this.#context;
    const changed = { type: 'agentChanged', agentId: personId as AgentId, disabled: false } as const;
    database.afterCommit(manager, () => this.#revoke({ ...changed, at: clock() }));
  }

  async #signedIn(
    manager: EntityManager,
    { person, family }: { person: PersonRow; family: SignInFamily },
  ): Promise<SignedIn> {
    const customer = await manager
      .getRepository(customerEntity)
      .findOneByOrFail({ tenantId: person.tenantId });
    const me: Me = {
      agentId: person.personId as AgentId,
      tenantId: person.tenantId as TenantId,
      customerName: customer.name,
      displayName: person.displayName ?? '',
      email: person.email,
      roles: person.roles,
      language: person.language as Language,
      hasPledged: hasPledged(person),
    };
    return { ...this.#accessTokens.issue(family), me };
  }
}

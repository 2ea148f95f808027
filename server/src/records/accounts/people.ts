/** The people of a customer: inviting, editing and disabling them, and letting them in again. */

import { randomUUID } from 'node:crypto';
import type { AgentEdit, AgentInvite, AgentInvited, AgentShown, Done } from '@alongside/protocol';
import { type AgentId, accept, type Reply, refuse, type SiteId } from '@alongside/protocol';
import { isCountryCode } from '@alongside/transfer';
import { type EntityManager, In, IsNull } from 'typeorm';
import type { InferOutput } from 'valibot';
import { operatorsOf } from '../emergencies/emergencies.js';
import { customerEntity } from '../entities/customer-entity.js';
import { type PersonRow, personEntity } from '../entities/person-entity.js';
import { personSiteEntity } from '../entities/person-site-entity.js';
import { siteEntity } from '../entities/site-entity.js';
import type { Lapses } from '../lapses/lapses.js';
import { noteAfter } from '../retention/note-turns.js';
import { refuseStruckDown } from '../transfer/refuse-struck-down.js';
import type { Caller } from './caller.js';
import { employmentOf, employmentShown } from './employers.js';
import type { Enrolments } from './enrolments.js';
import { lettingIn, settlesFrom } from './four-eyes.js';
import { lockCustomer } from './lock-customer.js';
import { pledge } from './pledges.js';
import { type ShutOutDeps, shutOut, tellLive } from './shut-out.js';

type Invite = InferOutput<typeof AgentInvite>;
type Edit = InferOutput<typeof AgentEdit>;

export interface OfficerLink {
  readonly customerName: string;
  readonly enrolUrl: string;
}

export interface PeopleDeps extends ShutOutDeps {
  readonly enrolments: Enrolments;
  readonly lapses: Lapses;
}

export class People {
  readonly #deps: PeopleDeps;

  constructor(deps: PeopleDeps) {
    this.#deps = deps;
  }

  async list(manager: EntityManager, caller: Caller): Promise<readonly AgentShown[]> {
    const operators = await operatorsOf(manager);
    const everybody = await manager
      .getRepository(personEntity)
      .find({ where: { erasedAt: IsNull() }, order: { createdAt: 'ASC' } });
    const people = everybody.filter(({ personId }) => !operators.has(personId));
    const sites = await manager.getRepository(personSiteEntity).find();
    return people.map((person) =>
      shown(
        person,
        sites.filter((each) => each.personId === person.personId),
        { reader: caller, now: this.#now },
      ),
    );
  }

  /** Inviting somebody again who has not enrolled yet makes a new link and voids the old one. */
  async invite(manager: EntityManager, caller: Caller, invite: Invite): Promise<Reply<AgentInvited>> {
    const wrong = await wrongFact(manager, invite);
    if (wrong !== undefined) return wrong;
    const people = manager.getRepository(personEntity);
    const known = await people.findOneBy({ email: invite.email });
    if (known !== null && (known.passwordHash !== null || known.eraseAfter !== null))
      return refuse('conflict', 'email');
    const { tenantId } = caller;
    const personId = known?.personId ?? randomUUID();
    const facts = {
      displayName: invite.displayName ?? null,
      country: invite.country,
      ...employmentOf(known, { stated: invite.employer, by: caller.personId, at: this.#now }),
      ...(await lettingIn(manager, invite.roles, this.#now)),
      roles: [...invite.roles],
    };
    if (known === null) await people.insert({ personId, tenantId, email: invite.email, ...facts });
    else await people.update({ personId }, facts);
    await setSites(manager, { tenantId, personId }, invite.siteIds);
    const { enrolments, context } = this.#deps;
    const secret = await enrolments.start(manager, { tenantId, personId });
    await context.audit.add(manager, {
      tenantId,
      actorId: caller.personId,
      action: 'person.invited',
      subject: personId,
    });
    return accept({
      agent: await this.#show(manager, caller, personId),
      enrolUrl: `${context.consoleOrigin}/enrol#${secret}`,
    });
  }

  /** For who lost their password: the one of before and every session end at once. */
  async renewLink(manager: EntityManager, caller: Caller, personId: string): Promise<Reply<AgentInvited>> {
    await lockCustomer(manager, caller);
    const person = await manager.getRepository(personEntity).findOneBy({ personId, erasedAt: IsNull() });
    if (person === null) return refuse('notFound');
    if (person.disabled) return refuse('conflict', 'disabled');
    // Whoever can ask knows a password of their own to change; without it, a link lost here could lock all out.
    if (personId === caller.personId) return refuse('conflict', 'self');
    // Two who do this to each other at once would both be shut out.
    if (await isLastOfficer(manager, person)) return refuse('conflict', 'lastOfficer');
    const { context } = this.#deps;
    const enrolUrl = await this.#link(manager, person, await lettingIn(manager, person.roles, this.#now));
    const { tenantId, personId: actorId } = caller;
    await context.audit.add(manager, { tenantId, actorId, action: 'person.linkRenewed', subject: personId });
    tellLive(this.#deps, manager, { personId, disabled: false });
    return accept({ agent: await this.#show(manager, caller, personId), enrolUrl });
  }

  /**
   * For an officer whom nobody else of their customer can let in again: asked on the installation's own machine, one
   * link for each customer that knows this address as an enabled officer's. Whoever runs it vouches for them by that.
   */
  async officerLinks(email: string): Promise<readonly OfficerLink[]> {
    const { database, audit } = this.#deps.context;
    const links: OfficerLink[] = [];
    for (const { tenant_id: tenantId } of await database.allTenants()) {
      const link = await database.inTenant(tenantId, async (manager) => {
        const person = await manager.getRepository(personEntity).findOneBy({ email, disabled: false });
        if (person === null || !person.roles.includes('officer')) return undefined;
        const { personId } = person;
        const enrolUrl = await this.#link(manager, person, { letInAt: null });
        const action = 'person.linkMadeOnMachine';
        await audit.add(manager, { tenantId, actorId: personId, action, subject: personId });
        const { name } = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
        return { customerName: name, enrolUrl };
      });
      if (link !== undefined) links.push(link);
    }
    return links;
  }

  async edit(
    manager: EntityManager,
    caller: Caller,
    { personId, edit }: { personId: string; edit: Edit },
  ): Promise<Reply<AgentShown>> {
    await lockCustomer(manager, caller);
    const people = manager.getRepository(personEntity);
    const person = await people.findOneBy({ personId, erasedAt: IsNull() });
    if (person === null) return refuse('notFound');
    if (person.eraseAfter !== null) return refuse('wrongState');
    const wrong = await wrongFact(manager, edit);
    if (wrong !== undefined) return wrong;
    const staysOfficer = edit.roles.includes('officer') && !edit.disabled;
    if (!staysOfficer && (await isLastOfficer(manager, person))) return refuse('conflict', 'lastOfficer');
    const { displayName, country, disabled } = edit;
    const by = { by: caller.personId, at: this.#now };
    const employment = employmentOf(person, { stated: edit.employer, ...by });
    const wasOfficer = !person.disabled && person.roles.includes('officer');
    const standing = wasOfficer ? {} : await lettingIn(manager, disabled ? [] : edit.roles, this.#now);
    const facts = { displayName, country, ...employment, ...standing, disabled, roles: [...edit.roles] };
    await people.update({ personId }, facts);
    const { tenantId } = caller;
    await setSites(manager, { tenantId, personId }, edit.siteIds);
    const action = disabled && !person.disabled ? 'person.disabled' : 'person.edited';
    await this.#deps.context.audit.add(manager, {
      tenantId,
      actorId: caller.personId,
      action,
      subject: personId,
    });
    if (country !== person.country || employment.employer !== person.employer)
      this.#deps.lapses.lookAfter(manager, tenantId);
    if (disabled) await shutOut(this.#deps, manager, person);
    else tellLive(this.#deps, manager, { personId, disabled });
    if (person.disabled && !disabled) noteAfter(this.#deps.context, manager, ['letIn', personId]);
    return accept(await this.#show(manager, caller, personId));
  }

  pledge(manager: EntityManager, caller: Caller): Promise<Reply<Done>> {
    return pledge(this.#deps.context, manager, caller);
  }

  async #link(
    manager: EntityManager,
    { tenantId, personId }: PersonRow,
    standing: Pick<PersonRow, 'letInAt'>,
  ): Promise<string> {
    const { context, enrolments, refreshTokens } = this.#deps;
    await manager.getRepository(personEntity).update({ personId }, { passwordHash: null, ...standing });
    await refreshTokens.revokePerson(manager, personId);
    return `${context.consoleOrigin}/enrol#${await enrolments.start(manager, { tenantId, personId })}`;
  }

  get #now(): number {
    return this.#deps.context.clock();
  }

  async #show(manager: EntityManager, caller: Caller, personId: string): Promise<AgentShown> {
    const person = await manager.getRepository(personEntity).findOneByOrFail({ personId });
    return shown(person, await manager.getRepository(personSiteEntity).findBy({ personId }), {
      reader: caller,
      now: this.#now,
    });
  }
}

function shown(
  person: PersonRow,
  sites: readonly { siteId: string }[],
  { reader, now }: { readonly reader: Caller; readonly now: number },
): AgentShown {
  const invited = person.passwordHash === null;
  return {
    agentId: person.personId as AgentId,
    email: person.email,
    displayName: person.displayName ?? undefined,
    roles: person.roles,
    country: person.country ?? undefined,
    ...employmentShown(person, reader),
    ...(person.roles.includes('officer') ? settlesFrom(person, now) : {}),
    siteIds: sites.map((each) => each.siteId as SiteId),
    state: person.disabled ? 'disabled' : invited ? 'invited' : 'active',
    pledgedAt: person.pledgedAt?.getTime(),
    ...(person.eraseAfter === null ? {} : { eraseAfter: person.eraseAfter.getTime() }),
  };
}

async function wrongFact(
  manager: EntityManager,
  { country, siteIds, employer = '' }: Pick<Edit, 'country' | 'siteIds' | 'employer'>,
): Promise<Reply<never> | undefined> {
  if (!isCountryCode(country)) return refuse('invalid', 'country');
  const wanted = new Set<string>(siteIds);
  const found = await manager.getRepository(siteEntity).countBy({ siteId: In([...wanted]) });
  return found === wanted.size ? refuseStruckDown(employer) : refuse('invalid', 'siteIds');
}

/** A customer without an officer who can sign in could never change anything again. */
async function isLastOfficer(manager: EntityManager, person: PersonRow): Promise<boolean> {
  if (!person.roles.includes('officer')) return false;
  const people = await manager.getRepository(personEntity).findBy({ disabled: false });
  return !people.some(
    (each) =>
      each.personId !== person.personId && each.roles.includes('officer') && each.passwordHash !== null,
  );
}

async function setSites(
  manager: EntityManager,
  { tenantId, personId }: { tenantId: string; personId: string },
  siteIds: readonly string[],
): Promise<void> {
  const sites = manager.getRepository(personSiteEntity);
  await sites.delete({ personId });
  const rows = [...new Set(siteIds)].map((siteId) => ({ tenantId, personId, siteId }));
  if (rows.length > 0) await sites.insert(rows);
}

/** Signing up, enrolling, signing in and out, and the ticket to the live node. */

import {
  AccountEnd,
  type AgentId,
  type AgentTicketIssued,
  accept,
  CustomerCreate,
  Enrol,
  EnrolmentLook,
  PasswordChange,
  PledgeGiven,
  refuse,
  SignIn,
  type SiteId,
  type TenantId,
} from '@alongside/protocol';
import { deskOfAgent } from '../../records/index.js';
import { openRoute, personRoute, type Route } from '../route.js';
import { mayOpen, type SignUp } from '../sign-up.js';
import { Everywhere } from './query-shapes.js';

const joinedRoles = ['agent', 'supervisor'] as const;

export function accountRoutes({
  signUp,
  consoleOrigin,
}: {
  signUp: SignUp;
  consoleOrigin: string;
}): readonly Route[] {
  return [
    openRoute({
      method: 'POST',
      path: '/api/customers',
      summary: 'Signs up a customer; answers with the first officer’s one-time secret.',
      access: 'public',
      limit: 'signUp',
      body: CustomerCreate,
      run: async (core, { body }) => {
        const refusal = mayOpen(signUp, body.code);
        return refusal ?? core.customers.create({ name: body.name, email: body.email });
      },
    }),
    openRoute({
      method: 'POST',
      path: '/api/enrolments/look',
      summary: 'Whom a one-time link is for.',
      access: 'public',
      limit: 'enrol',
      body: EnrolmentLook,
      run: (core, { body }) => core.enrolments.look(body.secret),
    }),
    openRoute({
      method: 'POST',
      path: '/api/enrolments',
      summary: 'Sets the password that a one-time link is for, and signs in.',
      access: 'public',
      limit: 'enrol',
      answer: 'session',
      body: Enrol,
      run: (core, { body }) => core.enrolments.enrol(body),
    }),
    openRoute({
      method: 'POST',
      path: '/api/session',
      summary: 'Signs in.',
      access: 'public',
      limit: 'signIn',
      answer: 'session',
      body: SignIn,
      run: (core, { body }) => core.sessions.signIn(body.email, body.password),
    }),
    openRoute({
      method: 'POST',
      path: '/api/session/refresh',
      summary: 'Renews the access token; the refresh token is used up and replaced.',
      access: 'refreshCookie',
      answer: 'session',
      run: async (core, { refreshToken }) =>
        refreshToken === undefined ? refuse('notAdmitted') : core.sessions.refresh(refreshToken),
    }),
    openRoute({
      method: 'DELETE',
      path: '/api/session',
      summary: 'Signs out; with `everywhere=true` on every device of this person.',
      access: 'refreshCookie',
      answer: 'signedOut',
      query: Everywhere,
      run: async (core, { refreshToken, query }) => {
        if (refreshToken !== undefined) {
          await core.sessions.signOut(refreshToken, { everywhere: query.everywhere === 'true' });
        }
        return accept({});
      },
    }),
    personRoute({
      method: 'POST',
      path: '/api/customer/end',
      summary: 'Lets the account rest, or be erased after some days; every session ends.',
      roles: ['officer'],
      limit: 'password',
      answer: 'signedOut',
      body: AccountEnd,
      run: ({ core, manager, caller, ask }) => core.accountStates.end(manager, caller, ask.body),
    }),
    openRoute({
      method: 'POST',
      path: '/api/customer/restore',
      summary: 'Restores an account that rests or waits to be erased, by an officer of it.',
      access: 'public',
      limit: 'signIn',
      body: SignIn,
      run: (core, { body }) => core.accountStates.restore(body),
    }),
    personRoute({
      method: 'POST',
      path: '/api/password',
      summary: 'Changes one’s own password, and signs out every other device.',
      roles: ['agent', 'supervisor', 'officer'],
      limit: 'password',
      answer: 'session',
      body: PasswordChange,
      run: ({ core, manager, caller, ask }) => core.sessions.changePassword(manager, caller, ask.body),
    }),
    personRoute({
      method: 'POST',
      path: '/api/pledge',
      summary: 'Promises to keep secret what visitors say and show; everything else comes after it.',
      roles: ['agent', 'supervisor', 'officer'],
      beforePledge: true,
      body: PledgeGiven,
      run: ({ core, manager, caller }) => core.people.pledge(manager, caller),
    }),
    personRoute({
      method: 'POST',
      path: '/api/ticket',
      summary: 'A ticket to the live node, with the engagements that are the agent’s.',
      roles: ['agent', 'supervisor'],
      run: async ({ core, manager, caller }) => {
        // Decided anew for every ticket: an engagement whose transfer has lost its basis is not handed out again.
        const readableSiteIds = await core.engagements.readableSites(manager, caller);
        core.lapses.noteShown(caller, readableSiteIds);
        const { personId } = caller;
        const own = { personId, siteIds: readableSiteIds, homes: core.homes };
        const { desk, engagements } = await deskOfAgent(manager, own);
        const facts = {
          role: 'agent' as const,
          sub: caller.personId,
          tenantId: caller.tenantId as TenantId,
          origin: consoleOrigin,
          agentId: caller.personId as AgentId,
          displayName: caller.displayName,
          siteIds: caller.siteIds as SiteId[],
          readableSiteIds,
          joinsAs: joinedRoles.filter((role) => caller.roles.includes(role)),
          engagements,
        };
        const issued = core.tickets.issue(facts, desk, caller.readAt);
        return issued.ok ? accept<AgentTicketIssued>(issued.value) : issued;
      },
    }),
  ];
}

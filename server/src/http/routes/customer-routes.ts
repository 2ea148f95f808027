/** What officers set up for the whole customer: its facts, contracts and people; and the audit trail. */

import {
  AgentEdit,
  AgentId,
  AgentInvite,
  accept,
  ContractCreate,
  ContractVerify,
  CustomerEdit,
  PersonErase,
} from '@alongside/protocol';
import * as v from 'valibot';
import { personRoute, type Route } from '../route.js';
import { BeforeNumber } from './query-shapes.js';

const officer = ['officer'] as const;
const OfContract = v.strictObject({ contractId: v.pipe(v.string(), v.uuid()) });
const OfPerson = v.strictObject({ agentId: AgentId });
const anybody = ['agent', 'supervisor', 'officer'] as const;

export const customerRoutes: readonly Route[] = [
  personRoute({
    method: 'GET',
    path: '/api/customer',
    summary: 'The customer and what it still lacks.',
    roles: anybody,
    run: async ({ core, manager, caller }) => accept(await core.customers.show(manager, caller)),
  }),
  personRoute({
    method: 'PUT',
    path: '/api/customer',
    summary: 'Edits the customer.',
    roles: officer,
    body: CustomerEdit,
    run: ({ core, manager, caller, ask }) => core.customers.edit(manager, caller, ask.body),
  }),
  personRoute({
    method: 'GET',
    path: '/api/contracts',
    summary: 'The standard contractual clauses that the customer has signed.',
    roles: officer,
    run: async ({ core, manager, caller }) => accept(await core.contracts.list(manager, caller)),
  }),
  personRoute({
    method: 'POST',
    path: '/api/contracts',
    summary: 'Adds clauses that were signed.',
    roles: officer,
    body: ContractCreate,
    run: ({ core, manager, caller, ask }) => core.contracts.add(manager, caller, ask.body),
  }),
  personRoute({
    method: 'POST',
    path: '/api/contracts/:contractId/approval',
    summary: 'Approves clauses that another officer added: transfers may rest on them from now on.',
    roles: officer,
    params: OfContract,
    run: ({ core, manager, caller, ask }) => core.contracts.approve(manager, caller, ask.params.contractId),
  }),
  personRoute({
    method: 'POST',
    path: '/api/contracts/:contractId/verification',
    summary: 'Writes down that what was signed was looked at again today, and where it is.',
    roles: officer,
    params: OfContract,
    body: ContractVerify,
    run: ({ core, manager, caller, ask }) =>
      core.contracts.verify(manager, caller, { ...ask.params, ...ask.body }),
  }),
  personRoute({
    method: 'GET',
    path: '/api/contracts/:contractId/effect',
    summary: 'What the end of these clauses would end.',
    roles: officer,
    params: OfContract,
    run: ({ core, manager, caller, ask }) => core.contracts.effect(manager, caller, ask.params.contractId),
  }),
  personRoute({
    method: 'DELETE',
    path: '/api/contracts/:contractId',
    summary: 'Ends clauses: what rests on them alone ends at once. They stay listed.',
    roles: officer,
    params: OfContract,
    run: ({ core, manager, caller, ask }) => core.contracts.end(manager, caller, ask.params.contractId),
  }),
  personRoute({
    method: 'GET',
    path: '/api/agents',
    summary: 'The people of the customer.',
    roles: ['supervisor', 'officer'],
    run: async ({ core, manager, caller }) => accept(await core.people.list(manager, caller)),
  }),
  personRoute({
    method: 'POST',
    path: '/api/agents',
    summary: 'Invites a person; answers with a one-time link.',
    roles: officer,
    body: AgentInvite,
    run: ({ core, manager, caller, ask }) => core.people.invite(manager, caller, ask.body),
  }),
  personRoute({
    method: 'PUT',
    path: '/api/agents/:agentId',
    summary: 'Edits or disables a person.',
    roles: officer,
    params: OfPerson,
    body: AgentEdit,
    run: ({ core, manager, caller, ask }) =>
      core.people.edit(manager, caller, { personId: ask.params.agentId, edit: ask.body }),
  }),
  personRoute({
    method: 'POST',
    path: '/api/agents/:agentId/link',
    summary: 'A new one-time link for a person: their password and sessions of before end.',
    roles: officer,
    params: OfPerson,
    run: ({ core, manager, caller, ask }) => core.people.renewLink(manager, caller, ask.params.agentId),
  }),
  personRoute({
    method: 'POST',
    path: '/api/agents/:agentId/employer-approval',
    summary: 'Confirms for whom a person works, as another officer has stated it.',
    roles: officer,
    params: OfPerson,
    run: ({ core, manager, caller, ask }) => core.employers.confirm(manager, caller, ask.params.agentId),
  }),
  personRoute({
    method: 'POST',
    path: '/api/agents/:agentId/erasure',
    summary: 'Shuts a person out, and erases their account after some days.',
    roles: officer,
    limit: 'password',
    params: OfPerson,
    body: PersonErase,
    run: ({ core, manager, caller, ask }) =>
      core.personErasures.ask(manager, caller, { personId: ask.params.agentId, erase: ask.body }),
  }),
  personRoute({
    method: 'DELETE',
    path: '/api/agents/:agentId/erasure',
    summary: 'Calls off that a person is erased; they stay disabled.',
    roles: officer,
    params: OfPerson,
    run: ({ core, manager, caller, ask }) => core.personErasures.callOff(manager, caller, ask.params.agentId),
  }),
  personRoute({
    method: 'GET',
    path: '/api/audit/check',
    summary: 'Whether the trail of who did what is as it was written.',
    roles: officer,
    run: async ({ core, manager }) => accept(await core.context.audit.check(manager)),
  }),
  personRoute({
    method: 'GET',
    path: '/api/audit',
    summary: 'Who did what, newest first.',
    roles: officer,
    query: BeforeNumber,
    run: async ({ core, manager, ask }) => accept(await core.context.audit.list(manager, ask.query.before)),
  }),
];

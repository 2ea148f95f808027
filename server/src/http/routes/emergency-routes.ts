/** What whoever operates the service reads in an emergency, and what officers see and end of it. */

import { accept } from '@alongside/protocol';
import * as v from 'valibot';
import { Later } from '../../records/index.js';
import { openRoute, personRoute, type Route } from '../route.js';
import { OfEngagement } from './query-shapes.js';

const officer = ['officer'] as const;
const OfAccess = v.strictObject({ accessId: v.pipe(v.string(), v.uuid()) });

export const emergencyRoutes: readonly Route[] = [
  openRoute({
    method: 'GET',
    path: '/api/emergency/engagements',
    summary: 'The newest engagements of the customer that an emergency access is for.',
    access: 'emergency',
    limit: 'person',
    run: (core, { authorization }) =>
      core.emergencies.asOperator(authorization, async (manager, caller) => {
        await core.emergencies.listed(manager, caller);
        const query = { before: undefined, phase: undefined, search: undefined };
        return core.engagements.list(manager, caller, query);
      }),
  }),
  openRoute({
    method: 'GET',
    path: '/api/emergency/engagements/:engagementId',
    summary: 'One record, as far as it may be shown where the operator is.',
    access: 'emergency',
    limit: 'person',
    params: OfEngagement,
    run: async (core, { authorization, params }) => {
      const shown = await core.emergencies.asOperator(authorization, (manager, caller) =>
        core.engagements.show(manager, caller, params.engagementId),
      );
      return shown.ok && shown.value instanceof Later ? shown.value.make() : shown;
    },
  }),
  personRoute({
    method: 'GET',
    path: '/api/emergencies',
    summary: 'What operators opened, newest first.',
    roles: officer,
    run: async ({ core, manager }) => accept(await core.emergencies.list(manager)),
  }),
  personRoute({
    method: 'POST',
    path: '/api/emergencies/:accessId/seen',
    summary: 'Says that an officer has seen it, which ends the alarm.',
    roles: officer,
    params: OfAccess,
    run: ({ core, manager, caller, ask }) => core.emergencies.see(manager, caller, ask.params.accessId),
  }),
  personRoute({
    method: 'DELETE',
    path: '/api/emergencies/:accessId',
    summary: 'Ends an emergency access at once.',
    roles: officer,
    params: OfAccess,
    run: ({ core, manager, caller, ask }) => core.emergencies.end(manager, caller, ask.params.accessId),
  }),
];

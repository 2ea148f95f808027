/** What people of the customer find again of engagements. */

import * as v from 'valibot';
import { personRoute, type Route } from '../route.js';
import { AfterNumber, Milliseconds, OfEngagement } from './query-shapes.js';

const anybody = ['agent', 'supervisor', 'officer'] as const;

const ListQuery = v.strictObject({
  before: v.optional(Milliseconds),
  phase: v.optional(v.picklist(['waiting', 'active', 'wrapUp', 'closed'])),
  search: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(80))),
});

export const engagementRoutes: readonly Route[] = [
  personRoute({
    method: 'GET',
    path: '/api/engagements',
    summary: 'Engagements, newest first, fifty at a time.',
    roles: anybody,
    query: ListQuery,
    run: ({ core, manager, caller, ask }) => {
      const { before, phase, search } = ask.query;
      return core.engagements.list(manager, caller, { before, phase, search: search || undefined });
    },
  }),
  personRoute({
    method: 'GET',
    path: '/api/engagements/:engagementId',
    summary: 'Everything that is held of one engagement, each row with its basis.',
    roles: anybody,
    params: OfEngagement,
    run: ({ core, manager, caller, ask }) => core.engagements.show(manager, caller, ask.params.engagementId),
  }),
  personRoute({
    method: 'GET',
    path: '/api/engagements/:engagementId/lines',
    summary: 'The chat lines of the agent’s own engagement, after a number.',
    roles: ['agent', 'supervisor'],
    params: OfEngagement,
    query: AfterNumber,
    run: ({ core, manager, caller, ask }) =>
      core.engagements.ownLines(manager, caller, {
        engagementId: ask.params.engagementId,
        after: ask.query.after,
      }),
  }),
];

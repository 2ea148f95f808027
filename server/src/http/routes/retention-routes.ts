/** How long things are kept and what went, for officers; and what was counted, for supervisors as well. */

import { accept, RetentionReviewed } from '@alongside/protocol';
import { personRoute, type Route } from '../route.js';

const officer = ['officer'] as const;

export const retentionRoutes: readonly Route[] = [
  personRoute({
    method: 'GET',
    path: '/api/retention',
    summary: 'How long each class is kept, when that is looked at again, and what purges took away.',
    roles: officer,
    run: async ({ core, manager, caller }) => accept(await core.retentionReviews.show(manager, caller)),
  }),
  personRoute({
    method: 'POST',
    path: '/api/retention/reviews',
    summary: 'Says that an officer looked at a term and keeps it, and when the next look is due.',
    roles: officer,
    body: RetentionReviewed,
    run: ({ core, manager, caller, ask }) => core.retentionReviews.review(manager, caller, ask.body),
  }),
  personRoute({
    method: 'GET',
    path: '/api/statistics',
    summary: 'Finished months in figures, none of fewer than ten conversations.',
    roles: ['supervisor', 'officer'],
    run: async ({ core, manager, caller }) => accept(await core.statistics.show(manager, caller)),
  }),
];

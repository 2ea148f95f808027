/** Experts: what who leads a call asks of them, and what their own page asks with the secret of its link. */

import { AgentId, EngagementId, ExpertInvite, ExpertLook } from '@alongside/protocol';
import * as v from 'valibot';
import { openRoute, personRoute, type Route } from '../route.js';
import { OfEngagement } from './query-shapes.js';

/** Who may lead a call. */
const leading = ['agent', 'supervisor'] as const;

export const expertRoutes: readonly Route[] = [
  personRoute({
    method: 'GET',
    path: '/api/engagements/:engagementId/experts',
    summary: 'Whether experts may be invited into the call that one leads, and the links that are open.',
    roles: leading,
    params: OfEngagement,
    run: ({ core, manager, caller, ask }) => core.experts.show(manager, caller, ask.params.engagementId),
  }),
  personRoute({
    method: 'POST',
    path: '/api/engagements/:engagementId/experts',
    summary: 'Invites an expert into the call that one leads; answers with the link, which is told once.',
    roles: leading,
    params: OfEngagement,
    body: ExpertInvite,
    run: ({ core, manager, caller, ask }) =>
      core.experts.invite(manager, caller, { engagementId: ask.params.engagementId, invite: ask.body }),
  }),
  personRoute({
    method: 'POST',
    path: '/api/engagements/:engagementId/experts/:expertId/revoke',
    summary: 'Takes a link back; whoever came by it leaves the call.',
    roles: leading,
    params: v.strictObject({ engagementId: EngagementId, expertId: AgentId }),
    run: ({ core, manager, caller, ask }) => core.experts.revoke(manager, caller, ask.params),
  }),
  openRoute({
    method: 'POST',
    path: '/api/experts/look',
    summary: 'Into what the link of an expert leads, and what is kept of it.',
    access: 'public',
    limit: 'enrol',
    body: ExpertLook,
    run: (core, { body }) => core.experts.look(body.secret),
  }),
  openRoute({
    method: 'POST',
    path: '/api/experts/join',
    summary: 'Spends the link of an expert on a ticket into its call.',
    access: 'public',
    limit: 'enrol',
    body: ExpertLook,
    run: (core, { body }) => core.experts.join(body.secret),
  }),
];

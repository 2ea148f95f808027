/** Whom this node serves and what is open here: `records` says of it what it could not tell in time. */

import type { LiveRoster } from '@alongside/engagement';
import type { EngagementDirectory } from '../engagement/engagement-directory.js';
import type { ResumePasses } from './resume-passes.js';

export function rosterOf(passes: ResumePasses, directory: EngagementDirectory): LiveRoster {
  const agents = new Map<string, LiveRoster['agents'][number]>();
  for (const identity of passes.holders()) {
    if (identity.role !== 'agent') continue;
    const { tenantId, agentId, siteIds } = identity;
    // Windows of one agent whose sites differ are told apart, so that the older one is found out.
    agents.set(`${agentId} ${siteIds.join()}`, { tenantId, agentId, siteIds });
  }
  const open = [...directory.all()].filter(({ phase }) => phase !== 'closed');
  const engagements = open.map(({ tenantId, engagementId }) => ({ tenantId, engagementId }));
  return { agents: [...agents.values()], engagements };
}

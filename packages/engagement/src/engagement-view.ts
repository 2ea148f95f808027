/** What both sides are shown of an engagement. */

import type { CallState, ControlState, EngagementView, ViewState } from '@alongside/protocol';
import type { ActiveEngagement, Engagement } from './engagement.js';
import { agentOf } from './engagement.js';

const off = { state: 'off' } as const;
const nothingLent: ControlState = { leases: [] };

export function engagementView(engagement: Engagement): EngagementView {
  const { engagementId, siteId, siteName, phase, version, requestedAt, topic } = engagement;
  const { visitorName, confirmedAs } = engagement;
  const agent = agentOf(engagement);
  const ended = 'ended' in engagement ? engagement.ended : undefined;
  const active = engagement.phase === 'active' ? engagement : undefined;
  return {
    engagementId,
    siteId,
    siteName,
    phase,
    version,
    requestedAt,
    ...(topic === undefined ? {} : { topic }),
    visitor: {
      ...(visitorName === undefined ? {} : { name: visitorName }),
      ...(confirmedAs === undefined ? {} : { confirmedAs }),
      language: engagement.language,
      connected: engagement.visitor.connected,
    },
    ...(agent === undefined
      ? {}
      : {
          agent: {
            agentId: agent.agentId,
            displayName: agent.displayName,
            connected: agent.presence.connected,
          },
        }),
    view: active === undefined ? off : viewState(active),
    control: active === undefined ? nothingLent : active.control,
    call: active === undefined ? off : callState(active),
    lastChatNumber: engagement.lastChatNumber,
    ...(ended === undefined ? {} : { ended }),
  };
}

/** A view is paused while one side has no connection. */
function viewState({ view, visitor, agent }: ActiveEngagement): ViewState {
  if (view.state !== 'on') return view;
  return { ...view, paused: !visitor.connected || !agent.presence.connected };
}

function callState({ call }: ActiveEngagement): CallState {
  return call;
}

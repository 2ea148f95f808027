/** What both sides are shown of an engagement. */

import type { AgentPresent, CallState, ControlState, EngagementView, ViewState } from '@alongside/protocol';
import type { ActiveEngagement, AgentSeat, Engagement } from './engagement.js';
import { agentOf, agentsOf } from './engagement.js';

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
      ...(engagement.asksNothing ? { asksNothing: true } : {}),
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
    agents: active === undefined ? alone(engagement, agent) : agentsShown(active),
    view: active === undefined ? off : viewState(active),
    control: active === undefined ? nothingLent : active.control,
    call: active === undefined ? off : callState(active),
    ...(engagement.transfer === undefined ? {} : { transfer: engagement.transfer }),
    ...(engagement.transfers === undefined ? {} : { transfers: engagement.transfers }),
    lastChatNumber: engagement.lastChatNumber,
    ...(ended === undefined ? {} : { ended }),
  };
}

function agentsShown(engagement: ActiveEngagement): readonly AgentPresent[] {
  const { agent: lead, hiddenFrom } = engagement;
  return agentsOf(engagement).map((seat) => {
    const { agentId, displayName, presence, place, since, noticed, supervises } = seat;
    const joined = supervises ? 'supervisor' : 'agent';
    return {
      ...{ agentId, displayName, connected: presence.connected, place, since, noticed, supervises },
      role: seat === lead ? 'lead' : joined,
      hidden: hiddenFrom.includes(agentId),
      ...(seat.byConsent ? { byConsent: true } : {}),
    };
  });
}

/** After the end whoever led has it alone. */
function alone({ requestedAt }: Engagement, agent: AgentSeat | undefined): readonly AgentPresent[] {
  if (agent === undefined) return [];
  const { agentId, displayName, presence } = agent;
  const shown = { agentId, displayName, connected: presence.connected, role: 'lead', place: 1 } as const;
  return [{ ...shown, since: requestedAt, supervises: false, noticed: true, hidden: false }];
}

/** A view is paused while one side has no connection. */
function viewState(engagement: ActiveEngagement): ViewState {
  const { view, visitor } = engagement;
  if (view.state !== 'on') return view;
  const isSeen = agentsShown(engagement).some(({ connected, hidden }) => connected && !hidden);
  return { ...view, paused: !visitor.connected || !isSeen };
}

function callState({ call, screens }: ActiveEngagement): CallState {
  if (call.state === 'on') return screens === undefined ? call : { ...call, screens };
  if (call.state === 'off') return call;
  const { words: _ledger, ...shown } = call;
  return shown;
}

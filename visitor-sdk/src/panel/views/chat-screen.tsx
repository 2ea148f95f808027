/** The conversation. */

import { AgentList, useAgentsShown } from './agent-list.js';
import { CallOffer } from './call-offer.js';
import { ChatLines } from './chat-lines.js';
import { Composer } from './composer.js';
import { DeliveryCards } from './delivery-cards.js';
import { usePanel } from './panel-context.js';

export function ChatScreen() {
  const panel = usePanel();
  const agent = panel.engagement.value?.agent;
  const all = panel.agents.all.value;
  const isAlone = all.length < 2 && all.every(({ hidden }) => !hidden);
  useAgentsShown();
  return (
    <div class="screen talk">
      <div class="with">
        <span class="face" aria-hidden="true">
          {[...(agent?.displayName ?? '·')][0]}
        </span>
        <p>
          {agent === undefined || agent.connected
            ? panel.speech.say('agents.with', { agents: panel.agents.names(all) || panel.agentName.value })
            : panel.speech.say('chat.agentAway', { agent: panel.agentName.value })}
        </p>
        {panel.may('call:start') ? <CallOffer /> : null}
      </div>
      {isAlone ? <AgentNews /> : <AgentList />}
      <ChatLines />
      <DeliveryCards />
      {panel.may('chat:send') ? <Composer /> : null}
    </div>
  );
}

/** Whoever has gone last is still spoken of when one agent is left. */
function AgentNews() {
  const { agents } = usePanel();
  return agents.news.value === '' ? null : <p class="agents quiet">{agents.news.value}</p>;
}

/** The conversation. */

import { CallOffer } from './call-offer.js';
import { ChatLines } from './chat-lines.js';
import { Composer } from './composer.js';
import { DeliveryCards } from './delivery-cards.js';
import { usePanel } from './panel-context.js';

export function ChatScreen() {
  const panel = usePanel();
  const agent = panel.engagement.value?.agent;
  return (
    <div class="screen talk">
      <div class="with">
        <span class="face" aria-hidden="true">
          {[...(agent?.displayName ?? '·')][0]}
        </span>
        <p>
          {agent === undefined || agent.connected
            ? panel.speech.say('chat.with', { agent: panel.agentName.value })
            : panel.speech.say('chat.agentAway', { agent: panel.agentName.value })}
        </p>
        {panel.may('call:start') ? <CallOffer /> : null}
      </div>
      <ChatLines />
      <DeliveryCards />
      {panel.may('chat:send') ? <Composer /> : null}
    </div>
  );
}

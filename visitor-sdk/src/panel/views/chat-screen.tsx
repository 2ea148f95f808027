/** The conversation. */

import { ChatLines } from './chat-lines.js';
import { Composer } from './composer.js';
import { usePanel } from './panel-context.js';

export function ChatScreen() {
  const panel = usePanel();
  const later = panel.together.part.value?.views;
  return (
    <div class="screen talk">
      <TalkFace />
      {later === undefined ? null : <later.TalkNews />}
      <ChatLines />
      {later === undefined ? null : <later.DeliveryCards />}
      {panel.may('chat:send') ? <Composer /> : null}
    </div>
  );
}

/** Whom the visitor talks to. */
function TalkFace() {
  const panel = usePanel();
  const { engagement, agentName, speech, together } = panel;
  const agent = engagement.value?.agent;
  const later = together.part.value;
  const agents = later?.agents.names(later.agents.all.value) || agentName.value;
  return (
    <div class="with">
      <span class="face" aria-hidden="true">
        {[...(agent?.displayName ?? '·')][0]}
      </span>
      <p>
        {agent === undefined || agent.connected
          ? speech.say('agents.with', { agents })
          : speech.say('chat.agentAway', { agent: agentName.value })}
      </p>
      {later !== undefined && panel.may('call:start') ? <later.views.CallOffer /> : null}
    </div>
  );
}

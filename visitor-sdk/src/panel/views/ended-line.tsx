/** Who ended the conversation. */

import type { EngagementView } from '@alongside/protocol';
import type { MessageKey } from '../messages/catalogue.js';
import { usePanel } from './panel-context.js';

export function EndedLine() {
  const { speech, ended, agentName } = usePanel();
  const key = keyOf(ended.value?.view?.ended);
  return <p class="ended">{speech.say(key, { agent: agentName.value })}</p>;
}

function keyOf(ended: EngagementView['ended']): MessageKey {
  if (ended?.reason === 'transferLapsed') return 'ended.transferLapsed';
  if (ended?.by === 'visitor') return 'ended.byVisitor';
  return ended?.by === 'agent' ? 'ended.byAgent' : 'ended.bySystem';
}

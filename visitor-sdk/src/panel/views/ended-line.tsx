/** Who ended the conversation. */

import type { EngagementView } from '@alongside/protocol';
import type { MessageKey } from '../messages/catalogue.js';
import { usePanel } from './panel-context.js';

export function EndedLine() {
  const { speech, ended, agentName, session, together } = usePanel();
  const told = ended.value?.view?.ended;
  const id = session.value?.entry.engagementId;
  const wasAway =
    told === undefined && id !== undefined && together.part.value?.sharing.trip.wasAway(id) === true;
  const key = wasAway ? 'ended.whileAway' : keyOf(told);
  return <p class="ended">{speech.say(key, { agent: agentName.value })}</p>;
}

function keyOf(ended: EngagementView['ended']): MessageKey {
  if (ended?.reason === 'transferLapsed') return 'ended.transferLapsed';
  if (ended?.by === 'visitor') return 'ended.byVisitor';
  return ended?.by === 'agent' ? 'ended.byAgent' : 'ended.bySystem';
}

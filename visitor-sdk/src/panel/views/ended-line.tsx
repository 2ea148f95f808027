/** Who ended the conversation. */

import { usePanel } from './panel-context.js';

export function EndedLine() {
  const { speech, ended, agentName } = usePanel();
  const by = ended.value?.view?.ended?.by;
  const key = by === 'visitor' ? 'ended.byVisitor' : by === 'agent' ? 'ended.byAgent' : 'ended.bySystem';
  return <p class="ended">{speech.say(key, { agent: agentName.value })}</p>;
}

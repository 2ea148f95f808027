/** Under whom the visitor talks to: everybody who takes part where it is more than one, and who came or went. */

import { AgentList, useAgentsShown } from './agent-list.js';
import { usePanel } from './panel-context.js';

export function TalkNews() {
  const { agents, engagement } = usePanel();
  const all = agents.all.value;
  useAgentsShown();
  if (all.length > 1 || all.some(({ hidden }) => hidden) || engagement.value?.transfers?.length)
    return <AgentList />;
  // Whoever has gone last is still spoken of when one agent is left.
  return agents.news.value === '' ? null : <p class="agents quiet">{agents.news.value}</p>;
}

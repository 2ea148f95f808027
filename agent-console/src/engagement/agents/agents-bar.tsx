/** Who takes part beside oneself: in which colour, in which role, and whether the page is shown to them. */

import type { AgentPresent } from '@alongside/protocol';
import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import type { EngagementRoom } from '../engagement-room.js';
import { AgentDot } from './agent-dot.js';

export function AgentsBar({ room }: { readonly room: EngagementRoom }) {
  const { t } = useMessages();
  const { agents, phase } = useStore(room.view);
  if (phase !== 'active' || agents.length < 2) return undefined;
  return (
    <ul className="agents-bar" aria-label={t('agents.title')} data-testid="agents-bar">
      {agents.map((agent) => (
        <AgentItem key={agent.place} agent={agent} />
      ))}
    </ul>
  );
}

function AgentItem({ agent }: { readonly agent: AgentPresent }) {
  const { desk } = useApp();
  const { t } = useMessages();
  const { agentId, displayName: name, connected, hidden, role, place } = agent;
  const states = [
    t(`agents.role.${role}`),
    ...(connected ? [] : [t('agents.away')]),
    ...(hidden ? [t('agents.hidden')] : []),
  ];
  return (
    <li className={connected ? undefined : 'agent-away'}>
      <AgentDot place={place} />
      <bdi>{agentId === desk.me ? t('agents.you', { name }) : name}</bdi>
      <span className="agent-state">{states.join(' · ')}</span>
    </li>
  );
}

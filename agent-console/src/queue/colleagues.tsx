/** Who else is at the desk. */

import { useApp } from '../app/app-context.js';
import { useStore } from '../app/store.js';
import { useMessages } from '../messages/use-messages.js';

export function Colleagues() {
  const { desk, me } = useApp();
  const { t, plural } = useMessages();
  const { agents } = useStore(desk.view);
  const others = agents.filter((agent) => agent.agentId !== me.agentId);
  if (others.length === 0) return undefined;
  return (
    <section className="colleagues" aria-label={t('queue.colleagues')}>
      <h2>{t('queue.colleagues')}</h2>
      <ul>
        {others.map((agent) => (
          <li key={agent.agentId}>
            <span className={agent.available ? 'presence presence-here' : 'presence'} aria-hidden="true" />
            <span>{agent.displayName}</span>
            <span className="colleague-state">
              {t(agent.available ? 'desk.available' : 'desk.away')}
              {agent.engagements === 0 ? '' : `, ${plural('queue.engagements', agent.engagements)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

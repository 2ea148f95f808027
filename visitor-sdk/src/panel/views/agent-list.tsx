/** Everybody who takes part for the customer: in which colour they point, who sees the page, and how to end that. */

import type { AgentPresent } from '@alongside/protocol';
import { colourOf } from '@alongside/protocol';
import { useEffect } from 'preact/hooks';
import { usePanel } from './panel-context.js';

export function AgentList() {
  const { agents, speech, engagement } = usePanel();
  const { news } = agents;
  const all = agents.all.value;
  useAgentsShown();
  return (
    <div class="agents">
      <ul aria-label={speech.say('agents.list')}>
        {all.map((agent) => (
          <AgentItem key={agent.place} agent={agent} />
        ))}
      </ul>
      {engagement.value?.transfers?.length ? (
        <button type="button" class="secondary" onClick={() => agents.withdrawTransfers()}>
          {speech.say('agents.takeBack')}
        </button>
      ) : null}
      {news.value === '' ? null : <p class="quiet">{news.value}</p>}
    </div>
  );
}

/** For whatever names all of them: that it stands on the screen is what the server is told. */
export function useAgentsShown(): void {
  const { agents, session } = usePanel();
  const unnoticed = agents.all.value.filter(({ noticed }) => !noticed).map(({ place }) => place);
  const connection = session.value?.connection.value;
  useEffect(() => {
    if (unnoticed.length > 0) agents.shown();
  }, [unnoticed.join(), connection]);
}

function AgentItem({ agent }: { readonly agent: AgentPresent }) {
  const panel = usePanel();
  const { agents, speech, sharing } = panel;
  const { agentId, displayName, hidden } = agent;
  const code = sharing.person.value?.codes?.get(agentId);
  return (
    <li>
      <span class="dot" style={{ background: colourOf(agent.place) }} aria-hidden="true" />
      <span class="who">
        <b>{displayName}</b> <small>{stateOf(agent, panel)}</small>
        {code === undefined ? null : (
          <small>{speech.say('watch.code', { code: `${code.slice(0, 3)} ${code.slice(3)}` })}</small>
        )}
      </span>
      {agents.all.value.length < 2 && !hidden ? null : (
        <button
          type="button"
          aria-label={speech.say(hidden ? 'agents.showTo' : 'agents.hideFrom', { agent: displayName })}
          onClick={() => (hidden ? agents.show(agentId) : agents.hide(agentId))}
        >
          {speech.say(hidden ? 'agents.show' : 'agents.hide')}
        </button>
      )}
    </li>
  );
}

function stateOf(agent: AgentPresent, { speech, engagement }: ReturnType<typeof usePanel>): string {
  const isOn = engagement.value?.view.state === 'on';
  const words = [
    ...(agent.role === 'agent' ? [] : [speech.say(`agents.${agent.role}`)]),
    ...(agent.byConsent ? [speech.say('agents.byConsent')] : []),
    ...(agent.connected ? [] : [speech.say('agents.away')]),
    ...(agent.hidden ? [speech.say('agents.blind')] : []),
    ...(isOn && agent.connected && agent.noticed && !agent.hidden ? [speech.say('agents.sees')] : []),
  ];
  return words.join(' · ');
}

/** Who is in the call beside the agent who leads it, and in which way: shown for as long as they are. */

import type { CallPresent } from '@alongside/protocol';
import { useEffect, useState } from 'preact/hooks';
import type { PanelController } from '../panel-controller.js';
import { Picture } from './media-tracks.js';
import { usePanel } from './panel-context.js';

/** `away`: the window is closed, where there is no room for pictures. */
export function CallPresence({ away }: { readonly away: boolean }) {
  const panel = usePanel();
  const { speech, agents } = panel;
  const present = agents.inCall.value;
  useCallShown();
  if (present.length === 0) return null;
  return (
    <section class="call-present" aria-label={speech.say('call.present')}>
      <ul class="call-people" role="status">
        {present.map((each) => (
          <li key={each.presenceId} data-mode={each.mode}>
            {sentence(each, panel)}
            {each.expert === undefined ? null : (
              <button
                type="button"
                aria-label={speech.say('call.present.removeNamed', { agent: each.expert.displayName })}
                onClick={() => agents.remove(each.presenceId)}
              >
                {speech.say('call.present.remove')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {away ? null : <OtherPictures panel={panel} />}
    </section>
  );
}

/** That it stands on the screen is what the server is told: before that nobody new hears anything. */
function useCallShown(): void {
  const { agents, session } = usePanel();
  const [isVisible, setVisible] = useState(document.visibilityState === 'visible');
  const unnoticed = agents.inCall.value.filter(({ noticed }) => !noticed).map(({ presenceId }) => presenceId);
  const connection = session.value?.connection.value;
  useEffect(() => {
    const look = (): void => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  useEffect(() => {
    if (isVisible && unnoticed.length > 0) agents.callShown();
  }, [unnoticed.join(), connection, isVisible]);
}

function sentence(
  { agentId, mode, expert, noticed }: CallPresent,
  { speech, agents }: PanelController,
): string {
  if (expert !== undefined) {
    const { displayName: agent, organisation } = expert;
    return speech.say(noticed ? 'call.present.expert' : 'call.present.expertWaits', { agent, organisation });
  }
  const name = agents.nameOf(agentId);
  const supervises = agents.all.value.some((each) => each.agentId === agentId && each.supervises);
  const agent = supervises ? speech.say('call.present.supervisor', { agent: name }) : name;
  return speech.say(`call.present.${mode}`, { agent });
}

function OtherPictures({ panel: { speech, call, agents } }: { readonly panel: PanelController }) {
  const pictures = call.heard.otherPictures.value;
  if (pictures.length === 0) return null;
  return (
    <div class="other-pictures">
      {pictures.map(({ producer, track }) => {
        const label = speech.say('call.agentPicture', { agent: agents.nameOf(producer.agentId) });
        return <Picture key={producer.producerId} track={track} label={label} />;
      })}
    </div>
  );
}

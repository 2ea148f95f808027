/** The agent's voice: heard whether or not the panel is open. */

import { useState } from 'preact/hooks';
import { Voice } from './media-tracks.js';
import { usePanel } from './panel-context.js';

export function CallSound() {
  const { call, speech } = usePanel();
  const [play, setPlay] = useState<{ readonly run: () => void } | undefined>(undefined);
  const track = call.agentVoice.value;
  if (track === undefined) return null;
  return (
    <>
      <Voice track={track} onBlocked={(run) => setPlay({ run })} />
      {play === undefined ? null : (
        <section class="sound-blocked" role="alert">
          <p>{speech.say('call.playBlocked')}</p>
          <button
            type="button"
            class="primary"
            onClick={() => {
              play.run();
              setPlay(undefined);
            }}
          >
            {speech.say('call.play')}
          </button>
        </section>
      )}
    </>
  );
}

/** What goes on of a call whether or not the window is open: who speaks is heard, the key is held, and the call is shown. */

import { useState } from 'preact/hooks';
import { CallCard } from './call-card.js';
import { Voice } from './media-tracks.js';
import { usePanel } from './panel-context.js';
import { useHeldKey } from './use-held-key.js';

export function CallSound() {
  const { call, speech, open } = usePanel();
  const [play, setPlay] = useState<{ readonly run: () => void } | undefined>(undefined);
  const { value: voices } = call.heard.voices;
  useHeldKey(call);
  return (
    <div class="away">
      {voices.map(({ producer, track }) => (
        <Voice key={producer.producerId} track={track} onBlocked={(run) => setPlay({ run })} />
      ))}
      {open.value ? null : <CallCard away />}
      {play === undefined || voices.length === 0 ? null : (
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
    </div>
  );
}

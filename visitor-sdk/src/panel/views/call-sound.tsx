/** Who speaks to the visitor, heard whether or not the panel is open; and who is in the call, shown as well. */

import { useState } from 'preact/hooks';
import { CallPresence } from './call-presence.js';
import { Voice } from './media-tracks.js';
import { usePanel } from './panel-context.js';

export function CallSound() {
  const { call, speech, open } = usePanel();
  const [play, setPlay] = useState<{ readonly run: () => void } | undefined>(undefined);
  const { value: voices } = call.heard.voices;
  return (
    <>
      {voices.map(({ producer, track }) => (
        <Voice key={producer.producerId} track={track} onBlocked={(run) => setPlay({ run })} />
      ))}
      {open.value ? null : <CallPresence away />}
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
    </>
  );
}

/** What goes on of a call whether or not the window is open: who speaks is heard, the key is held, and the call is shown. */

import { useState } from 'preact/hooks';
import { CallCard } from './call-card.js';
import { Voice } from './media-tracks.js';
import { usePanel } from './panel-context.js';
import { useHeldKey } from './use-held-key.js';

export function CallSound() {
  const { call, speech, open } = usePanel();
  const [blocked, setBlocked] = useState<ReadonlyMap<string, () => void>>(new Map());
  const { value: voices } = call.heard.voices;
  useHeldKey(call);
  const silent = voices.flatMap(({ producer }) => blocked.get(producer.producerId) ?? []);
  return (
    <div class="away">
      {voices.map(({ producer, track }) => (
        <Voice
          key={producer.producerId}
          track={track}
          onBlocked={(play) => setBlocked((known) => new Map(known).set(producer.producerId, play))}
        />
      ))}
      {open.value ? null : <CallCard away />}
      {silent.length === 0 ? null : (
        <section class="sound-blocked" role="alert">
          <p>{speech.say('call.playBlocked')}</p>
          <button
            type="button"
            class="primary"
            onClick={() => {
              for (const play of silent) play();
              setBlocked(new Map());
            }}
          >
            {speech.say('call.play')}
          </button>
        </section>
      )}
    </div>
  );
}

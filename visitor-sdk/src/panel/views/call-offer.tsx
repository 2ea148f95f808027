/** Offers a call from the visitor's side: voice first, then a picture. */

import type { CallMedia, RefusalCode } from '@alongside/protocol';
import { useState } from 'preact/hooks';
import { Icon } from './later-icons.js';
import { usePanel } from './panel-context.js';

export function CallOffer() {
  const panel = usePanel();
  const { speech, call } = panel;
  const [failure, setFailure] = useState<RefusalCode | undefined>(undefined);
  const availability = panel.session.value?.calls.value;
  // Nobody asks somebody for their voice who has not said that they are of age.
  if (availability === undefined || panel.engagement.value?.visitor.asksNothing) return null;
  if (availability.state === 'building') return <p class="quiet small">{speech.say('call.building')}</p>;
  if (availability.state === 'paused') return <p class="quiet small">{speech.say('call.paused')}</p>;
  if (availability.state === 'unavailable') return null;
  const start = (media: CallMedia): void => {
    setFailure(undefined);
    call.start(media).then(setFailure, () => setFailure('internal'));
  };
  return (
    <div class="offer">
      <button
        type="button"
        class="plain"
        aria-label={speech.say('call.offerVoice')}
        title={speech.say('call.offerVoice')}
        onClick={() => start('voice')}
      >
        <Icon name="phone" />
      </button>
      <button
        type="button"
        class="plain"
        aria-label={speech.say('call.offerVideo')}
        title={speech.say('call.offerVideo')}
        onClick={() => start('video')}
      >
        <Icon name="camera" />
      </button>
      {failure === undefined ? null : (
        <p class="fault" role="alert">
          {speech.failure(failure)}
        </p>
      )}
    </div>
  );
}

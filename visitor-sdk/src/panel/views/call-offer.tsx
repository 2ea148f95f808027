/** Offers a call from the visitor's side: voice first, then a picture. What they give is tried before. */

import { holdsCalls } from '@alongside/frames';
import type { CallMedia } from '@alongside/protocol';
import { Icon } from './later-icons.js';
import { usePanel } from './panel-context.js';

export function CallOffer() {
  const panel = usePanel();
  const { speech, call } = panel;
  const availability = panel.session.value?.calls.value;
  // Nobody asks somebody for their voice who has not said that they are of age.
  if (availability === undefined || panel.engagement.value?.visitor.asksNothing) return null;
  if (availability.state !== 'unavailable' && !holdsCalls())
    return <p class="quiet small">{speech.say('call.unsupported')}</p>;
  if (availability.state === 'building') return <p class="quiet small">{speech.say('call.building')}</p>;
  if (availability.state === 'paused') return <p class="quiet small">{speech.say('call.paused')}</p>;
  if (availability.state === 'unavailable') return null;
  const offer = (media: CallMedia): void => {
    call.given.tryOut(media).catch(() => undefined);
  };
  return (
    <div class="offer">
      <button
        type="button"
        class="plain"
        aria-label={speech.say('call.offerVoice')}
        title={speech.say('call.offerVoice')}
        onClick={() => offer('voice')}
      >
        <Icon name="phone" />
      </button>
      <button
        type="button"
        class="plain"
        aria-label={speech.say('call.offerVideo')}
        title={speech.say('call.offerVideo')}
        onClick={() => offer('video')}
      >
        <Icon name="camera" />
      </button>
    </div>
  );
}

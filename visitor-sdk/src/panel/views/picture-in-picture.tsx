/** Lets a picture float above everything, where the browser can: the visitor's own choice, and their own place for it. */

import type { RefObject } from 'preact';
import { Icon } from './later-icons.js';
import { usePanel } from './panel-context.js';

export function FloatButton({ video }: { readonly video: RefObject<HTMLVideoElement | null> }) {
  const { speech } = usePanel();
  if (!document.pictureInPictureEnabled) return null;
  const label = speech.say('call.float');
  const float = (): void => {
    // Refused before the first frame is there: then a second press does it.
    video.current?.requestPictureInPicture().catch(() => undefined);
  };
  return (
    <button type="button" class="float" aria-label={label} title={label} onClick={float}>
      <Icon name="float" />
    </button>
  );
}

/** A track on the screen or in the loudspeaker. */

import { useEffect, useRef, useState } from 'react';
import { useMessages } from '../../messages/use-messages.js';
import { Button } from '../../parts/button.js';

export function TrackPicture({
  track,
  label,
  own = false,
}: {
  readonly track: MediaStreamTrack;
  readonly label: string;
  readonly own?: boolean;
}) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = new MediaStream([track]);
    return () => {
      element.srcObject = null;
    };
  }, [track]);
  return (
    <video
      ref={video}
      className={own ? 'picture picture-own' : 'picture'}
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}

/** A browser may want a press before it plays any sound; then there is a button for it. */
export function RemoteSound({ track }: { readonly track: MediaStreamTrack }) {
  const { t } = useMessages();
  const audio = useRef<HTMLAudioElement>(null);
  const [isBlocked, setIsBlocked] = useState(false);
  const play = (): void => {
    audio.current?.play().then(
      () => setIsBlocked(false),
      (error: unknown) => setIsBlocked(error instanceof Error && error.name === 'NotAllowedError'),
    );
  };
  // Plays once for each track.
  useEffect(() => {
    const element = audio.current;
    if (element === null) return;
    element.srcObject = new MediaStream([track]);
    play();
    return () => {
      element.srcObject = null;
    };
  }, [track]);
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: a live voice has no captions. */}
      <audio ref={audio} data-testid="visitor-voice" />
      {isBlocked ? (
        <Button size="small" tone="primary" onClick={play}>
          {t('call.playSound')}
        </Button>
      ) : undefined}
    </>
  );
}

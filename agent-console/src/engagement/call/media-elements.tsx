/** A track on the screen or in the loudspeaker. */

import { shownSizeOf } from '@alongside/engagement';
import { watchWidth } from '@alongside/frames';
import type { ShownSize } from '@alongside/protocol';
import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useMessages } from '../../messages/use-messages.js';
import { Button, IconButton } from '../../parts/button.js';
import type { AgentDevices } from './agent-devices.js';
import { useLoudspeaker } from './loudspeaker.js';

export function TrackPicture({
  track,
  label,
  own = false,
  onShown,
  element,
}: {
  readonly track: MediaStreamTrack;
  readonly label: string;
  readonly own?: boolean;
  /** Told how large it is shown, and that it is not any more. */
  readonly onShown?: (shown: ShownSize) => void;
  readonly element?: RefObject<HTMLVideoElement | null>;
}) {
  const inner = useRef<HTMLVideoElement>(null);
  const video = element ?? inner;
  const tell = useRef(onShown);
  tell.current = onShown;
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = new MediaStream([track]);
    return () => {
      element.srcObject = null;
    };
  }, [track, video]);
  useEffect(() => watchSize(video.current, (shown) => tell.current?.(shown)), [video]);
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

/** Lets a picture float above everything, where the browser can: it covers nothing that the agent did not put it over. */
export function FloatButton({ video }: { readonly video: RefObject<HTMLVideoElement | null> }) {
  const { t } = useMessages();
  if (!document.pictureInPictureEnabled) return undefined;
  return (
    <IconButton
      className="picture-float"
      icon="float"
      size="small"
      label={t('call.float')}
      // Refused before the first frame is there: then a second press does it.
      onClick={() => void video.current?.requestPictureInPicture().catch(() => undefined)}
    />
  );
}

function watchSize(element: HTMLVideoElement | null, onShown: (shown: ShownSize) => void): () => void {
  let told: ShownSize = 'hidden';
  const tell = (shown: ShownSize): void => {
    if (shown === told) return;
    told = shown;
    onShown(shown);
  };
  return element === null ? () => undefined : watchWidth(element, (pixels) => tell(shownSizeOf(pixels)));
}

/** A browser may want a press before it plays any sound; then there is a button for it. */
export function RemoteSound({
  track,
  devices,
  of,
}: {
  readonly track: MediaStreamTrack;
  readonly devices: AgentDevices;
  /** Which of the agents; without it, the visitor. */
  readonly of?: string | undefined;
}) {
  const { t } = useMessages();
  const audio = useRef<HTMLAudioElement>(null);
  const [isBlocked, setIsBlocked] = useState(false);
  const play = (): void => {
    audio.current?.play().then(
      () => setIsBlocked(false),
      (error: unknown) => setIsBlocked(error instanceof Error && error.name === 'NotAllowedError'),
    );
  };
  useLoudspeaker(audio, devices);
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
      <audio ref={audio} data-testid={of === undefined ? 'visitor-voice' : 'agent-voice'} data-of={of} />
      {isBlocked ? (
        <Button size="small" tone="primary" onClick={play}>
          {t('call.playSound')}
        </Button>
      ) : undefined}
    </>
  );
}

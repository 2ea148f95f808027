/** Shows a picture or lets a voice be heard, from a track. */

import { useEffect, useRef } from 'preact/hooks';

interface TrackView {
  readonly track: MediaStreamTrack;
  readonly label: string;
  readonly mirrored?: boolean;
}

export function Picture({ track, label, mirrored = false }: TrackView) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => attach(video.current, track), [track]);
  return (
    <video
      ref={video}
      class={mirrored ? 'picture mirrored' : 'picture'}
      aria-label={label}
      autoplay
      playsInline
      muted
    />
  );
}

interface VoiceView {
  readonly track: MediaStreamTrack;
  /** The browser holds sound back until the visitor has pressed something. */
  readonly onBlocked: (play: () => void) => void;
}

export function Voice({ track, onBlocked }: VoiceView) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const element = audio.current;
    const detach = attach(element, track);
    element?.play().catch(() => onBlocked(() => element.play().catch(() => undefined)));
    return detach;
  }, [track]);
  // biome-ignore lint/a11y/useMediaCaption: a live voice has no captions to give.
  return <audio ref={audio} autoplay />;
}

function attach(element: HTMLMediaElement | null, track: MediaStreamTrack): () => void {
  if (element !== null) element.srcObject = new MediaStream([track]);
  return () => {
    if (element !== null) element.srcObject = null;
  };
}

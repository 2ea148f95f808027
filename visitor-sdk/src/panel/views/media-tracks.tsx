/** Shows a picture or lets a voice be heard, from a track. */

import { shownSizeOf } from '@alongside/engagement';
import { watchWidth } from '@alongside/frames';
import type { ShownSize } from '@alongside/protocol';
import type { Ref } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface TrackView {
  readonly track: MediaStreamTrack;
  readonly label: string;
  readonly mirrored?: boolean;
  /** Told how large it is shown, and that it is not any more. */
  readonly onShown?: (shown: ShownSize) => void;
  readonly element?: Ref<HTMLVideoElement>;
}

export function Picture({ track, label, mirrored = false, onShown, element }: TrackView) {
  const own = useRef<HTMLVideoElement>(null);
  const video = (element ?? own) as { readonly current: HTMLVideoElement | null };
  useEffect(() => attach(video.current, track), [track]);
  useEffect(() => (onShown === undefined ? undefined : watchSize(video.current, onShown)), []);
  return (
    <video
      ref={element ?? own}
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
    element?.play().catch((error: unknown) => {
      // Otherwise it was taken away before it could begin.
      const isBlocked = error instanceof Error && error.name === 'NotAllowedError';
      if (isBlocked) onBlocked(() => element.play().catch(() => undefined));
    });
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

function watchSize(element: HTMLVideoElement | null, onShown: (shown: ShownSize) => void): () => void {
  let told: ShownSize = 'hidden';
  const tell = (shown: ShownSize): void => {
    if (shown === told) return;
    told = shown;
    onShown(shown);
  };
  return element === null ? () => undefined : watchWidth(element, (pixels) => tell(shownSizeOf(pixels)));
}

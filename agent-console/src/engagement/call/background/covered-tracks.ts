/** The two ways of a camera's pictures through the worker and back: as streams, or drawn on a canvas. */

import type { BackgroundOrder, PictureStreams } from './background-messages.js';

interface Pictures {
  readonly camera: MediaStreamTrack;
  readonly tell: (order: BackgroundOrder, transfer: Transferable[]) => void;
  /** Whoever had the track has stopped it, or the camera is gone. */
  readonly onOver: () => void;
}

interface CoveredTrack {
  readonly track: MediaStreamTrack;
  take(picture: ImageBitmap | undefined): void;
  end(): void;
  /** The camera was unplugged: told as a camera's own track tells it. */
  lose(): void;
}

/** Chromium has these in a window; the DOM's types do not know them. */
interface StreamedTracks {
  readonly MediaStreamTrackProcessor?: new (options: {
    readonly track: MediaStreamTrack;
    readonly maxBufferSize: number;
  }) => Pick<PictureStreams, 'readable'>;
  readonly MediaStreamTrackGenerator?: new (options: {
    readonly kind: 'video';
  }) => MediaStreamTrack & Pick<PictureStreams, 'writable'>;
}

export async function coveredTrack(pictures: Pictures): Promise<CoveredTrack> {
  return streamedTrack(pictures) ?? drawnTrack(pictures);
}

function streamedTrack({ camera, tell, onOver }: Pictures): CoveredTrack | undefined {
  const { MediaStreamTrackProcessor, MediaStreamTrackGenerator } = globalThis as StreamedTracks;
  if (MediaStreamTrackProcessor === undefined || MediaStreamTrackGenerator === undefined) return undefined;
  // A frame that comes while one is drawn takes the place of the one that waits.
  const { readable } = new MediaStreamTrackProcessor({ track: camera, maxBufferSize: 1 });
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const { writable } = track;
  tell({ streams: { readable, writable } }, [readable, writable]);
  return { ...ending(track, onOver), take: () => undefined };
}

/** A stop is told by no event, and where no frames come by nothing else either. */
const LOOKS_EVERY_MS = 500;
const WITHOUT_CALLBACK_MS = 1000 / 24;

async function drawnTrack({ camera, tell, onOver }: Pictures): Promise<CoveredTrack> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([camera]);
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { alpha: false });
  await video.play();
  const [track] = canvas.captureStream().getTracks();
  if (context === null || track === undefined) throw new TypeError('The browser gave no picture.');
  const ends = ending(track, () => {
    video.srcObject = null;
    onOver();
  });
  let isDrawing = false;
  const next = (): void => {
    const looked = (): void => void look();
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(looked);
    else setTimeout(looked, WITHOUT_CALLBACK_MS);
  };
  const look = async (): Promise<void> => {
    if (track.readyState === 'ended') return ends.end();
    next();
    // While one is drawn, those that come are let go.
    if (isDrawing) return;
    isDrawing = true;
    try {
      const frame = await createImageBitmap(video);
      tell({ frame }, [frame]);
    } catch {
      // There was no frame to take yet.
      isDrawing = false;
    }
  };
  next();
  const take = (picture: ImageBitmap | undefined): void => {
    isDrawing = false;
    if (picture === undefined) return;
    if (canvas.width !== picture.width) canvas.width = picture.width;
    if (canvas.height !== picture.height) canvas.height = picture.height;
    context.drawImage(picture, 0, 0);
    picture.close();
  };
  return { ...ends, take };
}

function ending(track: MediaStreamTrack, onOver: () => void): Omit<CoveredTrack, 'take'> {
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    clearInterval(timer);
    track.stop();
    onOver();
  };
  const timer = setInterval(() => {
    if (track.readyState === 'ended') end();
  }, LOOKS_EVERY_MS);
  const lose = (): void => {
    if (isOver) return;
    end();
    track.dispatchEvent(new Event('ended'));
  };
  return { track, end, lose };
}

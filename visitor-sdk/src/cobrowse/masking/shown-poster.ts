/** Whether a video stands on its poster: it has not begun, and nobody has gone to another place of it. */
export function isOnPoster(video: HTMLVideoElement): boolean {
  const { poster, paused, seeking, currentTime, played } = video;
  return poster !== '' && paused && !seeking && currentTime === 0 && played.length === 0;
}

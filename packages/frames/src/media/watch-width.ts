/** How wide a picture is shown, in pixels of the screen: nothing while nobody can see it. */

export function watchWidth(video: HTMLVideoElement, onWidth: (pixels: number) => void): () => void {
  const look = () => onWidth(isSeen(video) ? video.clientWidth * devicePixelRatio : 0);
  const sizes = new ResizeObserver(look);
  sizes.observe(video);
  const floats = ['enterpictureinpicture', 'leavepictureinpicture'] as const;
  document.addEventListener('visibilitychange', look);
  for (const event of floats) video.addEventListener(event, look);
  return () => {
    sizes.disconnect();
    document.removeEventListener('visibilitychange', look);
    for (const event of floats) video.removeEventListener(event, look);
    onWidth(0);
  };
}

/** One that floats is seen whatever becomes of its page; a browser that does not tell may let it float. */
function isSeen(video: HTMLVideoElement): boolean {
  const floating = (video.getRootNode() as Partial<DocumentOrShadowRoot>).pictureInPictureElement;
  return !document.hidden || floating === undefined || floating === video;
}

/** Takes one picture of a canvas or a video as it is drawn now, small enough to be sent often. */

import { isOnPoster } from '../masking/shown-poster.js';

export interface Picture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

export type Moving = HTMLCanvasElement | HTMLVideoElement;

const LONGEST_SIDE_PX = 640;
const TYPE = 'image/webp';
const QUALITY = 0.7;

/**
 * Undefined when nothing can be shown, `asBefore` when it cannot be read now and looks as it did. Throws when the
 * browser does not let it be read, as with what another origin has drawn. WebGL forgets what it drew once it is on the
 * screen, so the picture is taken after the page's own animation callbacks and before that.
 */
export async function takePicture(
  element: Moving,
  window: Window & typeof globalThis,
  wasShown: boolean,
): Promise<Picture | 'asBefore' | undefined> {
  await drawn(element, window);
  if (isSeeking(element)) return 'asBefore';
  const [width, height] = sizeOf(element);
  if (width === 0 || height === 0) return undefined;
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(width, height));
  const bitmap = await window.createImageBitmap(element, {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
  });
  const canvas = new window.OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  if (isEmpty(context, canvas)) {
    // Nothing tells whether it never held anything, has been cleared or has forgotten it.
    if (!wasShown) return undefined;
    if (!isKept(element)) return 'asBefore';
  }
  const blob = await canvas.convertToBlob({ type: TYPE, quality: QUALITY });
  return { bytes: new Uint8Array(await blob.arrayBuffer()), contentType: blob.type };
}

/** A new observer is called once in the next frame, when all animation callbacks have run. */
function drawn(element: Element, window: Window & typeof globalThis): Promise<void> {
  return new Promise((resolve) => {
    const observer = new window.ResizeObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe(element);
  });
}

/** On its way to another place in the film, where the last picture stands still. */
function isSeeking(element: Moving): boolean {
  return 'videoWidth' in element && element.readyState === element.HAVE_METADATA;
}

function sizeOf(element: Moving): readonly [number, number] {
  if (!('videoWidth' in element)) return [element.width, element.height];
  const isDrawn = element.readyState >= element.HAVE_CURRENT_DATA && !isOnPoster(element);
  return isDrawn ? [element.videoWidth, element.videoHeight] : [0, 0];
}

/** Whether it still holds what it drew. It has drawn something, so that asking for its context makes none. */
function isKept(element: Moving): boolean {
  try {
    return 'getContext' in element && element.getContext('2d') !== null;
  } catch {
    // It is drawn elsewhere, in a worker, and nobody here can ask for its context.
    return false;
  }
}

function isEmpty(context: OffscreenCanvasRenderingContext2D, { width, height }: OffscreenCanvas): boolean {
  const { data } = context.getImageData(0, 0, width, height);
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] !== 0) return false;
  return true;
}

/** What the page and the worker that covers a camera say to each other. */

import type { Background, BackgroundState } from './background.js';

export interface PictureStreams {
  readonly readable: ReadableStream<VideoFrame>;
  readonly writable: WritableStream<VideoFrame>;
}

export type BackgroundOrder =
  | { readonly background: Background }
  /** Where the browser hands a camera's frames to a worker, and takes them from there. */
  | { readonly streams: PictureStreams }
  /** Elsewhere each is brought, and its picture brought back: the next one only then. */
  | { readonly frame: ImageBitmap };

export type BackgroundWord =
  | { readonly ready: true }
  | { readonly state: BackgroundState }
  /** Of the frame that was brought; none where it could not be covered. */
  | { readonly picture: ImageBitmap | undefined }
  /** The camera is gone, or nobody takes its pictures any more. */
  | { readonly over: true };

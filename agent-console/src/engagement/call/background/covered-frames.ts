/** Every frame of a camera with its background drawn over, or covered whole: none passes as it is. */

import type { Background, BackgroundState } from './background.js';
import type { PictureStreams } from './background-messages.js';
import { FramePace } from './frame-pace.js';
import { FramePainter } from './frame-painter.js';
import type { PersonFinder } from './person-finder.js';
import { PersonMask } from './person-mask.js';

interface CoveredFramesDeps {
  readonly load: () => Promise<PersonFinder>;
  readonly onState: (state: BackgroundState) => void;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

type Frame = VideoFrame | ImageBitmap;

interface Taking<T> {
  readonly size: Size;
  readonly take: (canvas: OffscreenCanvas) => T;
}

export class CoveredFrames {
  readonly #deps: CoveredFramesDeps;
  readonly #painter = new FramePainter();
  readonly #mask = new PersonMask();
  readonly #pace = new FramePace();
  #background: Background = 'blurred';
  #finder: PersonFinder | undefined;
  #isLoading = false;
  #state: BackgroundState = 'preparing';

  constructor(deps: CoveredFramesDeps) {
    this.#deps = deps;
  }

  /** What was too slow or failed stays so: where that is chosen anew, the camera is opened and covered anew. */
  show(background: Background): void {
    this.#background = background;
    if (this.#state === 'preparing') void this.#load();
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#tell('preparing');
    try {
      this.#finder = await this.#deps.load();
      this.#tell('drawn');
    } catch {
      this.#tell('failed');
    }
    this.#isLoading = false;
  }

  /** Until the camera is gone, or nobody takes the pictures any more. */
  async follow({ readable, writable }: PictureStreams): Promise<void> {
    const reader = readable.getReader();
    const writer = writable.getWriter();
    const closed = writer.closed.then(
      () => reader.cancel(),
      () => reader.cancel(),
    );
    for (;;) {
      const { value: frame, done } = await reader.read();
      if (done) break;
      const { timestamp, displayWidth: width, displayHeight: height } = frame;
      const picture = this.#covered(frame, {
        size: { width, height },
        take: (canvas) => new VideoFrame(canvas, { timestamp }),
      });
      // Refused where the track was stopped, which ends the reading as well.
      if (picture !== undefined) await writer.write(picture).catch(() => picture.close());
    }
    await writer.close().catch(() => undefined);
    await closed;
  }

  /** The picture that is shown of one frame; where there is none, the one before stays. */
  drawn(frame: ImageBitmap): ImageBitmap | undefined {
    return this.#covered(frame, { size: frame, take: (canvas) => canvas.transferToImageBitmap() });
  }

  #covered<T>(frame: Frame, { size, take }: Taking<T>): T | undefined {
    try {
      this.#cover(frame, size);
      return take(this.#painter.canvas);
    } catch {
      this.#tell('failed');
      return undefined;
    } finally {
      frame.close();
    }
  }

  #cover(frame: Frame, size: Size): void {
    const beganAt = performance.now();
    const pixels = this.#painter.look(frame, size);
    const person = this.#find(pixels);
    if (person === undefined) this.#painter.coverWhole();
    else this.#painter.coverBehind(frame, { person, background: this.#background });
    if (this.#state === 'drawn' && this.#pace.isTooSlow(performance.now() - beganAt)) this.#tell('slow');
  }

  #find(pixels: ImageData): ImageData | undefined {
    if (this.#state !== 'drawn' || this.#finder === undefined) return undefined;
    try {
      return this.#mask.of(this.#finder.find(pixels.data));
    } catch {
      // What threw once is in no known state, and is not asked again.
      this.#tell('failed');
      return undefined;
    }
  }

  #tell(state: BackgroundState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#deps.onState(state);
  }
}

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

export class CoveredFrames {
  readonly #deps: CoveredFramesDeps;
  readonly #painter = new FramePainter();
  readonly #mask = new PersonMask();
  #pace = new FramePace();
  #background: Background = 'blurred';
  #finder: PersonFinder | undefined;
  #isLoading = false;
  #state: BackgroundState = 'preparing';

  constructor(deps: CoveredFramesDeps) {
    this.#deps = deps;
  }

  /** Chosen anew is tried anew, also where it was too slow or failed before. */
  show(background: Background): void {
    this.#background = background;
    this.#pace = new FramePace();
    if (this.#finder !== undefined) this.#tell('drawn');
    else void this.#load();
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
      const { timestamp } = frame;
      const isCovered = this.cover(frame, { width: frame.displayWidth, height: frame.displayHeight });
      frame.close();
      if (!isCovered) continue;
      const picture = new VideoFrame(this.#painter.canvas, { timestamp });
      // Refused where the track was stopped, which ends the reading as well.
      await writer.write(picture).catch(() => picture.close());
    }
    await writer.close().catch(() => undefined);
    await closed;
  }

  /** Whether there is a picture; where there is none, the one before stays. */
  cover(frame: CanvasImageSource, size: Size): boolean {
    try {
      this.#cover(frame, size);
      return true;
    } catch {
      this.#tell('failed');
      return false;
    }
  }

  #cover(frame: CanvasImageSource, size: Size): void {
    const beganAt = performance.now();
    const pixels = this.#painter.look(frame, size);
    const person = this.#find(pixels);
    if (person === undefined) this.#painter.coverWhole();
    else this.#painter.coverBehind(frame, { person, background: this.#background });
    if (this.#state === 'drawn' && this.#pace.isTooSlow(performance.now() - beganAt)) this.#tell('slow');
  }

  /** The picture that was drawn last, once. */
  taken(): ImageBitmap {
    return this.#painter.canvas.transferToImageBitmap();
  }

  #find(pixels: ImageData): ImageData | undefined {
    if (this.#state !== 'drawn' || this.#finder === undefined) return undefined;
    try {
      return this.#mask.of(this.#finder.find(pixels.data));
    } catch {
      // What threw once is in no known state: it is loaded anew with the next choice.
      this.#finder = undefined;
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

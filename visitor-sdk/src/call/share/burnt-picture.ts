/**
 * The page as a picture in which everything private is covered, made of the browser's own pictures of the tab. Each is
 * held back until it is known what was private at its moment; one of which that never becomes known is not shown, and
 * where that goes on the whole picture is grey.
 */

import type { PixelRect, Placement } from '@alongside/engagement';
import { coverFor, numberIn, pixelsOf, placementsOf } from '@alongside/engagement';
import { CodeReader } from './code-reader.js';
import type { Look } from './page-looks.js';

export interface BurntPictureDeps {
  readonly window: Window & typeof globalThis;
  /** Of this tab; ended by whoever opened it. */
  readonly track: MediaStreamTrack;
  readonly secret: number;
  readonly looks: () => readonly Look[];
  /** What the grey picture says. */
  readonly hiddenWords: string;
  /** Nothing could be shown for a while, or it can be again. */
  readonly onShown: (shown: boolean) => void;
}

interface Held {
  readonly canvas: HTMLCanvasElement;
  readonly number: number;
  readonly placement: Placement;
}

const EVERY_MS = 70;
const MOST_HELD = 8;
/** What was shown last stays for so long where nothing new may be. */
const GREY_AFTER_MS = 700;
const WATCH_MS = 200;
const COVER = '#868e94';
const GREY = '#3a4145';

export class BurntPicture {
  readonly track: MediaStreamTrack;
  readonly #deps: BurntPictureDeps;
  readonly #video: HTMLVideoElement;
  readonly #out: HTMLCanvasElement;
  readonly #reader: CodeReader;
  readonly #timer: number;
  readonly #listeners = new AbortController();
  #held: Held[] = [];
  #spare: HTMLCanvasElement[] = [];
  #takenMs = 0;
  #shownMs = Number.NEGATIVE_INFINITY;
  #isGrey = false;
  #stopped = false;

  constructor(deps: BurntPictureDeps) {
    this.#deps = deps;
    const { document, innerWidth, innerHeight } = deps.window;
    this.#video = document.createElement('video');
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.srcObject = new MediaStream([deps.track]);
    this.#out = document.createElement('canvas');
    this.#out.width = innerWidth;
    this.#out.height = innerHeight;
    this.#reader = new CodeReader(document);
    this.track = onlyTrack(this.#out);
    this.track.contentHint = 'detail';
    this.#grey();
    this.#timer = deps.window.setInterval(() => this.#watch(), WATCH_MS);
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') this.#hide();
    };
    document.addEventListener('visibilitychange', hidden, { signal: this.#listeners.signal });
    this.#video.play().catch(() => undefined);
    this.#next();
  }

  /** The page was looked at: what waited for it may be shown now. */
  looked(): void {
    const nowMs = this.#deps.window.performance.now();
    const kept: Held[] = [];
    for (const held of this.#held) {
      const looks = this.#deps.looks();
      const cover = coverFor(looks, held.number, nowMs);
      if (cover.state === 'wait') {
        kept.push(held);
        continue;
      }
      if (cover.state === 'known') this.#show(held, cover.boxes, looks);
      this.#spare.push(held.canvas);
    }
    this.#held = kept;
  }

  stop(): void {
    this.#stopped = true;
    const { window } = this.#deps;
    window.clearInterval(this.#timer);
    this.#listeners.abort();
    this.#video.srcObject = null;
    this.track.stop();
    for (const canvas of [this.#out, ...this.#spare, ...this.#held.map((each) => each.canvas)])
      canvas.width = 0;
    this.#held = [];
    this.#spare = [];
  }

  #next(): void {
    if (this.#stopped) return;
    this.#video.requestVideoFrameCallback(() => {
      if (this.#stopped) return;
      try {
        this.#take();
      } finally {
        this.#next();
      }
    });
  }

  /** Only what holds a number of this page's is kept at all. */
  #take(): void {
    const { videoWidth: width, videoHeight: height } = this.#video;
    const nowMs = this.#deps.window.performance.now();
    if (width === 0 || height === 0 || nowMs - this.#takenMs < EVERY_MS) return;
    if (this.#held.length >= MOST_HELD || this.#deps.window.document.visibilityState === 'hidden') return;
    const canvas = this.#spare.pop() ?? this.#deps.window.document.createElement('canvas');
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    canvas.getContext('2d', { alpha: false })?.drawImage(this.#video, 0, 0, width, height);
    const read = this.#read(canvas);
    if (read === undefined) {
      this.#spare.push(canvas);
      return;
    }
    this.#takenMs = nowMs;
    this.#held.push({ canvas, ...read });
  }

  /** Both strips have to say the same, each where the page has it: then this is the page, and all of it. */
  #read(canvas: HTMLCanvasElement): Omit<Held, 'canvas'> | undefined {
    const { looks, secret } = this.#deps;
    const last = looks().at(-1);
    if (last === undefined) return undefined;
    for (const placement of placementsOf(last, canvas)) {
      const numbers = last.strips.map((strip) =>
        numberIn(this.#reader.read(canvas, strip, placement), secret),
      );
      const [number, other] = numbers;
      if (number !== undefined && number === other) return { number, placement };
    }
    return undefined;
  }

  #show(
    { canvas, number, placement }: Held,
    boxes: readonly Parameters<typeof pixelsOf>[0][],
    looks: readonly Look[],
  ): void {
    const context = canvas.getContext('2d', { alpha: false });
    const strips = looks.find((look) => look.number === number)?.strips;
    if (context === null || strips === undefined) return;
    context.fillStyle = COVER;
    for (const box of [...boxes, ...strips]) fill(context, pixelsOf(box, placement, canvas));
    this.#resize(canvas);
    this.#out.getContext('2d', { alpha: false })?.drawImage(canvas, 0, 0);
    this.#send();
    this.#shownMs = this.#deps.window.performance.now();
    if (this.#isGrey) this.#deps.onShown(true);
    this.#isGrey = false;
  }

  #resize({ width, height }: HTMLCanvasElement): void {
    if (this.#out.width !== width) this.#out.width = width;
    if (this.#out.height !== height) this.#out.height = height;
  }

  #watch(): void {
    this.looked();
    if (this.#deps.window.performance.now() - this.#shownMs > GREY_AFTER_MS) this.#hide();
    // Whoever comes later, or has lost a picture, gets this one although nothing moves.
    else this.#send();
  }

  #hide(): void {
    if (this.#isGrey) {
      this.#send();
      return;
    }
    this.#grey();
    this.#deps.onShown(false);
  }

  #grey(): void {
    this.#isGrey = true;
    const context = this.#out.getContext('2d', { alpha: false });
    if (context === null) return;
    const { width, height } = this.#out;
    context.fillStyle = GREY;
    context.fillRect(0, 0, width, height);
    context.fillStyle = '#ffffff';
    context.textAlign = 'center';
    context.font = `${Math.max(14, Math.round(width / 48))}px system-ui, sans-serif`;
    context.fillText(this.#deps.hiddenWords, width / 2, height / 2, width * 0.9);
    this.#send();
  }

  #send(): void {
    (this.track as CanvasCaptureMediaStreamTrack).requestFrame();
  }
}

function fill(context: CanvasRenderingContext2D, pixels: PixelRect | undefined): void {
  if (pixels !== undefined) context.fillRect(pixels.left, pixels.top, pixels.width, pixels.height);
}

/** Nothing leaves it but what is sent by hand. */
function onlyTrack(canvas: HTMLCanvasElement): MediaStreamTrack {
  // A canvas gives no stream before it has been drawn on once.
  canvas.getContext('2d', { alpha: false });
  const [track] = canvas.captureStream(0).getVideoTracks();
  if (track === undefined) throw new Error('The canvas gave no track.');
  return track;
}

/**
 * Shows canvases and videos as pictures of them, where a rule of the site allows their content. How often follows
 * what the agents can take: the next one is taken only some time after the last was asked for.
 */

import type { Moving } from './take-picture.js';
import { takePicture } from './take-picture.js';

export interface MovingPicturesDeps {
  readonly window: Window & typeof globalThis;
  nodeOf(id: number): Node | undefined;
  /** Keeps the bytes for whoever asks, and answers with their hash. */
  keep(picture: {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly contentType: string;
  }): Promise<string | undefined>;
  drop(hash: string): void;
  /** The connection cannot take what it has. */
  isBehind(): boolean;
  /** There is a new picture of the element. */
  onPicture(id: number): void;
  now(): number;
}

const FASTEST_MS = 250;
const SLOWEST_MS = 5_000;
/** Nobody has asked for the last picture in this time: nobody sees it, or nobody can keep up. */
const UNASKED_MS = 5_000;
/** A page may hold thousands of small canvases. */
const MOST_AT_ONCE = 24;
/** Of how long it took until the last one was asked for. */
const ROUND_TRIPS = 3;

interface Shown {
  hash: string | undefined;
  previous: string | undefined;
  periodMs: number;
  nextAtMs: number;
  announcedAtMs: number | undefined;
}

export class MovingPictures {
  readonly #deps: MovingPicturesDeps;
  readonly #shown = new Map<number, Shown>();
  #timer: number | undefined;
  #taking = false;

  constructor(deps: MovingPicturesDeps) {
    this.#deps = deps;
  }

  /** The element may be shown. */
  note(id: number): void {
    if (this.#shown.has(id) || this.#shown.size >= MOST_AT_ONCE) return;
    this.#shown.set(id, {
      hash: undefined,
      previous: undefined,
      periodMs: FASTEST_MS,
      nextAtMs: 0,
      announcedAtMs: undefined,
    });
    this.#timer ??= this.#deps.window.setInterval(() => void this.#takeDue(), FASTEST_MS / 2);
  }

  pictureOf(id: number): string | undefined {
    return this.#shown.get(id)?.hash;
  }

  /** Agents ask for pictures when they have played what named them: that tells how fast they are. */
  wanted(hashes: readonly string[]): void {
    for (const shown of this.#shown.values()) {
      if (shown.hash === undefined || shown.announcedAtMs === undefined || !hashes.includes(shown.hash))
        continue;
      const tookMs = this.#deps.now() - shown.announcedAtMs;
      shown.announcedAtMs = undefined;
      shown.periodMs = Math.min(Math.max(tookMs * ROUND_TRIPS, FASTEST_MS), SLOWEST_MS);
      shown.nextAtMs = this.#deps.now() + shown.periodMs;
    }
  }

  stop(): void {
    this.#deps.window.clearInterval(this.#timer);
    this.#timer = undefined;
    this.#shown.clear();
  }

  async #takeDue(): Promise<void> {
    if (this.#taking || this.#deps.isBehind()) return;
    this.#taking = true;
    try {
      for (const [id, shown] of this.#shown) if (this.#isDue(shown)) await this.#take(id, shown);
    } finally {
      this.#taking = false;
    }
  }

  #isDue({ nextAtMs, announcedAtMs }: Shown): boolean {
    const now = this.#deps.now();
    return announcedAtMs === undefined ? now >= nextAtMs : now >= announcedAtMs + UNASKED_MS;
  }

  async #take(id: number, shown: Shown): Promise<void> {
    const element = this.#deps.nodeOf(id);
    if (element?.isConnected !== true) {
      this.#shown.delete(id);
      return;
    }
    if (!isInSight(element as Moving, this.#deps.window)) return;
    shown.nextAtMs = this.#deps.now() + shown.periodMs;
    const hash = await this.#picture(element as Moving);
    // Recording may have ended while the picture was made.
    if (this.#shown.get(id) !== shown || hash === undefined || hash === shown.hash) return;
    if (shown.previous !== undefined) this.#deps.drop(shown.previous);
    shown.previous = shown.hash;
    shown.hash = hash;
    shown.announcedAtMs = this.#deps.now();
    this.#deps.onPicture(id);
  }

  async #picture(element: Moving): Promise<string | undefined> {
    try {
      const picture = await takePicture(element, this.#deps.window);
      return picture && (await this.#deps.keep(picture));
    } catch {
      // The browser does not let it be read, now or ever: the element keeps its grey box.
      return undefined;
    }
  }
}

function isInSight(element: Moving, { innerWidth, innerHeight }: Window): boolean {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
}

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
  /** There is a new picture of the element, or none any more. */
  onPicture(id: number): void;
  now(): number;
}

const FASTEST_MS = 250;
const SLOWEST_MS = 5_000;
/** Nobody has asked for the last picture in this time: nobody sees it, or nobody can keep up. */
const UNASKED_MS = 5_000;
/** One picture is taken at a time, so that many take turns; a page may hold thousands of small canvases. */
const MOST_SHOWN = 500;
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
    if (this.#shown.has(id) || this.#shown.size >= MOST_SHOWN) return;
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
    if (this.#taking) return;
    this.#taking = true;
    try {
      const due = [...this.#shown].filter(([, shown]) => this.#isDue(shown));
      // Where there is no time for all, whoever waits longest comes first.
      due.sort(([, one], [, other]) => one.nextAtMs - other.nextAtMs);
      for (const [id, shown] of due) {
        if (this.#deps.isBehind() || this.#timer === undefined) return;
        await this.#take(id, shown);
      }
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
      this.#letGo(shown.previous, shown.hash);
      return;
    }
    shown.nextAtMs = this.#deps.now() + shown.periodMs;
    if (!isInSight(element as Moving, this.#deps.window)) return;
    const hash = await this.#picture(element as Moving, shown);
    // Recording may have ended while the picture was made.
    if (this.#shown.get(id) !== shown || hash === shown.hash) return;
    const { previous, hash: last } = shown;
    shown.previous = hash === undefined ? undefined : last;
    shown.hash = hash;
    shown.announcedAtMs = hash === undefined ? undefined : this.#deps.now();
    this.#letGo(previous, hash === undefined ? last : undefined);
    this.#deps.onPicture(id);
  }

  async #picture(element: Moving, shown: Shown): Promise<string | undefined> {
    try {
      const picture = await takePicture(element, this.#deps.window, shown.hash !== undefined);
      if (picture === 'asBefore') return shown.hash;
      const kept = picture && (await this.#deps.keep(picture));
      // There is no room: others are shown first.
      if (picture !== undefined && kept === undefined) shown.nextAtMs = this.#deps.now() + SLOWEST_MS;
      return kept;
    } catch {
      // The browser does not let it be read, now or ever: the element has its grey box.
      return undefined;
    }
  }

  /** Elements that look alike have the same picture. */
  #letGo(...hashes: readonly (string | undefined)[]): void {
    for (const hash of hashes) {
      const isUsed = [...this.#shown.values()].some((each) => each.hash === hash || each.previous === hash);
      if (hash !== undefined && !isUsed) this.#deps.drop(hash);
    }
  }
}

function isInSight(element: Moving, { innerWidth, innerHeight }: Window): boolean {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
}

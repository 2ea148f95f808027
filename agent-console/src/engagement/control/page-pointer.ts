/** From points on the shown page to intents: pointing, drawing, and under a lease scrolling, clicking and typing. */

import type { IntentBody, IntentKind, IntentTarget } from '@alongside/protocol';
import { intentLimits } from '@alongside/protocol';
import type { IntentOutcome } from '../player/intent-answers.js';
import type { PageView } from '../player/page-view.js';
import type { Located } from '../player/replay-messages.js';
import type { ReplayPort } from '../player/replay-port.js';
import { Stroke } from './stroke.js';

/** In CSS pixels of the visitor's viewport. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PagePointerDeps {
  readonly page: Pick<PageView, 'act' | 'nextRef'>;
  readonly replay: Pick<ReplayPort, 'locate' | 'scroll'>;
  /** The lease to act under, if there is one for this kind. */
  lease(kind: IntentKind): number | undefined;
}

/** An element of the page together with what the visitor's page says it is. */
export interface Identified {
  readonly located: Located;
  readonly target: IntentTarget;
}

const POINT_GAP_MS = 1000 / 15;
const SCROLL_GAP_MS = 150;
const IDENTIFY_MS = 3_000;
/** A fingerprint this fresh is used again; the visitor's page checks it in any case. */
const FRESH_MS = 1_000;

export class PagePointer {
  readonly #deps: PagePointerDeps;
  #wanted: Point | 'away' | undefined;
  #pointing = false;
  #known: { readonly target: IntentTarget; readonly at: number } | undefined;
  #stroke: Stroke | undefined;
  #strokes = 0;
  #wheel: (Point & { dx: number; dy: number }) | undefined;
  #scrolling = false;

  constructor(deps: PagePointerDeps) {
    this.#deps = deps;
  }

  /** The newest place wins: while one is on its way, those in between are passed over. */
  point(at: Point | 'away'): void {
    this.#wanted = at;
    if (!this.#pointing) void this.#pointOn();
  }

  async startStroke(at: Point): Promise<void> {
    const located = await this.#deps.replay.locate(at);
    if (located === undefined) return;
    this.#strokes = (this.#strokes + 1) >>> 0;
    const { place, box } = located;
    this.#stroke = new Stroke(box, (points) => {
      const body = {
        kind: 'draw',
        ref: this.#deps.page.nextRef(),
        stroke: this.#strokes,
        anchor: place.id,
      } as const;
      void this.#act({ ...body, points: [...points] });
    });
    this.#stroke.add(at);
  }

  continueStroke(at: Point): void {
    this.#stroke?.add(at);
  }

  endStroke(): void {
    this.#stroke?.end();
    this.#stroke = undefined;
  }

  /** What lies there, as the visitor's page itself says it: an act without that would be refused as changed. */
  async identifyAt(at: Point): Promise<Identified | undefined> {
    const located = await this.#deps.replay.locate(at);
    return located === undefined ? undefined : this.identify(located);
  }

  async identify(located: Located): Promise<Identified | undefined> {
    const { id } = located.place;
    const known = this.#known;
    if (known?.target.id === id && Date.now() - known.at < FRESH_MS) return { located, target: known.target };
    const target = await inTime(this.#identifyNow(located), IDENTIFY_MS);
    return target === undefined || target.id !== id ? undefined : { located, target };
  }

  click({ located, target }: Identified): Promise<IntentOutcome> {
    const { fx, fy } = located.place;
    return this.#act({ kind: 'click', ref: this.#deps.page.nextRef(), target, fx, fy });
  }

  type({ target }: Identified, text: string): Promise<IntentOutcome> {
    return this.#act({ kind: 'type', ref: this.#deps.page.nextRef(), target, text });
  }

  navigate(path: string): Promise<IntentOutcome> {
    return this.#act({ kind: 'navigate', ref: this.#deps.page.nextRef(), path });
  }

  /** Turns of the wheel add up while a scroll is on its way. */
  scroll(at: Point, by: { readonly dx: number; readonly dy: number }): void {
    const before = this.#wheel ?? { ...at, dx: 0, dy: 0 };
    this.#wheel = { ...at, dx: before.dx + by.dx, dy: before.dy + by.dy };
    if (!this.#scrolling) void this.#scrollOn();
  }

  async #pointOn(): Promise<void> {
    this.#pointing = true;
    for (let at = this.#take(); at !== undefined; at = this.#take()) {
      const from = Date.now();
      if (at === 'away') {
        void this.#act({ kind: 'point', ref: this.#deps.page.nextRef(), at: null });
      } else {
        const located = await this.#deps.replay.locate(at);
        if (located !== undefined) void this.#identifyNow(located);
      }
      await pause(Math.max(0, POINT_GAP_MS - (Date.now() - from)));
    }
    this.#pointing = false;
  }

  /** What no lease covers is not even sent. */
  async #act(body: IntentBody): Promise<IntentOutcome> {
    const lease = this.#deps.lease(body.kind);
    if (lease === undefined) return { outcome: 'refused', refusal: 'leaseMissing' };
    return this.#deps.page.act(body, lease);
  }

  #take(): Point | 'away' | undefined {
    const wanted = this.#wanted;
    this.#wanted = undefined;
    return wanted;
  }

  async #identifyNow({ place }: Located): Promise<IntentTarget | undefined> {
    const ref = this.#deps.page.nextRef();
    const outcome = await this.#act({ kind: 'point', ref, at: place });
    const target = outcome.outcome === 'done' ? outcome.target : undefined;
    if (target !== undefined) this.#known = { target, at: Date.now() };
    return target;
  }

  async #scrollOn(): Promise<void> {
    this.#scrolling = true;
    for (let wheel = this.#takeWheel(); wheel !== undefined; wheel = this.#takeWheel()) {
      const to = await this.#deps.replay.scroll(wheel);
      const ref = this.#deps.page.nextRef();
      if (to !== undefined) void this.#act({ kind: 'scroll', ref, ...to });
      await pause(SCROLL_GAP_MS);
    }
    this.#scrolling = false;
  }

  #takeWheel(): (Point & { dx: number; dy: number }) | undefined {
    const wheel = this.#wheel;
    this.#wheel = undefined;
    return wheel;
  }
}

export const mostTyped = intentLimits.textLength;

function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}

function inTime<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  return Promise.race([promise, pause(ms).then(() => undefined)]);
}

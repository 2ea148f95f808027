/** From points on the shown page to intents: pointing, drawing, and under a lease scrolling, clicking and typing. */

import type { IntentBody, IntentKey, IntentKind, IntentTarget, Mark } from '@alongside/protocol';
import { intentLimits, olderForm } from '@alongside/protocol';
import type { IntentOutcome } from '../player/intent-answers.js';
import type { PageView } from '../player/page-view.js';
import type { Located } from '../player/replay-messages.js';
import type { ReplayPort } from '../player/replay-port.js';
import { relativeTo, Stroke } from './stroke.js';
import type { MarkingTool } from './tool.js';

/** In CSS pixels of the visitor's viewport. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PagePointerDeps {
  readonly page: Pick<PageView, 'act' | 'nextRef' | 'marks'>;
  readonly replay: Pick<ReplayPort, 'locate' | 'scroll'>;
  /** The lease to act under, if there is one for this kind. */
  lease(kind: IntentKind): number | undefined;
}

/** An element of the page together with what the visitor's page says it is. */
export interface Identified {
  readonly located: Located;
  readonly target: IntentTarget;
}

/** A hand does not wait until it is known on which element it has begun, and may have lifted before. */
interface Drawing {
  readonly waiting: Point[];
  stroke: Stroke | undefined;
  isEnded: boolean;
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
  #drawing: Drawing | undefined;
  /** What the visitor's page has the focus on, as far as this agent has put it there. */
  #focus: IntentTarget | undefined;
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

  /** Begins a line or a shape on the element that lies there. */
  async startStroke(at: Point, tool: Exclude<MarkingTool, 'highlight'>): Promise<void> {
    const drawing: Drawing = { waiting: [at], stroke: undefined, isEnded: false };
    this.#drawing = drawing;
    const stroke = this.#nextStroke();
    const located = await this.#deps.replay.locate(at);
    if (located === undefined) return;
    const show = (mark: Mark) => this.#deps.page.marks.own(mark);
    const send = (mark: Mark) => void this.#mark(mark);
    const begun = new Stroke({ tool, stroke, located, show, send }, at);
    for (const point of drawing.waiting) begun.add(point);
    if (drawing.isEnded) begun.end();
    drawing.stroke = begun;
  }

  continueStroke(at: Point): void {
    if (this.#drawing?.stroke === undefined) this.#drawing?.waiting.push(at);
    else this.#drawing.stroke.add(at);
  }

  endStroke(): void {
    if (this.#drawing === undefined) return;
    this.#drawing.isEnded = true;
    this.#drawing.stroke?.end();
    this.#drawing = undefined;
  }

  /** Frames the whole element, with a few words to it. */
  async highlight(at: Point, message: string): Promise<IntentOutcome> {
    const located = await this.#deps.replay.locate(at);
    if (located === undefined) return { outcome: 'refused', refusal: 'targetGone' };
    return this.highlightElement(located, message);
  }

  highlightElement({ place }: Pick<Located, 'place'>, message: string): Promise<IntentOutcome> {
    const said = message.trim();
    const base = { mark: 'highlight', stroke: this.#nextStroke(), anchor: place.id } as const;
    const mark: Mark = said === '' ? base : { ...base, message: said };
    this.#deps.page.marks.own(mark);
    return this.#mark(mark);
  }

  /** Takes the newest of one's own marks away, or all of them. */
  takeMarks(which: 'undo' | 'clear'): void {
    const { marks } = this.#deps.page;
    const stroke = marks.newestOwn;
    const mark: Mark = which === 'undo' && stroke !== undefined ? { mark: which, stroke } : { mark: which };
    marks.own(mark);
    void this.#mark(mark);
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

  /** With `to`, drags there. */
  async click({ located, target }: Identified, to?: Point): Promise<IntentOutcome> {
    const { fx, fy } = located.place;
    const press = { kind: 'click', ref: this.#deps.page.nextRef(), target, fx, fy } as const;
    const end = to === undefined ? undefined : relativeTo(located.box, to);
    const outcome = await this.#act(end === undefined ? press : { ...press, to: { fx: end[0], fy: end[1] } });
    if (outcome.outcome === 'done') this.#focus = target;
    return outcome;
  }

  async type({ target }: Identified, text: string): Promise<IntentOutcome> {
    const outcome = await this.#act({ kind: 'type', ref: this.#deps.page.nextRef(), target, text });
    if (outcome.outcome === 'done') this.#focus = target;
    return outcome;
  }

  /** On what was acted on last, or where a key has gone since; undefined while nothing was. */
  async key(key: IntentKey): Promise<IntentOutcome | undefined> {
    const target = this.#focus;
    if (target === undefined) return undefined;
    const outcome = await this.#act({ kind: 'type', ref: this.#deps.page.nextRef(), target, key });
    if (outcome.outcome === 'done') this.#focus = outcome.target ?? target;
    return outcome;
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

  #nextStroke(): number {
    this.#strokes = (this.#strokes + 1) >>> 0;
    return this.#strokes;
  }

  /** What the visitor's page does not take is not left standing here either. */
  async #mark(mark: Mark): Promise<IntentOutcome> {
    const outcome = await this.#act({ kind: 'draw', ref: this.#deps.page.nextRef(), mark });
    const older = olderForm(mark);
    const isUnread = outcome.outcome === 'refused' && outcome.refusal === 'malformed';
    if (isUnread && older !== undefined) return this.#mark(older);
    if (outcome.outcome !== 'done') this.#deps.page.marks.refused(mark);
    else this.#deps.page.marks.ownSlot(outcome.slot);
    return outcome;
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
    if (outcome.outcome === 'done') this.#deps.page.marks.ownSlot(outcome.slot);
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

/**
 * What an agent may ask the visitor's page to do, and what becomes of it: sealed bodies that only the two
 * browsers read. Both sides parse with this file. There is no way to express a style, a class, a script or an
 * "unmask": what is not here cannot be asked.
 */

import * as v from 'valibot';
import { exactObject } from './exact-object.js';
import type { IntentKind } from './frame-header.js';
import { VisitorTabs } from './visitor-tabs.js';

export const intentLimits = {
  /** Characters that one `type` may carry. */
  textLength: 2000,
  /** Points that one `draw` may carry. */
  strokePoints: 64,
  /** Both sides keep so many marks, and so many points of a line: what is oldest goes first. */
  marks: 100,
  linePoints: 2000,
  labelLength: 80,
  /** Characters of what is said with a highlight. */
  messageLength: 140,
  /** Nothing of the page may send a form for this long after an act, unless the visitor says so. */
  submitGuardMs: 1000,
  pathLength: 2000,
  /** Leased intents (scroll, click, type, navigate) an agent may send within a second. */
  leasedPerSecond: 10,
  /** Pointing and drawing within a second: a piece of a line for each frame of a screen, and some to spare. */
  shownPerSecond: 90,
  /** Leased intents that may wait for their turn on the visitor's page. */
  waiting: 4,
  /** An intent made on a view that lacks a frame sent longer ago than this is stale. */
  staleMs: 2000,
  /** How far each edge of the target may have moved since its fingerprint was taken. */
  boxTolerancePx: 8,
  /** The shortest side of an element that may be acted on. */
  smallestSidePx: 8,
  /** How long the visitor sees where the agent is about to act before it happens. */
  cueMs: 300,
  /** How long the visitor may think about an act that they are asked about. */
  confirmMs: 30_000,
} as const;

/** Keys an agent may press: to move, to choose and to correct. None of them is a shortcut. */
export const intentKeys = [
  'Tab',
  'Shift+Tab',
  'Enter',
  'Space',
  'Escape',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'Backspace',
  'Delete',
] as const;
export type IntentKey = (typeof intentKeys)[number];

const NodeId = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0x7fffffff));
const Fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** A drawn line may leave its anchor, but not without bound. */
const StrokeFraction = v.pipe(v.number(), v.minValue(-50), v.maxValue(50));
const Pixels = v.pipe(v.number(), v.minValue(-1e7), v.maxValue(1e7));
const Name = v.pipe(v.string(), v.maxLength(64));

/**
 * What an element was when the agent saw it. The visitor's page makes it (it comes with the answer to a
 * `point`), since the agent's replay may lay out masked text and missing fonts differently; the agent sends it
 * back with the act. `label` is what the agent can see of the text: masked text has an empty label.
 */
export const IntentTarget = exactObject({
  id: NodeId,
  tag: Name,
  role: Name,
  label: v.pipe(v.string(), v.maxLength(intentLimits.labelLength)),
  /** In CSS pixels of the visitor's top viewport. */
  box: exactObject({ left: Pixels, top: Pixels, width: Pixels, height: Pixels }),
});
export type IntentTarget = v.InferOutput<typeof IntentTarget>;

/** A place on an element, as fractions of its box, so that it means the same in both layouts. */
const Place = exactObject({ id: NodeId, fx: Fraction, fy: Fraction });
export type IntentPlace = v.InferOutput<typeof Place>;

const StrokePoint = v.strictTuple([StrokeFraction, StrokeFraction]);
/** Chosen by whoever draws, to say which pieces belong together. */
const stroke = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));

/** A mark on the page, anchored to an element: it moves with it, and is gone when the element is. */
export const Mark = v.variant('mark', [
  /** A piece of a line; pieces with the same number join. A laser fades by itself, a pen stays. */
  exactObject({
    mark: v.picklist(['laser', 'pen']),
    stroke,
    anchor: NodeId,
    points: v.pipe(v.array(StrokePoint), v.minLength(1), v.maxLength(intentLimits.strokePoints)),
  }),
  exactObject({
    mark: v.picklist(['arrow', 'rectangle']),
    stroke,
    anchor: NodeId,
    from: StrokePoint,
    to: StrokePoint,
  }),
  /** The whole element, with a few words that are shown beside it and read out. */
  exactObject({
    mark: v.literal('highlight'),
    stroke,
    anchor: NodeId,
    message: v.optional(v.pipe(v.string(), v.maxLength(intentLimits.messageLength))),
  }),
  /**
   * Takes the newest mark of one's own away: the one that is named, since what was drawn on an element that has gone
   * since is not the newest everywhere.
   */
  exactObject({ mark: v.literal('undo'), stroke: v.optional(stroke) }),
  /** Takes all marks of one's own away. */
  exactObject({ mark: v.literal('clear') }),
]);
export type Mark = v.InferOutput<typeof Mark>;
export type MarkName = Mark['mark'];

/** Chosen by the agent's console; the answer repeats it. */
const ref = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));

const typed = { kind: v.literal('type'), ref, target: IntentTarget } as const;

const bodies = {
  /** Shows the agent's pointer at a place, or hides it. */
  point: exactObject({ kind: v.literal('point'), ref, at: v.nullable(Place) }),
  /** Marks something on the page, or takes marks of one's own away. */
  draw: exactObject({ kind: v.literal('draw'), ref, mark: Mark }),
  /** Scrolls a document or an element to an absolute position. */
  scroll: exactObject({ kind: v.literal('scroll'), ref, id: NodeId, left: Pixels, top: Pixels }),
  /** Presses and lets go; with `to`, drags there in between, in fractions of the same box. */
  click: exactObject({
    kind: v.literal('click'),
    ref,
    target: IntentTarget,
    fx: Fraction,
    fy: Fraction,
    to: v.optional(exactObject({ fx: StrokeFraction, fy: StrokeFraction })),
  }),
  /** With `text`, replaces the value of a field or chooses the option that reads so; with `key`, presses a key. */
  type: v.union([
    exactObject({ ...typed, text: v.pipe(v.string(), v.maxLength(intentLimits.textLength)) }),
    exactObject({ ...typed, key: v.picklist(intentKeys) }),
  ]),
  /** A path on the visitor's own origin. */
  navigate: exactObject({
    kind: v.literal('navigate'),
    ref,
    path: v.pipe(v.string(), v.maxLength(intentLimits.pathLength), v.startsWith('/')),
  }),
} as const satisfies Record<IntentKind, v.GenericSchema>;

export type IntentBody = { [K in IntentKind]: v.InferOutput<(typeof bodies)[K]> }[IntentKind];
export type IntentBodyOf<K extends IntentKind> = v.InferOutput<(typeof bodies)[K]>;

/**
 * The same mark as a page reads it whose SDK came before an addition, which refuses what it does not know; undefined
 * where there was none.
 */
export function olderForm(mark: Mark): Mark | undefined {
  return mark.mark === 'undo' && mark.stroke !== undefined ? { mark: 'undo' } : undefined;
}

const IntentBodySchema = v.union([
  bodies.point,
  bodies.draw,
  bodies.scroll,
  bodies.click,
  bodies.type,
  bodies.navigate,
]);

/** Reads an opened body; undefined when it is not exactly an intent. */
export function parseIntentBody(value: unknown): IntentBody | undefined {
  const result = v.safeParse(IntentBodySchema, value);
  return result.success ? result.output : undefined;
}

/** Why the visitor's page did not do it: a closed list that the console has a sentence for each of. */
export const intentRefusals = [
  /** The body is no intent of this protocol. */
  'malformed',
  /** The clear header says one kind and the sealed body another. */
  'kindMismatch',
  'leaseMissing',
  'leaseExpired',
  'kindNotLeased',
  'notYourLease',
  'tooFast',
  /** The view it was made on lacks frames that are older than the limit. */
  'stale',
  /** The element is not on the page any more. */
  'targetGone',
  /** Its tag, role or label is not what the agent saw. */
  'targetChanged',
  /** It is what the agent saw, elsewhere. */
  'moved',
  'masked',
  'blocked',
  /** A card, one-time-code or hidden field. */
  'secretField',
  'passwordField',
  'fileField',
  'hidden',
  'tooSmall',
  'offScreen',
  'covered',
  'readonly',
  'disabled',
  /** The site lets agents click in marked parts only, and this is not one. */
  'notClickable',
  /** The customer's rules say that no agent acts on it. */
  'excluded',
  /** It pays, or sends what pays: only the visitor can press it. */
  'payment',
  /** It belongs to Alongside itself. */
  'ownPanel',
  'notTypable',
  'noSuchOption',
  'notScrollable',
  'otherOrigin',
  /** It is part of a joined frame whose page lets nobody but the visitor act. */
  'inFrame',
  /** The visitor was asked and said no, or did not answer in time. */
  'notConfirmed',
  /** The page would not let it happen. */
  'failed',
] as const;
export type IntentRefusal = (typeof intentRefusals)[number];

/** A place at the relay, as told at admission; 0 is the visitor. */
const Slot = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff));
const LagMs = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60_000));
const MarkedBy = exactObject({
  /** Whoever draws has a colour by it. */
  slot: Slot,
  name: v.pipe(v.string(), v.maxLength(80)),
});

/** What became of an intent, told to the agent who sent it; without `ref` when the body could not be read. */
const IntentAnswer = v.variant('outcome', [
  /**
   * `target` says what a `point` lies on, or what a key has moved the focus to, to be sent back with an act;
   * `slot` is this agent's own place, by which marks of their own are known.
   */
  exactObject({
    outcome: v.literal('done'),
    ref,
    target: v.optional(IntentTarget),
    slot: v.optional(Slot),
  }),
  /** No answer but news: the visitor, or another agent, has marked something. */
  exactObject({ outcome: v.literal('marked'), by: MarkedBy, mark: Mark }),
  /** News: where another agent points, or that they do not any more. */
  exactObject({ outcome: v.literal('pointed'), by: MarkedBy, at: v.nullable(Place) }),
  /** The page is so busy that its view lags by up to so much, for the page's sake; 0 once it no longer does. */
  exactObject({ outcome: v.literal('lagging'), lagMs: LagMs }),
  /** News: the visitor is asked whether an act of this agent may happen, or is asked no longer. */
  exactObject({ outcome: v.literal('asking'), open: v.boolean() }),
  /** News: the page as a whole is larger than what may be sent, so that none of it comes. */
  exactObject({ outcome: v.literal('tooLarge') }),
  /** News as well: the tabs that the visitor has open here, the oldest first. */
  exactObject({ outcome: v.literal('tabs'), tabs: VisitorTabs }),
  /** News: the visitor has set out for another site, of which nothing is seen, or has stayed after all. */
  exactObject({ outcome: v.literal('trip'), away: v.boolean() }),
  exactObject({
    outcome: v.literal('refused'),
    ref: v.optional(ref),
    refusal: v.picklist(intentRefusals),
  }),
]);
export type IntentAnswer = v.InferOutput<typeof IntentAnswer>;

/** Reads an opened answer; undefined when it is not exactly one. */
export function parseIntentAnswer(value: unknown): IntentAnswer | undefined {
  const result = v.safeParse(IntentAnswer, value);
  return result.success ? result.output : undefined;
}

/**
 * What an agent may ask the visitor's page to do, and what becomes of it: sealed bodies that only the two
 * browsers read. Both sides parse with this file. There is no way to express a style, a class, a script or an
 * "unmask": what is not here cannot be asked.
 */

import * as v from 'valibot';
import type { IntentKind } from './frame-header.js';

export const intentLimits = {
  /** Characters that one `type` may carry. */
  textLength: 2000,
  /** Points that one `draw` may carry. */
  strokePoints: 64,
  labelLength: 80,
  pathLength: 2000,
  /** Leased intents (scroll, click, type, navigate) an agent may send within a second. */
  leasedPerSecond: 10,
  /** Pointing and drawing within a second. */
  shownPerSecond: 30,
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
export const IntentTarget = v.strictObject({
  id: NodeId,
  tag: Name,
  role: Name,
  label: v.pipe(v.string(), v.maxLength(intentLimits.labelLength)),
  /** In CSS pixels of the visitor's top viewport. */
  box: v.strictObject({ left: Pixels, top: Pixels, width: Pixels, height: Pixels }),
});
export type IntentTarget = v.InferOutput<typeof IntentTarget>;

/** A place on an element, as fractions of its box, so that it means the same in both layouts. */
const Place = v.strictObject({ id: NodeId, fx: Fraction, fy: Fraction });
export type IntentPlace = v.InferOutput<typeof Place>;

/** Chosen by the agent's console; the answer repeats it. */
const ref = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));

const bodies = {
  /** Shows the agent's pointer at a place, or hides it. */
  point: v.strictObject({ kind: v.literal('point'), ref, at: v.nullable(Place) }),
  /** A piece of a freehand line; pieces with the same stroke number join. It fades by itself. */
  draw: v.strictObject({
    kind: v.literal('draw'),
    ref,
    stroke: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
    anchor: NodeId,
    points: v.pipe(
      v.array(v.strictTuple([StrokeFraction, StrokeFraction])),
      v.minLength(1),
      v.maxLength(intentLimits.strokePoints),
    ),
  }),
  /** Scrolls a document or an element to an absolute position. */
  scroll: v.strictObject({ kind: v.literal('scroll'), ref, id: NodeId, left: Pixels, top: Pixels }),
  click: v.strictObject({ kind: v.literal('click'), ref, target: IntentTarget, fx: Fraction, fy: Fraction }),
  /** Replaces the value of a field, or chooses the option with this label. */
  type: v.strictObject({
    kind: v.literal('type'),
    ref,
    target: IntentTarget,
    text: v.pipe(v.string(), v.maxLength(intentLimits.textLength)),
  }),
  /** A path on the visitor's own origin. */
  navigate: v.strictObject({
    kind: v.literal('navigate'),
    ref,
    path: v.pipe(v.string(), v.maxLength(intentLimits.pathLength), v.startsWith('/')),
  }),
} as const satisfies Record<IntentKind, v.GenericSchema>;

export type IntentBody = { [K in IntentKind]: v.InferOutput<(typeof bodies)[K]> }[IntentKind];
export type IntentBodyOf<K extends IntentKind> = v.InferOutput<(typeof bodies)[K]>;

const IntentBodySchema = v.variant('kind', [
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
  /** Its tag, role, label or place is not what the agent saw. */
  'targetChanged',
  'masked',
  'blocked',
  /** A password, card, one-time-code, hidden or file field. */
  'secretField',
  'hidden',
  'tooSmall',
  'offScreen',
  'covered',
  'readonly',
  'disabled',
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
  /** The visitor was asked and said no, or did not answer in time. */
  'notConfirmed',
  /** The page would not let it happen. */
  'failed',
] as const;
export type IntentRefusal = (typeof intentRefusals)[number];

/** What became of an intent, told to the agent who sent it; without `ref` when the body could not be read. */
const IntentAnswer = v.variant('outcome', [
  /** `target` says what a `point` lies on, to be sent back with a click or typing. */
  v.strictObject({ outcome: v.literal('done'), ref, target: v.optional(IntentTarget) }),
  v.strictObject({
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

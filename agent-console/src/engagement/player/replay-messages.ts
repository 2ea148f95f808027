/**
 * What the console and the replay on its own origin say to each other over one MessagePort. The replay shows
 * what a stranger's page sent, so everything it says is read as a claim: by shape, and within limits.
 */

import type { IntentPlace } from '@alongside/protocol';
import type { SafeEvent } from './event-grammar.js';
import type { Branch } from './snapshot-parts.js';

export type ToReplay =
  /** `isPart`: branches follow, and the page is shown with the last of them. */
  | { readonly kind: 'snapshot'; readonly events: readonly SafeEvent[]; readonly isPart?: boolean }
  | { readonly kind: 'branches'; readonly branches: readonly Branch[]; readonly isLast: boolean }
  | { readonly kind: 'events'; readonly events: readonly SafeEvent[] }
  | {
      readonly kind: 'asset';
      readonly hash: string;
      readonly contentType: string;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  /** What lies at this point of the visitor's viewport? */
  | { readonly kind: 'locate'; readonly ask: number; readonly x: number; readonly y: number }
  /** Where would the thing under this point stand if it were scrolled by so much? */
  | {
      readonly kind: 'scroll';
      readonly ask: number;
      readonly x: number;
      readonly y: number;
      readonly dx: number;
      readonly dy: number;
    }
  /** Where do these elements lie now? */
  | { readonly kind: 'boxes'; readonly ask: number; readonly ids: readonly number[] }
  /** What can be acted on, for those who do not point. */
  | { readonly kind: 'list'; readonly ask: number };

export interface ElementBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Fields whose text has a form of its own: the agent's browser shows and asks for it in the agent's way. */
export const pickedFields = ['date', 'month', 'week', 'time', 'datetime-local'] as const;
export type FieldKind = 'none' | 'text' | 'choice' | (typeof pickedFields)[number];
const fieldKinds: readonly FieldKind[] = ['none', 'text', 'choice', ...pickedFields];

export interface Located {
  readonly place: IntentPlace;
  /** In CSS pixels of the visitor's viewport, as this replay lays it out. */
  readonly box: ElementBox;
  readonly tag: string;
  readonly label: string;
  /** Whether it takes text, so that typing can be offered. */
  readonly field: FieldKind;
}

export interface ScrollPlace {
  readonly id: number;
  readonly left: number;
  readonly top: number;
}

export type FromReplay =
  | { readonly kind: 'ready' }
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  | { readonly kind: 'located'; readonly ask: number; readonly found: Located | undefined }
  | { readonly kind: 'scrolled'; readonly ask: number; readonly to: ScrollPlace | undefined }
  /** In the order in which they were asked for. */
  | { readonly kind: 'boxed'; readonly ask: number; readonly boxes: readonly (ElementBox | undefined)[] }
  | { readonly kind: 'listed'; readonly ask: number; readonly items: readonly Located[] }
  /** The page cannot be played any further. */
  | { readonly kind: 'broken' };

/** The message that brings the port; everything after it goes over the port. */
export const CONNECT = 'alongside:replay:connect';
/** What the replay says to whoever frames it, once it listens. */
export const READY = 'alongside:replay:ready';
const LABEL_LENGTH = 80;
const MOST_ITEMS = 500;

/** Reads what the replay said; undefined when it is nothing of the list. */
export function readFromReplay(value: unknown): FromReplay | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, ask } = value;
  if (kind === 'ready' || kind === 'broken') return { kind };
  if (kind === 'size') {
    const { width, height } = value;
    return isPixels(width) && isPixels(height) ? { kind, width, height } : undefined;
  }
  if (typeof ask !== 'number') return undefined;
  if (kind === 'located') return { kind, ask, found: readLocated(value.found) };
  if (kind === 'scrolled') return { kind, ask, to: readScrollPlace(value.to) };
  if (kind === 'boxed' && Array.isArray(value.boxes)) {
    return { kind, ask, boxes: value.boxes.slice(0, MOST_ITEMS).map(readBox) };
  }
  if (kind === 'listed' && Array.isArray(value.items)) {
    const items = value.items.slice(0, MOST_ITEMS).map(readLocated);
    return { kind, ask, items: items.filter((item) => item !== undefined) };
  }
  return undefined;
}

function readLocated(value: unknown): Located | undefined {
  if (!isRecord(value) || !isRecord(value.place) || !isRecord(value.box)) return undefined;
  const { id, fx, fy } = value.place;
  const box = readBox(value.box);
  const { tag, label } = value;
  const field = fieldKinds.find((each) => each === value.field);
  const isPlace = isNodeId(id) && isFraction(fx) && isFraction(fy);
  if (!isPlace || box === undefined || typeof tag !== 'string' || typeof label !== 'string') return undefined;
  if (field === undefined) return undefined;
  return {
    place: { id, fx, fy },
    box,
    tag: tag.slice(0, 64),
    label: label.slice(0, LABEL_LENGTH),
    field,
  };
}

function readBox(value: unknown): ElementBox | undefined {
  if (!isRecord(value)) return undefined;
  const { left, top, width, height } = value;
  const isBox = [left, top, width, height].every(isCoordinate);
  return isBox
    ? { left: Number(left), top: Number(top), width: Number(width), height: Number(height) }
    : undefined;
}

function readScrollPlace(value: unknown): ScrollPlace | undefined {
  if (!isRecord(value)) return undefined;
  const { id, left, top } = value;
  const isPlace = isNodeId(id) && isCoordinate(left) && isCoordinate(top);
  return isPlace ? { id, left, top } : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isNodeId(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 0x7fffffff;
}

function isFraction(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function isPixels(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 20_000;
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 1e7;
}

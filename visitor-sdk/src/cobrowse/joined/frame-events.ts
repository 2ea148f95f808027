/**
 * Rebuilds the masked events of a joined frame as events of the page around it: with the page's numbers, under the
 * frame's element, and without what concerns the frame's window alone.
 */

import type { MaskedEvent, MaskedIncrement } from '../masking/masked-event.js';
import { eventType, nodeType, source } from '../masking/masked-event.js';
import type { RawRecord } from '../masking/raw-record.js';
import { asId, asNumber, asRecord } from '../masking/raw-record.js';
import { mutation } from '../masking/sheet-masking.js';
import type { FrameNumbers } from './frame-numbers.js';

export interface FramePlace {
  readonly nodes: FrameNumbers;
  readonly sheets: FrameNumbers;
  /** The frame's element in the page. */
  readonly frameId: number;
  now(): number;
}

/** What follows from the frame's window, whose size and address are not the page's. */
const passed = new Set<number>([
  source.mutation,
  source.mouseMove,
  source.mouseInteraction,
  source.scroll,
  source.input,
  source.touchMove,
  source.styleSheetRule,
  source.drag,
  source.styleDeclaration,
  source.selection,
  source.adoptedStyleSheet,
]);
/** Where something is or was, and nothing else. */
const places = new Set<number>([
  source.mouseMove,
  source.mouseInteraction,
  source.touchMove,
  source.drag,
  source.selection,
]);
const nodeFields = new Set(['id', 'parentId', 'nextId', 'previousId', 'rootId', 'start', 'end']);
/** Of what the console shows at once, so much that there is room for the page as well. */
const MOST_VALUES = 400_000;
const DEEPEST = 520;
const TAG = /^[a-zA-Z][\w.:-]{0,63}$/;

/** Thrown where a frame says what no recorder of ours says. */
export class FrameFault extends Error {}

export class FrameEvents {
  readonly #place: FramePlace;
  #documentId: number | undefined;
  #htmlId: number | undefined;
  #left = MOST_VALUES;

  constructor(place: FramePlace) {
    this.#place = place;
  }

  /** The whole of the frame: its document, put into the frame's element. */
  snapshot(events: readonly unknown[]): readonly MaskedEvent[] {
    this.#left = MOST_VALUES;
    const whole = events.map(asRecord).find((event) => event?.type === eventType.fullSnapshot);
    const data = asRecord(whole?.data);
    const root = asRecord(data?.node);
    const id = asId(root?.id);
    if (root?.type !== nodeType.document || id === undefined) throw new FrameFault('no document');
    this.#documentId = this.#place.nodes.of(id);
    this.#htmlId = this.#elementIn(root);
    const { frameId } = this.#place;
    const node = this.#node(root, 0);
    const attach = {
      ...mutation({}),
      adds: [{ parentId: frameId, nextId: null, node }],
      isAttachIframe: true,
    };
    const offset = asRecord(data?.initialOffset);
    const place = { x: asNumber(offset?.left) ?? 0, y: asNumber(offset?.top) ?? 0 };
    const scroll = { source: source.scroll, id: this.#documentId, ...place };
    return [attach, ...(place.x === 0 && place.y === 0 ? [] : [scroll])].map((each) =>
      this.#event(each as unknown as MaskedIncrement),
    );
  }

  /** Changes after the snapshot; before it there is nothing that they could belong to. */
  changes(events: readonly unknown[]): readonly MaskedEvent[] {
    if (this.#documentId === undefined) return [];
    this.#left = MOST_VALUES;
    const shown: MaskedEvent[] = [];
    for (const event of events) {
      const record = asRecord(event);
      const data = asRecord(record?.data);
      const kind = asNumber(data?.source);
      if (record?.type !== eventType.incremental || data === undefined || kind === undefined) continue;
      const rebuilt = passed.has(kind) ? this.#change(kind, data) : undefined;
      if (rebuilt !== undefined) shown.push(this.#event(rebuilt as unknown as MaskedIncrement));
    }
    return shown;
  }

  /** Takes what was shown of the frame out of it again. */
  emptied(): readonly MaskedEvent[] {
    if (this.#documentId === undefined || this.#htmlId === undefined) return [];
    const removes = [{ parentId: this.#documentId, id: this.#htmlId }];
    this.#documentId = undefined;
    return [this.#event(mutation({ removes }))];
  }

  /** Where the pointer was may be left out when it was over nothing; what the frame consists of may not. */
  #change(kind: number, data: RawRecord): RawRecord | undefined {
    try {
      return this.#record(data, 0);
    } catch (error) {
      if (error instanceof FrameFault && places.has(kind)) return undefined;
      throw error;
    }
  }

  #event(data: MaskedIncrement): MaskedEvent {
    return { type: eventType.incremental, data, timestamp: this.#place.now() };
  }

  #elementIn(root: RawRecord): number | undefined {
    const children: readonly unknown[] = Array.isArray(root.childNodes) ? root.childNodes : [];
    const html = children.map(asRecord).find((child) => child?.type === nodeType.element);
    const id = asId(html?.id);
    return id === undefined ? undefined : this.#place.nodes.of(id);
  }

  #node(node: RawRecord, depth: number): RawRecord {
    const { id, type, tagName } = node;
    if (typeof id !== 'number' || typeof type !== 'number') throw new FrameFault('no node');
    if (type === nodeType.element && !(typeof tagName === 'string' && TAG.test(tagName)))
      throw new FrameFault('no element');
    const rebuilt = this.#record(node, depth);
    const isRoot = rebuilt.id === this.#documentId;
    return isRoot || rebuilt.rootId !== undefined ? rebuilt : { ...rebuilt, rootId: this.#documentId };
  }

  #record(record: RawRecord, depth: number): RawRecord {
    const rebuilt: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(record)) rebuilt[name] = this.#value(name, value, depth + 1);
    return rebuilt;
  }

  #value(name: string, value: unknown, depth: number): unknown {
    this.#left -= 1;
    if (this.#left < 0 || depth > DEEPEST) throw new FrameFault('too large');
    if (nodeFields.has(name)) return value === null ? null : this.#place.nodes.of(number(value));
    if (name === 'styleId') return this.#place.sheets.of(number(value));
    if (name === 'styleIds') return list(value).map((each) => this.#place.sheets.of(number(each)));
    if (name === 'childNodes' || name === 'node') return this.#nodes(value, depth);
    if (Array.isArray(value)) {
      // The attributes of elements are no fields of the event: one may be called `id`.
      return value.map((each: unknown) => this.#value('', each, depth + 1));
    }
    const record = asRecord(value);
    if (record === undefined) return plain(value);
    return name === 'attributes' ? this.#attributes(record) : this.#record(record, depth);
  }

  #nodes(value: unknown, depth: number): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#nodes(each, depth));
    const record = asRecord(value);
    if (record === undefined) throw new FrameFault('no node');
    this.#left -= 1;
    if (this.#left < 0 || depth > DEEPEST) throw new FrameFault('too large');
    return this.#node(record, depth);
  }

  #attributes(record: RawRecord): RawRecord {
    this.#left -= Object.keys(record).length;
    return record;
  }
}

function number(value: unknown): number {
  const id = asId(value);
  if (id === undefined) throw new FrameFault('no number');
  return id;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new FrameFault('no list');
  return value;
}

function plain(value: unknown): unknown {
  const isPlain =
    value === null || value === undefined || ['string', 'number', 'boolean'].includes(typeof value);
  if (!isPlain) throw new FrameFault('no plain value');
  return value;
}

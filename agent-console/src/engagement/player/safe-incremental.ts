/** The changes of a page that the replay plays, each rebuilt from its known fields; other sources are dropped. */

import { IncrementalSource } from '@rrweb/types';
import { eventLimits, GrammarError } from './event-limits.js';
import { safeAttribute } from './safe-attributes.js';
import { safeCss } from './safe-css.js';
import type { TreeBudget } from './safe-nodes.js';
import { asId, asRecord, safeNode, safeStyleText } from './safe-nodes.js';

type Fields = Record<string, unknown>;

/** Undefined for a source that is never played: media, canvas, fonts by address, logs. */
export function safeIncremental(value: unknown, budget: TreeBudget): Fields | undefined {
  const data = asRecord(value);
  const source = { source: data.source };
  switch (data.source) {
    case IncrementalSource.Mutation:
      return { ...source, ...mutation(data, budget) };
    case IncrementalSource.MouseMove:
    case IncrementalSource.TouchMove:
    case IncrementalSource.Drag:
      return { ...source, positions: list(data.positions, eventLimits.pointsPerEvent, position) };
    case IncrementalSource.MouseInteraction:
      return { ...source, ...pick(data, ['type', 'id', 'x', 'y', 'pointerType']) };
    case IncrementalSource.Scroll:
      return { ...source, ...pick(data, ['id', 'x', 'y']) };
    case IncrementalSource.ViewportResize:
      return { ...source, width: viewport(data.width), height: viewport(data.height) };
    case IncrementalSource.Input:
      return { ...source, id: asId(data.id), text: text(data.text), isChecked: data.isChecked === true };
    case IncrementalSource.StyleSheetRule:
      return { ...source, ...styleOwner(data), ...sheetRules(data, budget) };
    case IncrementalSource.StyleDeclaration:
      return { ...source, ...styleOwner(data), ...declaration(data, budget) };
    case IncrementalSource.Selection:
      return { ...source, ranges: list(data.ranges, 64, (each) => pick(asRecord(each), RANGE)) };
    case IncrementalSource.CustomElement:
      return { ...source, ...definition(data) };
    case IncrementalSource.AdoptedStyleSheet:
      return { ...source, ...adopted(data, budget) };
    default:
      return undefined;
  }
}

const RANGE = ['start', 'startOffset', 'end', 'endOffset'];

function mutation(data: Fields, budget: TreeBudget): Fields {
  const most = eventLimits.nodes;
  return {
    texts: list(data.texts, most, (each) => {
      const { id, value } = asRecord(each);
      const isStyle = budget.styles.has(asId(id));
      const limit = isStyle ? eventLimits.styleLength : eventLimits.textLength;
      const changed = value === null ? null : text(value, limit);
      return { id: asId(id), value: changed !== null && isStyle ? safeStyleText(changed, budget) : changed };
    }),
    attributes: list(data.attributes, most, (each) => changedAttributes(asRecord(each), budget)),
    removes: list(data.removes, most, (each) => {
      const { id, parentId, isShadow } = asRecord(each);
      return { id: asId(id), parentId: asId(parentId), ...(isShadow === true ? { isShadow } : {}) };
    }),
    adds: list(data.adds, most, (each) => {
      const { parentId, nextId, node } = asRecord(each);
      const place = { parentId: asId(parentId), nextId: nextId === null ? null : asId(nextId) };
      // The replayer keeps what has no place yet for ever, and copies all of it with each change.
      if (place.nextId === -1) throw new GrammarError('malformed');
      const inStyle = budget.styles.has(place.parentId) ? 'amongStyle' : 'page';
      return { ...place, node: safeNode(node, budget, 0, inStyle) };
    }),
    ...(data.isAttachIframe === true ? { isAttachIframe: true } : {}),
  };
}

/** The tag is not in the event; what is denied on any element is denied here on all. */
function changedAttributes({ id, attributes }: Fields, budget: TreeBudget): Fields {
  const kept: Fields = {};
  for (const [name, value] of Object.entries(asRecord(attributes))) {
    if (name === 'style' && typeof value === 'object' && value !== null)
      kept[name] = styleChange(value, budget);
    else {
      const safe = safeAttribute(name, value, { tag: '', found: budget.found });
      if (safe !== undefined) kept[name] = safe;
    }
  }
  return { id: asId(id), attributes: kept };
}

function styleChange(value: object, budget: TreeBudget): Fields {
  const kept: Fields = {};
  for (const [property, change] of Object.entries(value)) {
    if (!/^-{0,2}[a-zA-Z][\w-]{0,127}$/.test(property)) continue;
    if (change === false) kept[property] = false;
    else if (typeof change === 'string') kept[property] = safeCss(change, budget.found);
    else if (Array.isArray(change)) {
      kept[property] = [safeCss(text(change[0]), budget.found), text(change[1] ?? '')];
    }
  }
  return kept;
}

function styleOwner(data: Fields): Fields {
  return pick(data, ['id', 'styleId']);
}

function sheetRules(data: Fields, budget: TreeBudget): Fields {
  const rules: Fields = {};
  if (data.adds !== undefined) {
    rules.adds = list(data.adds, eventLimits.rulesPerEvent, (each) => safeRule(each, budget));
  }
  if (data.removes !== undefined) {
    rules.removes = list(data.removes, eventLimits.rulesPerEvent, (each) => ({
      index: index(asRecord(each).index),
    }));
  }
  for (const name of ['replace', 'replaceSync']) {
    if (typeof data[name] === 'string') rules[name] = safeCss(data[name], budget.found);
  }
  return rules;
}

function safeRule(value: unknown, budget: TreeBudget): Fields {
  const { rule, index: at } = asRecord(value);
  const place = at === undefined ? {} : { index: index(at) };
  return { rule: safeCss(text(rule, eventLimits.styleLength), budget.found), ...place };
}

function declaration(data: Fields, budget: TreeBudget): Fields {
  const change: Fields = { index: index(data.index) };
  if (data.set !== undefined) {
    const { property, value, priority } = asRecord(data.set);
    const safeValue = value === null ? null : safeCss(text(value), budget.found);
    change.set = {
      property: text(property, 128),
      value: safeValue,
      priority: priority === 'important' ? priority : '',
    };
  }
  if (data.remove !== undefined) change.remove = { property: text(asRecord(data.remove).property, 128) };
  return change;
}

function adopted(data: Fields, budget: TreeBudget): Fields {
  const styles =
    data.styles === undefined
      ? {}
      : {
          styles: list(data.styles, 1_000, (each) => {
            const { styleId, rules } = asRecord(each);
            const safe = list(rules, eventLimits.rulesPerEvent, (rule) => safeRule(rule, budget));
            return { styleId: asId(styleId), rules: safe };
          }),
        };
  return { id: asId(data.id), styleIds: list(data.styleIds, 1_000, asId), ...styles };
}

/** An element's name, which the replay then knows as one that is defined; nothing of it is defined there. */
function definition(data: Fields): Fields {
  const name = text(asRecord(data.define).name, 160);
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(name)) throw new GrammarError('malformed');
  return { define: { name } };
}

function position(value: unknown): Fields {
  const { x, y, id, timeOffset } = asRecord(value);
  // The replay is driven without a clock: every position is of now.
  number(timeOffset);
  return { x: number(x), y: number(y), id: asId(id), timeOffset: 0 };
}

/** Rules are named by their place, nested ones by the places on the way. */
function index(value: unknown): number | number[] {
  return Array.isArray(value) ? value.slice(0, 64).map(number) : number(value);
}

function pick(data: Fields, names: readonly string[]): Fields {
  const kept: Fields = {};
  for (const name of names) if (data[name] !== undefined) kept[name] = number(data[name]);
  return kept;
}

function list<T>(value: unknown, most: number, read: (each: unknown) => T): T[] {
  if (!Array.isArray(value)) throw new GrammarError('malformed');
  if (value.length > most) throw new GrammarError('tooManyNodes');
  return value.map((each: unknown) => read(each));
}

function text(value: unknown, most: number = eventLimits.textLength): string {
  if (typeof value !== 'string') throw new GrammarError('malformed');
  if (value.length > most) throw new GrammarError('tooLong');
  return value;
}

export function number(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new GrammarError('malformed');
  return value;
}

export function viewport(value: unknown): number {
  const px = number(value);
  if (px < 1 || px > eventLimits.viewportPx) throw new GrammarError('malformed');
  return Math.round(px);
}

/**
 * The check between an opened frame and the replay: only known kinds of events pass, rebuilt from their known
 * fields and within limits. It is the second of three: masking is before it, the replay's policy behind it.
 */

import { EventType } from '@rrweb/types';
import type { GrammarFault } from './event-limits.js';
import { GrammarError } from './event-limits.js';
import { number, safeIncremental, viewport } from './safe-incremental.js';
import type { TreeBudget } from './safe-nodes.js';
import { asRecord, createBudget, safeNode } from './safe-nodes.js';

export interface SafeEvent {
  readonly type: number;
  readonly timestamp: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export type Checked =
  | {
      readonly ok: true;
      readonly events: readonly SafeEvent[];
      /** Events of kinds that are never played. */
      readonly dropped: number;
      /** Assets that the events refer to. */
      readonly assets: ReadonlySet<string>;
      /** The same, of what moves: the replay keeps one only while it is shown. */
      readonly pictures: ReadonlySet<string>;
    }
  | { readonly ok: false; readonly fault: GrammarFault };

/** Reads the events that follow a snapshot. `styles` is what the snapshot and those before have left in it. */
export function checkEvents(values: readonly unknown[], styles = new Set<number>()): Checked {
  const assets = new Set<string>();
  const pictures = new Set<string>();
  const found = (hash: string, isPicture = false) => (isPicture ? pictures : assets).add(hash);
  const budget = createBudget(found, styles);
  try {
    const events = values.map((value) => readEvent(value, budget));
    const kept = events.filter((event) => event !== undefined);
    return { ok: true, events: kept, dropped: events.length - kept.length, assets, pictures };
  } catch (error) {
    if (error instanceof GrammarError) return { ok: false, fault: error.fault };
    throw error;
  }
}

/** Reads a snapshot: it must hold the size of the page and the whole page. Which of it is style is left in `styles`. */
export function checkSnapshot(values: readonly unknown[], styles = new Set<number>()): Checked {
  styles.clear();
  const checked = checkEvents(values, styles);
  if (!checked.ok) return checked;
  const types = new Set(checked.events.map((event) => event.type));
  const isWhole = types.has(EventType.Meta) && types.has(EventType.FullSnapshot);
  return isWhole ? checked : { ok: false, fault: 'noSnapshot' };
}

function readEvent(value: unknown, budget: TreeBudget): SafeEvent | undefined {
  const { type, data, timestamp } = asRecord(value);
  // One event without a time would hold up everything after it.
  if (typeof timestamp !== 'number' || !Number.isFinite(timestamp)) throw new GrammarError('badTimestamp');
  switch (type) {
    case EventType.Meta: {
      const { width, height } = asRecord(data);
      return { type, timestamp, data: { href: '', width: viewport(width), height: viewport(height) } };
    }
    case EventType.FullSnapshot:
      return { type, timestamp, data: fullSnapshot(asRecord(data), budget) };
    case EventType.IncrementalSnapshot: {
      const safe = safeIncremental(data, budget);
      return safe === undefined ? undefined : { type, timestamp, data: safe };
    }
    default:
      return undefined;
  }
}

function fullSnapshot(data: Record<string, unknown>, budget: TreeBudget): Record<string, unknown> {
  const { left, top } = asRecord(data.initialOffset);
  return { node: safeNode(data.node, budget), initialOffset: { left: number(left), top: number(top) } };
}

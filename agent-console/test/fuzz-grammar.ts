/** Gives random streams to the event grammar and holds what passes against a rule of its own. */

import type { Checked } from '../src/engagement/player/event-grammar.js';
import { checkEvents, checkSnapshot } from '../src/engagement/player/event-grammar.js';
import { RandomStream } from './random-stream.js';

const NODES = 6;
const CHANGES = 8;
const FORBIDDEN_TAGS =
  /^(?:script|noscript|base|link|object|embed|applet|frame|frameset|portal|fencedframe|param|track|source|animate|set)$/i;
const FORBIDDEN_NAMES =
  /^(?:on.*|srcdoc|action|formaction|ping|http-equiv|is|target|download|autofocus|sandbox|rr_src|background|manifest|imagesrcset)$/i;
const ADDRESS_NAMES = /^(?:src|href|xlink:href|srcset|poster|data|cite|rr_dataurl)$/i;

export interface Fuzzed {
  /** Snapshots and single changes. */
  readonly inputs: number;
  readonly met: { readonly passed: number; readonly refused: number };
  readonly broken: string | undefined;
}

export function fuzzGrammar(seed: number, inputs: number): Fuzzed {
  let [given, passed, refused] = [0, 0, 0];
  for (let round = 0; given < inputs; round += 1) {
    const stream = new RandomStream(seed * 1_000_003 + round, 'https://leak.test/x');
    const styles = new Set<number>();
    const whole = stream.snapshot(NODES);
    const results = [{ events: whole, checked: checkSnapshot(whole, styles) }];
    for (const change of stream.changes(CHANGES))
      results.push({ events: [change], checked: checkEvents([change], styles) });
    given += results.length;
    for (const { checked } of results) {
      if (checked.ok) passed += 1;
      else refused += 1;
      const rule = broken(checked);
      if (rule !== undefined)
        return { inputs: given, met: { passed, refused }, broken: `stream ${round}: ${rule}` };
    }
  }
  return { inputs: given, met: { passed, refused }, broken: undefined };
}

function broken(checked: Checked): string | undefined {
  if ('polluted' in {}) return 'prototypes are polluted';
  if (!checked.ok) return undefined;
  // What has passed passes again as it is: nothing in it was left half read.
  const again = checkEvents(structuredClone(checked.events));
  if (!again.ok) return `what has passed is refused: ${again.fault}`;
  // Pieces of style are kept apart by comments, each time anew.
  const [once, twice] = [checked, again].map(({ events }) => JSON.stringify(events).replaceAll('/**/', ''));
  if (once !== twice) return `what has passed passes otherwise: ${differing(once, twice)}`;
  return brokenIn(checked.events);
}

function brokenIn(value: unknown): string | undefined {
  if (Array.isArray(value)) return firstOf(value, brokenIn);
  if (typeof value !== 'object' || value === null) return undefined;
  const record = value as Record<string, unknown>;
  if (typeof record.tagName === 'string' && FORBIDDEN_TAGS.test(record.tagName)) return `a ${record.tagName}`;
  const { attributes } = record;
  if (typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes)) {
    const wrong = Object.entries(attributes).find(
      ([name, text]) => FORBIDDEN_NAMES.test(name) || (ADDRESS_NAMES.test(name) && reaches(text)),
    );
    if (wrong !== undefined) return `the attribute ${wrong.join('=')}`;
  }
  return firstOf(Object.values(record), brokenIn);
}

function reaches(text: unknown): boolean {
  return typeof text === 'string' && /^\s*(?:https?:|\/\/|javascript:|data:text)/i.test(text);
}

function firstOf(
  values: readonly unknown[],
  find: (value: unknown) => string | undefined,
): string | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The places around the first letter that is another. */
function differing(a = '', b = ''): string {
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return `${a.slice(Math.max(0, at - 120), at + 60)} THEN ${b.slice(Math.max(0, at - 120), at + 60)}`;
}

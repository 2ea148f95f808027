/** Masks what the visitor does: pointer, scrolling, input, selection and media, as far as they show nothing hidden. */

import { MASKED_VALUE } from './mask-token.js';
import type { MaskedIncrement } from './masked-event.js';
import { isMove, source } from './masked-event.js';
import { isAbsent } from './node-masking.js';
import type { PageView } from './page-view.js';
import { isValueShown } from './privacy-rules.js';
import type { RawRecord } from './raw-record.js';
import { asId, asNumber, asRecord, asRecords, asText, pickNumbers } from './raw-record.js';

const LONGEST_INPUT = 20_000;
const LARGEST_VIEWPORT_PX = 20_000;
const MOVE = ['x', 'y', 'id', 'timeOffset'];

export class InteractionMasking {
  readonly #page: PageView;
  readonly #isNamedInCss: (tag: string) => boolean;

  constructor(page: PageView, isNamedInCss: (tag: string) => boolean) {
    this.#page = page;
    this.#isNamedInCss = isNamedInCss;
  }

  /** The event as it may be shown, or undefined when it may not. */
  interaction(data: RawRecord): MaskedIncrement | undefined {
    const kind = asNumber(data.source);
    if (kind !== undefined && isMove(kind)) return this.#moves(kind, data);
    switch (kind) {
      case source.mouseInteraction:
        return this.#mouse(data);
      case source.scroll:
        return this.#scroll(data);
      case source.viewportResize:
        return { source: kind, width: viewportPx(data.width), height: viewportPx(data.height) };
      case source.input:
        return this.#input(data);
      case source.mediaInteraction:
        return this.#media(data);
      case source.selection:
        return this.#selection(data);
      case source.customElement:
        return this.#defined(data);
      default:
        return undefined;
    }
  }

  #moves(kind: number, data: RawRecord): MaskedIncrement | undefined {
    const positions = asRecords(data.positions).filter((position) => !this.#isOwn(position.id));
    const shown = positions
      .map((position) => pickNumbers(position, MOVE))
      .filter((position) => MOVE.every((name) => name in position));
    if (shown.length === 0) return undefined;
    return { source: kind, positions: shown };
  }

  #mouse(data: RawRecord): MaskedIncrement | undefined {
    const type = asNumber(data.type);
    if (type === undefined || type < 0 || type > 10 || this.#isOwn(data.id)) return undefined;
    return { source: source.mouseInteraction, ...pickNumbers(data, ['type', 'id', 'x', 'y', 'pointerType']) };
  }

  /** How far a field is scrolled tells how long the text in it is. */
  #scroll(data: RawRecord): MaskedIncrement | undefined {
    const id = asId(data.id);
    if (id === undefined) return undefined;
    const verdict = this.#page.verdictOf(id);
    if (isAbsent(verdict) || (verdict.typed && !isValueShown(verdict))) return undefined;
    return { source: source.scroll, ...pickNumbers(data, ['id', 'x', 'y']) };
  }

  #input(data: RawRecord): MaskedIncrement | undefined {
    const id = asId(data.id);
    const text = asText(data.text);
    if (id === undefined || text === undefined || text.length > LONGEST_INPUT) return undefined;
    if (!isValueShown(this.#page.verdictOf(id))) return undefined;
    // What was shown of a value that grows into a number is taken back with it.
    const shown = this.#page.catchesValue(text) ? MASKED_VALUE : text;
    return { source: source.input, id, text: shown, isChecked: data.isChecked === true };
  }

  #media(data: RawRecord): MaskedIncrement | undefined {
    const id = asId(data.id);
    const type = asNumber(data.type);
    if (id === undefined || type === undefined || type < 0 || type > 4) return undefined;
    if (isAbsent(this.#page.verdictOf(id))) return undefined;
    return {
      source: source.mediaInteraction,
      ...pickNumbers(data, ['id', 'type', 'currentTime', 'volume', 'playbackRate']),
      muted: data.muted === true,
      loop: data.loop === true,
    };
  }

  /** A selection is shown only between texts that are shown: its ends count characters. */
  #selection(data: RawRecord): MaskedIncrement | undefined {
    const ranges = asRecords(data.ranges);
    const shown = ranges.filter((range) => this.#isSelectable(range.start) && this.#isSelectable(range.end));
    if (shown.length === 0 && ranges.length > 0) return undefined;
    return {
      source: source.selection,
      ranges: shown.map((range) => pickNumbers(range, ['start', 'startOffset', 'end', 'endOffset'])),
    };
  }

  /** Only a name that a style sheet knows means anything to the replay; any other could be made of anything. */
  #defined(data: RawRecord): MaskedIncrement | undefined {
    const name = asText(asRecord(data.define)?.name) ?? '';
    const isName = /^[a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30}){1,4}$/.test(name);
    return isName && this.#isNamedInCss(name)
      ? { source: source.customElement, define: { name } }
      : undefined;
  }

  #isSelectable(value: unknown): boolean {
    const id = asId(value);
    if (id === undefined) return false;
    const verdict = this.#page.verdictOf(id);
    // In a text that looks like something private its length would be told.
    const isCaught = this.#page.textOf(id) !== undefined && this.#page.isCaught(id);
    return !isAbsent(verdict) && this.#page.isTextShown(verdict) && !isCaught;
  }

  /** Whether the number is of a node of Alongside's own; -1 and numbers of no node are places, not nodes. */
  #isOwn(value: unknown): boolean {
    const id = asId(value);
    return (
      id !== undefined &&
      this.#page.tagOf(id) !== undefined &&
      this.#page.verdictOf(id).exposure === 'excluded'
    );
  }
}

/** A page that is not laid out yet has no size, which no replay could show. */
export function viewportPx(value: unknown): number {
  return Math.min(Math.max(asNumber(value) ?? 1, 1), LARGEST_VIEWPORT_PX);
}

/** From a point of the visitor's viewport to the element under it, through shadow roots and frames, and back. */

import type { ElementBox, Located, ScrollPlace, ToReplay } from '../engagement/player/replay-messages.js';
import { pickedFields } from '../engagement/player/replay-messages.js';
import type { DrivenReplayer } from './driven-replayer.js';
import { rootsOf } from './fill-sheets.js';

const LABEL_LENGTH = 80;
const MOST_ITEMS = 300;
const ACTABLE = `a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link],
  [role=checkbox], [role=radio], [role=tab], [role=menuitem], [role=switch], [tabindex]:not([tabindex="-1"])`;
const TEXT_FIELDS = /^(?:text|search|url|tel|email|number)$/;

interface Offset {
  readonly left: number;
  readonly top: number;
}

export class PointFinder {
  readonly #replayer: DrivenReplayer;

  constructor(replayer: DrivenReplayer) {
    this.#replayer = replayer;
  }

  locate({ x, y }: Extract<ToReplay, { kind: 'locate' }>): Located | undefined {
    const element = this.#elementAt(x, y);
    return element === undefined ? undefined : this.#describe(element, { x, y });
  }

  scroll({ x, y, dx, dy }: Extract<ToReplay, { kind: 'scroll' }>): ScrollPlace | undefined {
    for (let element = this.#elementAt(x, y); element !== undefined; element = parentOf(element)) {
      const view = element.ownerDocument.defaultView;
      const isRoot = element === element.ownerDocument.scrollingElement;
      const box = view?.getComputedStyle(element);
      const mayScroll = isRoot || /auto|scroll/.test(`${box?.overflowX} ${box?.overflowY}`);
      if (!mayScroll) continue;
      const left = within(element.scrollLeft + dx, element.scrollWidth - element.clientWidth);
      const top = within(element.scrollTop + dy, element.scrollHeight - element.clientHeight);
      const moves = left !== element.scrollLeft || top !== element.scrollTop;
      // The document itself has an id of its own, which is how its scrolling is named.
      const id = this.#replayer.idOf(isRoot ? element.ownerDocument : element);
      if (moves && id > 0) return { id, left, top };
    }
    return undefined;
  }

  boxes(ids: readonly number[]): readonly (ElementBox | undefined)[] {
    return ids.map((id) => {
      const node = this.#replayer.nodeOf(id);
      return node?.nodeType === 1 && node.isConnected ? boxOf(node as Element) : undefined;
    });
  }

  list(): readonly Located[] {
    const document = this.#replayer.document;
    const items: Located[] = [];
    if (document === undefined) return items;
    for (const root of rootsOf(document)) {
      for (const element of root.querySelectorAll(ACTABLE)) {
        const { width, height } = element.getBoundingClientRect();
        if (width < 1 || height < 1) continue;
        const found = this.#describe(element, undefined);
        if (found !== undefined) items.push(found);
        if (items.length >= MOST_ITEMS) return items;
      }
    }
    return items;
  }

  #elementAt(x: number, y: number): Element | undefined {
    const document = this.#replayer.document;
    return document === undefined ? undefined : descend(document, x, y);
  }

  #describe(
    element: Element,
    point: { readonly x: number; readonly y: number } | undefined,
  ): Located | undefined {
    const id = this.#replayer.idOf(element);
    if (id < 1) return undefined;
    const box = boxOf(element);
    const { left, top } = box;
    const at = point ?? { x: left + box.width / 2, y: top + box.height / 2 };
    return {
      place: { id, fx: fraction(at.x - left, box.width), fy: fraction(at.y - top, box.height) },
      box,
      tag: element.localName,
      label: labelOf(element),
      field: fieldOf(element),
    };
  }
}

/** `elementFromPoint` stops at shadow hosts and frames; this goes on inside. */
export function descend(root: Document | ShadowRoot, x: number, y: number): Element | undefined {
  const element = root.elementFromPoint(x, y);
  if (element === null) return undefined;
  if (element.shadowRoot !== null) {
    const inside = descend(element.shadowRoot, x, y);
    return inside === undefined || inside === element ? element : inside;
  }
  const inner = element.localName === 'iframe' ? (element as HTMLIFrameElement).contentDocument : null;
  if (inner === null) return element;
  const { left, top } = contentOrigin(element);
  return descend(inner, x - left, y - top) ?? element;
}

/** In CSS pixels of the visitor's viewport. */
function boxOf(element: Element): ElementBox {
  const { left, top, width, height } = element.getBoundingClientRect();
  const offset = offsetOf(element);
  return { left: left + offset.left, top: top + offset.top, width, height };
}

/** Where the top left of an element's own document lies in the top viewport. */
function offsetOf(element: Element): Offset {
  const frame = element.ownerDocument.defaultView?.frameElement;
  // The outermost frame is the replayer's own: what is in it is the visitor's viewport.
  if (frame === null || frame === undefined || frame.ownerDocument.defaultView === globalThis.self) {
    return { left: 0, top: 0 };
  }
  const outer = offsetOf(frame);
  const own = contentOrigin(frame);
  return { left: outer.left + own.left, top: outer.top + own.top };
}

function contentOrigin(frame: Element): Offset {
  const box = frame.getBoundingClientRect();
  return { left: box.left + frame.clientLeft, top: box.top + frame.clientTop };
}

function parentOf(element: Element): Element | undefined {
  if (element.parentElement !== null) return element.parentElement;
  const root = element.getRootNode();
  if (root instanceof ShadowRoot || 'host' in root) return (root as ShadowRoot).host;
  const frame = element.ownerDocument.defaultView?.frameElement;
  const isOurs = frame?.ownerDocument.defaultView === globalThis.self;
  return frame === null || frame === undefined || isOurs ? undefined : frame;
}

function labelOf(element: Element): string {
  const named = element.getAttribute('aria-label') ?? element.getAttribute('placeholder');
  const labels = (element as HTMLInputElement).labels;
  const text = named ?? labels?.[0]?.textContent ?? element.textContent ?? '';
  return text.replace(/\s+/g, ' ').trim().slice(0, LABEL_LENGTH);
}

function fieldOf(element: Element): Located['field'] {
  if (element.localName === 'textarea') return 'text';
  if (element.localName === 'select') return 'choice';
  if (element.localName !== 'input') return 'none';
  const type = (element.getAttribute('type') ?? 'text').toLowerCase();
  return pickedFields.find((each) => each === type) ?? (TEXT_FIELDS.test(type) ? 'text' : 'none');
}

function fraction(distance: number, length: number): number {
  return length <= 0 ? 0 : Math.min(1, Math.max(0, distance / length));
}

function within(value: number, most: number): number {
  return Math.round(Math.min(Math.max(0, value), Math.max(0, most)));
}

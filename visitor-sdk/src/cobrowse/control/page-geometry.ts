/** Places of elements in the visitor's top viewport, through frames and shadow roots. */

import type { PristineDom } from '../masking/pristine-dom.js';
import { flatParent } from '../masking/pristine-dom.js';

export interface PageBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PagePoint {
  readonly x: number;
  readonly y: number;
}

export class PageGeometry {
  readonly #dom: PristineDom;
  readonly #window: Window & typeof globalThis;

  constructor(window: Window & typeof globalThis, dom: PristineDom) {
    this.#window = window;
    this.#dom = dom;
  }

  /** The element's box in CSS pixels of the top viewport. */
  boxOf(element: Element): PageBox {
    const { left, top, width, height } = this.#dom.box(element);
    const offset = this.#offsetOf(element);
    return { left: left + offset.x, top: top + offset.y, width, height };
  }

  /** A point of the top viewport as coordinates in the viewport of the element's own document. */
  inViewportOf(element: Element, point: PagePoint): PagePoint {
    const offset = this.#offsetOf(element);
    return { x: point.x - offset.x, y: point.y - offset.y };
  }

  /** Where the document in a frame begins, in CSS pixels of the top viewport. */
  cornerIn(frame: Element): PagePoint {
    const { left, top } = this.boxOf(frame);
    const edge = edgeOf(frame);
    return { x: left + edge.x, y: top + edge.y };
  }

  /** Of a page that two fingers made larger, or that a keyboard lies over, the visitor sees a part. */
  isOnScreen({ x, y }: PagePoint): boolean {
    const seen = this.#window.visualViewport;
    if (seen === null) return false;
    const [left, top] = [x - seen.offsetLeft, y - seen.offsetTop];
    return left >= 0 && top >= 0 && left < seen.width && top < seen.height;
  }

  /** The innermost element that is drawn on top at a point, inside shadow roots and frames of this origin. */
  hitAt(point: PagePoint): Element | undefined {
    let root: Document | ShadowRoot = this.#window.document;
    let at = point;
    let found: Element | undefined;
    for (;;) {
      const hit = this.#dom.elementAt(root, at.x, at.y);
      if (hit === null || hit === found) return found;
      found = hit;
      const shadow = this.#dom.shadowRoot(hit);
      const inner = shadow ?? contentOf(hit);
      if (inner === null) return found;
      if (inner !== shadow) at = this.#inFrame(hit, at);
      root = inner;
    }
  }

  /** Whether one element is another or drawn inside it. */
  isWithin(inner: Element, outer: Element): boolean {
    for (let at: Node | null = inner; at !== null; at = flatParent(this.#dom, at)) {
      if (at === outer) return true;
    }
    return false;
  }

  #inFrame(frame: Element, point: PagePoint): PagePoint {
    const { left, top } = this.#dom.box(frame);
    const edge = edgeOf(frame);
    return { x: point.x - left - edge.x, y: point.y - top - edge.y };
  }

  #offsetOf(element: Element): PagePoint {
    let x = 0;
    let y = 0;
    let document = this.#dom.ownerDocument(element);
    while (document !== null && document !== this.#window.document) {
      const frame = flatParent(this.#dom, document) as Element | null;
      if (frame === null) break;
      const { left, top } = this.#dom.box(frame);
      const edge = edgeOf(frame);
      x += left + edge.x;
      y += top + edge.y;
      document = this.#dom.ownerDocument(frame);
    }
    return { x, y };
  }
}

/** A place inside a box, by fractions of it. */
export function pointIn({ left, top, width, height }: PageBox, fx: number, fy: number): PagePoint {
  // The very edge of a box belongs to its neighbour.
  const inset = (fraction: number, length: number) =>
    Math.min(Math.max(fraction * length, 0.5), length - 0.5);
  return { x: left + inset(fx, width), y: top + inset(fy, height) };
}

function contentOf(element: Element): Document | null {
  return element.localName === 'iframe' ? (element as HTMLIFrameElement).contentDocument : null;
}

/** Between a frame's box and the document in it lie its border and padding. */
function edgeOf(frame: Element): PagePoint {
  const style = frame.ownerDocument.defaultView?.getComputedStyle(frame);
  const padding = (side: string) => Number.parseFloat(style?.getPropertyValue(`padding-${side}`) ?? '') || 0;
  return { x: frame.clientLeft + padding('left'), y: frame.clientTop + padding('top') };
}

/**
 * A mouse in the agent's hand: moves, presses, drags and lets go with the events a browser sends for a real one, in
 * their order. They are not trusted ones, which a page can see and which keeps the browser's own powers away.
 */

import type { PagePoint } from '../page-geometry.js';
import { ancestorsOf, focusedIn, type Realm, realmOf } from './realm.js';

/** A press in the middle of a mouse button; nothing but a pressed button has pressure. */
const PRESSED = 0.5;
const DRAG_STEPS = 8;
const FOCUSABLE =
  'a[href],area[href],button,input,select,textarea,summary,iframe,[tabindex],[contenteditable]:not([contenteditable="false"])';

interface Motion {
  readonly buttons: 0 | 1;
}

export class MouseHand {
  #over: Element | undefined;
  #last: PagePoint | undefined;

  /** The pointer comes over an element, and leaves the one it was over. */
  moveTo(element: Element, point: PagePoint, { buttons }: Motion = { buttons: 0 }): void {
    const view = realmOf(element);
    if (view === undefined) return;
    const from = this.#over?.isConnected === true ? this.#over : undefined;
    this.#over = element;
    const moved = this.#moved(point);
    // A mouse that only moves is told as one without a button, which `which` tells from the first one.
    const base = { ...common(view, point), ...moved, buttons, button: buttons === 0 ? -1 : 0 };
    const pointer = { ...base, ...pointerOf(buttons), button: -1 };
    if (from !== element) {
      cross({ from, to: element, view }, 'pointer', pointer);
      cross({ from, to: element, view }, 'mouse', base);
    }
    element.dispatchEvent(new view.PointerEvent('pointermove', pointer));
    element.dispatchEvent(new view.MouseEvent('mousemove', base));
  }

  /** Presses and lets go at one place. */
  press(element: Element, point: PagePoint, more: Press = {}): void {
    this.moveTo(element, point);
    const held = this.#down(element, point);
    more.onDown?.();
    this.#up(element, point);
    more.onUp?.();
    if (held && element.isConnected) click(element, point);
  }

  /** Presses here, moves there and lets go: the page sees the way, as it does of a real hand. */
  async drag(way: Drag): Promise<void> {
    const { element, from, to } = way;
    this.moveTo(element, from);
    this.#down(element, from);
    way.onMove?.(from);
    let last = from;
    for (let step = 1; step <= DRAG_STEPS; step += 1) {
      await way.pause();
      if (!way.goesOn()) break;
      const part = step / DRAG_STEPS;
      const at = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
      const under = way.hitAt(at) ?? element;
      this.moveTo(under, at, { buttons: 1 });
      way.onMove?.(at);
      last = at;
    }
    const under = way.hitAt(last) ?? element;
    this.#up(under, last);
    way.onEnd?.();
    const shared = ancestorsOf(element).find((each) => ancestorsOf(under).includes(each));
    // What is pressed and let go of on two elements is clicked on what contains both.
    if (shared?.isConnected === true) click(shared, last);
  }

  /** Whether the element is still there to be clicked afterwards. */
  #down(element: Element, point: PagePoint): boolean {
    const view = realmOf(element);
    if (view === undefined) return false;
    const base = { ...common(view, point), buttons: 1, button: 0 };
    const wanted = element.dispatchEvent(new view.PointerEvent('pointerdown', { ...base, ...pointerOf(1) }));
    // A page that takes the pointer for itself gets no mouse events beside it.
    this.#compatible = wanted;
    if (!wanted) return true;
    const mayFocus = element.dispatchEvent(new view.MouseEvent('mousedown', { ...base, detail: 1 }));
    if (mayFocus) focusFrom(element, view);
    return element.isConnected;
  }

  #up(element: Element, point: PagePoint): void {
    const view = realmOf(element);
    if (view === undefined || !element.isConnected) return;
    const base = { ...common(view, point), buttons: 0, button: 0 };
    element.dispatchEvent(new view.PointerEvent('pointerup', { ...base, ...pointerOf(0) }));
    if (this.#compatible) element.dispatchEvent(new view.MouseEvent('mouseup', { ...base, detail: 1 }));
  }

  #compatible = true;

  #moved(point: PagePoint): { readonly movementX: number; readonly movementY: number } {
    const last = this.#last ?? point;
    this.#last = point;
    return { movementX: Math.round(point.x - last.x), movementY: Math.round(point.y - last.y) };
  }
}

/** What a field does of itself between the events that the page hears. */
export interface Press {
  onDown?(): void;
  onUp?(): void;
}

export interface Drag {
  readonly element: Element;
  readonly from: PagePoint;
  readonly to: PagePoint;
  /** What lies at a point of the element's own viewport. */
  hitAt(point: PagePoint): Element | undefined;
  /** Lets the page paint between two steps. */
  pause(): Promise<void>;
  /** Whether the hand may still move. */
  goesOn(): boolean;
  onMove?(point: PagePoint): void;
  onEnd?(): void;
}

function common(view: Realm, { x, y }: PagePoint) {
  const frameHeight = Math.max(0, view.outerHeight - view.innerHeight);
  return {
    ...{ bubbles: true, cancelable: true, composed: true, view },
    ...{ clientX: x, clientY: y, screenX: view.screenX + x, screenY: view.screenY + frameHeight + y },
  };
}

function pointerOf(buttons: 0 | 1) {
  const pressure = buttons === 1 ? PRESSED : 0;
  return { pointerId: 1, pointerType: 'mouse', isPrimary: true, width: 1, height: 1, pressure };
}

/** A click is a pointer event, with whole pixels, as browsers send it. */
function click(element: Element, { x, y }: PagePoint): void {
  const view = realmOf(element);
  if (view === undefined) return;
  const point = { x: Math.floor(x), y: Math.floor(y) };
  const base = { ...common(view, point), button: 0, buttons: 0, detail: 1 };
  const pointer = { pointerId: 1, pointerType: 'mouse', isPrimary: false, width: 1, height: 1, pressure: 0 };
  element.dispatchEvent(new view.PointerEvent('click', { ...base, ...pointer }));
}

interface Crossing {
  readonly from: Element | undefined;
  readonly to: Element;
  readonly view: Realm;
}

/** Over and out travel; enter and leave are told to each element that is entered or left, and to it alone. */
function cross({ from, to, view }: Crossing, device: 'pointer' | 'mouse', init: object): void {
  const make = (name: string, more: object) =>
    device === 'pointer'
      ? new view.PointerEvent(`pointer${name}`, { ...init, ...more })
      : new view.MouseEvent(`mouse${name}`, { ...init, ...more });
  const alone = { bubbles: false, cancelable: false, composed: false };
  const wasIn = from === undefined ? [] : ancestorsOf(from);
  const isIn = ancestorsOf(to);
  if (from !== undefined) {
    from.dispatchEvent(make('out', { relatedTarget: to }));
    for (const left of wasIn.filter((each) => !isIn.includes(each))) {
      left.dispatchEvent(make('leave', { ...alone, relatedTarget: to }));
    }
  }
  const relatedTarget = from ?? null;
  to.dispatchEvent(make('over', { relatedTarget }));
  for (const entered of isIn.filter((each) => !wasIn.includes(each)).reverse()) {
    entered.dispatchEvent(make('enter', { ...alone, relatedTarget }));
  }
}

/** A press moves the focus to what can have it, or takes it away, as the visitor's own would. */
function focusFrom(element: Element, view: Realm): void {
  const focusable = ancestorsOf(element).find((each) => each.matches(FOCUSABLE));
  if (focusable instanceof view.HTMLElement) focusable.focus({ preventScroll: true });
  else {
    const focused = focusedIn(element.ownerDocument);
    if (focused instanceof view.HTMLElement && focused !== element.ownerDocument.body) focused.blur();
  }
}

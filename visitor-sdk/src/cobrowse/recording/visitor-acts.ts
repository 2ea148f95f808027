/** Tells of what the visitor does with the page: where the pointer is, what is pressed, typed, scrolled and chosen. */

import { source } from '../masking/masked-event.js';
import { Gathered } from './gathered.js';

export interface VisitorActsDeps {
  /** What has just come into the page is told of first, if need be. */
  numberOf(node: Node): number | undefined;
  /** Nothing that is done with it is told. */
  isHidden(node: Node): boolean;
  run(act: () => void): void;
  onAct(data: Readonly<Record<string, unknown>>): void;
}

/** rrweb's numbers. */
const pressed: Readonly<Record<string, number>> = {
  pointerup: 0,
  pointerdown: 1,
  click: 2,
  contextmenu: 3,
  dblclick: 4,
  focus: 5,
  blur: 6,
  touchcancel: 10,
};
/** The same of a finger. */
const touched: Readonly<Record<string, number>> = { pointerdown: 7, pointerup: 9 };
const pointers: Readonly<Record<string, number>> = { mouse: 0, pen: 1, touch: 2 };
const MOUSE = 0;
const TOUCH = 2;
const media: Readonly<Record<string, number>> = {
  play: 0,
  pause: 1,
  seeked: 2,
  volumechange: 3,
  ratechange: 4,
};
/** Half a frame, so that none of a browser's positions is left out. */
const POINTER_MS = 8;
const SCROLL_MS = 33;
const SELECTION_MS = 33;
const RESIZE_MS = 200;
const MEDIA_MS = 500;
const NOWHERE = -1;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
interface Move {
  readonly source: number;
  readonly x: number;
  readonly y: number;
  readonly target: Node;
  readonly atMs: number;
}

export class VisitorActs {
  readonly #deps: VisitorActsDeps;
  readonly #scrolled = this.#every<Node>(SCROLL_MS, (node) => this.#tellScroll(node));
  readonly #resized = this.#every<Window>(RESIZE_MS, (window) => this.#tellSize(window));
  readonly #selected = this.#every<Document>(SELECTION_MS, (document) => this.#tellSelection(document));
  readonly #played = Object.values(media).map((type) =>
    this.#every<HTMLMediaElement>(MEDIA_MS, (element) => this.#tellMedia(type, element)),
  );
  #fields = new WeakMap<Node, string>();
  #move: Move | undefined;
  #moveTimer: number | undefined;
  #pointer: number | undefined;
  #hasSelection = false;

  constructor(deps: VisitorActsDeps) {
    this.#deps = deps;
  }

  /** In a document, until the signal says otherwise. */
  listen(document: Document, signal: AbortSignal): void {
    const on = (names: readonly string[], act: (event: Event) => void, of: EventTarget = document) => {
      const heard = (event: Event) => this.#deps.run(() => act(event));
      for (const name of names) of.addEventListener(name, heard, { capture: true, passive: true, signal });
    };
    on(['mousemove', 'touchmove', 'drag'], (event) => this.#moved(event));
    on(Object.keys(pressed), (event) => this.#pressed(event));
    on(['input', 'change'], (event) => this.#typed(event));
    on(Object.keys(media), (event) => this.#onMedia(event));
    // To read it lays the page out, which is no work for the moment of a press.
    on(['selectionchange'], () => this.#selected.comes(document));
    this.listenToScrolling(document, signal);
    const { defaultView } = document;
    if (defaultView !== null && defaultView === window)
      on(['resize'], () => this.#resized.came(defaultView), defaultView);
  }

  /** In a shadow root as well, which such events do not leave. */
  listenToScrolling(root: Document | ShadowRoot, signal: AbortSignal): void {
    const scrolled = (event: Event) =>
      this.#deps.run(() => {
        const target = targetOf(event);
        if (target !== undefined && !this.#deps.isHidden(target)) this.#scrolled.came(target);
      });
    root.addEventListener('scroll', scrolled, { capture: true, passive: true, signal });
  }

  stop(): void {
    for (const each of [this.#scrolled, this.#resized, this.#selected, ...this.#played]) each.stop();
    window.clearTimeout(this.#moveTimer);
    this.#moveTimer = undefined;
    this.#move = undefined;
    this.#fields = new WeakMap();
  }

  /** What runs by a timer is guarded as what an event begins is: nothing else would catch what it throws. */
  #every<T>(everyMs: number, tell: (item: T) => void): Gathered<T> {
    return new Gathered<T>(everyMs, (item) => this.#deps.run(() => tell(item)));
  }

  #moved(event: Event): void {
    const at = placeIn(event);
    const target = targetOf(event);
    if (at === undefined || target === undefined) return;
    const kind =
      event.type === 'drag' ? source.drag : event.type === 'touchmove' ? source.touchMove : source.mouseMove;
    this.#move = { source: kind, ...at, target, atMs: Date.now() };
    if (this.#moveTimer === undefined) this.#tellMove();
  }

  #tellMove(): void {
    const move = this.#move;
    this.#move = undefined;
    this.#moveTimer = undefined;
    if (move === undefined) return;
    this.#moveTimer = window.setTimeout(() => this.#deps.run(() => this.#tellMove()), POINTER_MS);
    const { source: kind, x, y, target, atMs } = move;
    const id = this.#deps.numberOf(target) ?? NOWHERE;
    this.#deps.onAct({ source: kind, positions: [{ x, y, id, timeOffset: atMs - Date.now() }] });
  }

  #pressed(event: Event): void {
    const target = targetOf(event);
    if (target === undefined || this.#deps.isHidden(target)) return;
    const own = 'pointerType' in event ? pointers[String(event.pointerType)] : undefined;
    const type = (own === TOUCH ? touched[event.type] : undefined) ?? pressed[event.type];
    const at = placeIn(event);
    const isPointer = event.type.startsWith('pointer');
    if (own !== undefined) this.#pointer = own;
    const by = event.type === 'click' ? (own ?? this.#pointer) : own;
    // What goes without saying is not said.
    const isPlain = by === undefined || (isPointer && (by === MOUSE || by === TOUCH));
    const id = this.#deps.numberOf(target) ?? NOWHERE;
    this.#deps.onAct({
      source: source.mouseInteraction,
      type,
      id,
      ...at,
      ...(!isPlain && { pointerType: by }),
    });
  }

  #typed(event: Event): void {
    const target = targetOf(event);
    const at =
      target !== undefined && 'selected' in target ? (target as HTMLOptionElement).closest('select') : target;
    if (at === undefined || at === null || !isField(at) || this.#deps.isHidden(at)) return;
    const id = this.#deps.numberOf(at);
    const isChecked = 'checked' in at && (at.type === 'radio' || at.type === 'checkbox') && at.checked;
    const now = `${isChecked} ${at.value}`;
    // A change mostly repeats what was typed before it. What is typed counts even if it was told before: meanwhile the
    // page may have put something else there, which was told by whoever looks after fields.
    if (id === undefined || (event.type === 'change' && this.#fields.get(at) === now)) return;
    this.#fields.set(at, now);
    this.#deps.onAct({ source: source.input, id, text: at.value, isChecked });
  }

  #onMedia(event: Event): void {
    const target = targetOf(event);
    if (target === undefined || this.#deps.isHidden(target)) return;
    this.#played[media[event.type] ?? 0]?.came(target as HTMLMediaElement);
  }

  #tellMedia(type: number, element: HTMLMediaElement): void {
    const id = this.#deps.numberOf(element);
    if (id === undefined) return;
    const { currentTime, volume, muted, playbackRate, loop } = element;
    this.#deps.onAct({
      source: source.mediaInteraction,
      type,
      id,
      currentTime,
      volume,
      muted,
      playbackRate,
      loop,
    });
  }

  #tellScroll(node: Node): void {
    const id = this.#deps.numberOf(node);
    if (id === undefined) return;
    const element = 'scrollingElement' in node ? (node as Document).scrollingElement : (node as Element);
    if (element !== null)
      this.#deps.onAct({ source: source.scroll, id, x: element.scrollLeft, y: element.scrollTop });
  }

  #tellSize({ innerWidth: width, innerHeight: height }: Window): void {
    this.#deps.onAct({ source: source.viewportResize, width, height });
  }

  #tellSelection(document: Document): void {
    const selection = document.getSelection();
    if (selection === null || (selection.isCollapsed && !this.#hasSelection)) return;
    this.#hasSelection = !selection.isCollapsed;
    const ranges = Array.from({ length: selection.rangeCount }, (_, index) => selection.getRangeAt(index))
      .filter(({ startContainer, endContainer }) => !this.#isAnyHidden(startContainer, endContainer))
      .map(({ startContainer, startOffset, endContainer, endOffset }) => ({
        start: this.#deps.numberOf(startContainer) ?? NOWHERE,
        startOffset,
        end: this.#deps.numberOf(endContainer) ?? NOWHERE,
        endOffset,
      }));
    this.#deps.onAct({ source: source.selection, ranges });
  }

  #isAnyHidden(...nodes: readonly Node[]): boolean {
    return nodes.some((node) => this.#deps.isHidden(node));
  }
}

/** What an event is really about: outside of a shadow root it seems to be about the host. */
function targetOf(event: Event): Node | undefined {
  const [target = event.target] = event.composedPath();
  return target !== null && 'nodeType' in target ? (target as Node) : undefined;
}

function placeIn(event: Event): { readonly x: number; readonly y: number } | undefined {
  const from = 'changedTouches' in event ? (event as TouchEvent).changedTouches[0] : event;
  if (from === undefined || !('clientX' in from)) return undefined;
  const { clientX: x, clientY: y } = from as { readonly clientX: number; readonly clientY: number };
  return { x, y };
}

function isField(node: Node): node is Field {
  return ['INPUT', 'TEXTAREA', 'SELECT'].includes(node.nodeName);
}

/**
 * Shows the visitor where agents point and are about to act, always with their names. It is drawn over the page,
 * lets every pointer through, and has no place where an agent could ask for anything.
 */

import { colourOf } from '@alongside/protocol';
import { drawPointer, overlayCss, POINTER_IDLE_MS } from './overlay-look.js';
import type { PageBox, PagePoint } from './page-geometry.js';

type Realm = Window & typeof globalThis;

export interface PointingAgent {
  readonly slot: number;
  readonly name: string;
}

interface Pointer {
  readonly element: HTMLElement;
  readonly name: HTMLElement;
  idle: number | undefined;
}

const LONGEST_NAME = 60;
/** A closed root is given out once; whoever makes the overlay anew in its place finds it here. */
const roots = new WeakMap<HTMLElement, ShadowRoot>();

export class AgentOverlay {
  readonly host: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** What is said beside marks. */
  readonly words: HTMLElement;
  /** Takes the pointer while the visitor draws. */
  readonly layer: HTMLElement;
  readonly #window: Realm;
  /** This overlay and the panel. */
  readonly #own: readonly Element[];
  readonly #root: ShadowRoot;
  readonly #cue: HTMLElement;
  readonly #pointers = new Map<number, Pointer>();
  /** The dialog of the page that the overlay was last put above. */
  #raisedOver: Element | undefined;

  constructor(window: Realm, host: HTMLElement, excluded: readonly Element[]) {
    const { document } = window;
    this.#own = [host, ...excluded];
    this.#window = window;
    this.host = host;
    host.setAttribute('aria-hidden', 'true');
    this.#root = roots.get(host) ?? host.attachShadow({ mode: 'closed' });
    roots.set(host, this.#root);
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(overlayCss);
    this.#root.adoptedStyleSheets = [sheet];
    this.canvas = document.createElement('canvas');
    this.words = part(document, 'saying');
    this.layer = part(document, 'layer');
    this.#cue = part(document, 'cue');
    this.#root.replaceChildren(this.layer, this.canvas, this.words, this.#cue);
  }

  /** Puts the overlay into the page; nothing is there before an agent watches. */
  attach(): void {
    if (!this.host.isConnected) this.#window.document.documentElement.append(this.host);
  }

  point(point: PagePoint, agent: PointingAgent): void {
    this.raise();
    const pointer = this.#pointerOf(agent.slot);
    pointer.name.textContent = agent.name.slice(0, LONGEST_NAME);
    pointer.element.style.setProperty('transform', `translate(${point.x}px, ${point.y}px)`);
    pointer.element.classList.add('shown');
    this.#window.clearTimeout(pointer.idle);
    pointer.idle = this.#window.setTimeout(() => this.hidePointer(agent.slot), POINTER_IDLE_MS);
  }

  hidePointer(slot: number): void {
    this.#pointers.get(slot)?.element.classList.remove('shown');
  }

  /** Frames what the agent is about to act on. */
  cue(box: PageBox): void {
    this.raise();
    const { style } = this.#cue;
    style.setProperty('transform', `translate(${box.left - 4}px, ${box.top - 4}px)`);
    style.setProperty('width', `${box.width + 8}px`);
    style.setProperty('height', `${box.height + 8}px`);
    this.#cue.classList.add('shown');
  }

  endCue(): void {
    this.#cue.classList.remove('shown');
  }

  /** Nobody watches any more: it is out of the page until somebody does. */
  remove(): void {
    for (const { element, idle } of this.#pointers.values()) {
      this.#window.clearTimeout(idle);
      element.remove();
    }
    this.#pointers.clear();
    this.host.remove();
  }

  /** Above the page's own dialogs: what came last to the top layer lies on top of it. */
  raise(): void {
    this.attach();
    if (typeof this.host.showPopover !== 'function') return;
    const { document } = this.#window;
    // The panel's own place in the top layer stays above: nobody draws over what takes a lease back.
    const top = topmost(document, this.#own);
    if (top === undefined) return;
    try {
      this.host.popover = 'manual';
      if (this.host.matches(':popover-open')) {
        if (this.#raisedOver === top) return;
        this.host.hidePopover();
      }
      this.host.showPopover();
      this.#raisedOver = top;
    } catch {
      // A page that takes the element out in between only loses the pointer over its dialog.
      this.#raisedOver = undefined;
    }
  }

  #pointerOf(slot: number): Pointer {
    const known = this.#pointers.get(slot);
    if (known !== undefined) return known;
    const { document } = this.#window;
    const element = part(document, 'pointer');
    const name = part(document, 'name');
    const colour = colourOf(slot);
    name.style.setProperty('background', colour);
    element.append(drawPointer(document, colour), name);
    this.#root.append(element);
    const pointer: Pointer = { element, name, idle: undefined };
    this.#pointers.set(slot, pointer);
    return pointer;
  }
}

/** The page's dialogs and popovers that are open, by the last of them. */
function topmost(document: Document, own: readonly Element[]): Element | undefined {
  const open = [...document.querySelectorAll(':modal, :popover-open')];
  return open.filter((element) => !own.includes(element)).at(-1);
}

function part(document: Document, name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}

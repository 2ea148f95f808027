/**
 * Shows the visitor where the agent points, draws and is about to act, always with the agent's name. It is
 * drawn over the page, lets every pointer through, and has no place for text of the agent's own.
 */

import { drawPointer, overlayCss, POINTER_IDLE_MS } from './overlay-look.js';
import type { PageBox, PageGeometry, PagePoint } from './page-geometry.js';
import { StrokeCanvas } from './stroke-canvas.js';

type Realm = Window & typeof globalThis;

const LONGEST_NAME = 60;

export class AgentOverlay {
  readonly host: HTMLElement;
  readonly #window: Realm;
  readonly #pointer: HTMLElement;
  readonly #name: HTMLElement;
  readonly #cue: HTMLElement;
  readonly #strokes: StrokeCanvas;
  #idle: number | undefined;
  /** The dialog of the page that the overlay was last put above. */
  #raisedOver: Element | undefined;

  constructor(window: Realm, geometry: PageGeometry) {
    const { document } = window;
    this.#window = window;
    this.host = document.createElement('div');
    this.host.setAttribute('aria-hidden', 'true');
    const root = this.host.attachShadow({ mode: 'closed' });
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(overlayCss);
    root.adoptedStyleSheets = [sheet];
    const canvas = document.createElement('canvas');
    this.#cue = part(document, 'cue');
    this.#pointer = part(document, 'pointer');
    this.#name = part(document, 'name');
    this.#pointer.append(drawPointer(document), this.#name);
    root.append(canvas, this.#cue, this.#pointer);
    this.#strokes = new StrokeCanvas({ window, canvas, boxOf: (element) => geometry.boxOf(element) });
  }

  /** Puts the overlay into the page; nothing is there before an agent watches. */
  attach(): void {
    if (!this.host.isConnected) this.#window.document.documentElement.append(this.host);
  }

  point(point: PagePoint, agentName: string): void {
    this.#raise();
    this.#name.textContent = agentName.slice(0, LONGEST_NAME);
    this.#pointer.style.setProperty('transform', `translate(${point.x}px, ${point.y}px)`);
    this.#pointer.classList.add('shown');
    if (this.#idle !== undefined) this.#window.clearTimeout(this.#idle);
    this.#idle = this.#window.setTimeout(() => this.hidePointer(), POINTER_IDLE_MS);
  }

  hidePointer(): void {
    this.#pointer.classList.remove('shown');
  }

  draw(key: string, anchor: Element, points: readonly (readonly [number, number])[]): void {
    this.#raise();
    this.#strokes.add(key, anchor, points);
  }

  /** Frames what the agent is about to act on. */
  cue(box: PageBox): void {
    this.#raise();
    const { style } = this.#cue;
    style.setProperty('transform', `translate(${box.left - 4}px, ${box.top - 4}px)`);
    style.setProperty('width', `${box.width + 8}px`);
    style.setProperty('height', `${box.height + 8}px`);
    this.#cue.classList.add('shown');
  }

  endCue(): void {
    this.#cue.classList.remove('shown');
  }

  remove(): void {
    if (this.#idle !== undefined) this.#window.clearTimeout(this.#idle);
    this.#strokes.clear();
    this.host.remove();
  }

  /** Above the page's own dialogs: what came last to the top layer lies on top of it. */
  #raise(): void {
    this.attach();
    if (typeof this.host.showPopover !== 'function') return;
    const { document } = this.#window;
    const covered = document.querySelector(':modal, :popover-open');
    if (covered === null || covered === this.host) return;
    try {
      this.host.popover = 'manual';
      if (this.host.matches(':popover-open')) {
        if (this.#raisedOver === topmost(document, this.host)) return;
        this.host.hidePopover();
      }
      this.host.showPopover();
      this.#raisedOver = topmost(document, this.host);
    } catch {
      // A page that takes the element out in between only loses the pointer over its dialog.
      this.#raisedOver = undefined;
    }
  }
}

/** The page's dialogs and popovers that are open, by the last of them. */
function topmost(document: Document, own: Element): Element | undefined {
  return [...document.querySelectorAll(':modal, :popover-open')].filter((element) => element !== own).at(-1);
}

function part(document: Document, name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}

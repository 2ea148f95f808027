/**
 * Shows the visitor on their own page what agents do not see: stripes over each private area, in a layer above the
 * page that takes part in nothing of it, neither its layout nor its pointer.
 */

import type { AreaDeps, AreaKind, PrivateArea } from './private-areas.js';
import { areaKinds, PrivateAreas } from './private-areas.js';

export type AreaCounts = { readonly [K in AreaKind]: number };

export interface OutlineDeps extends AreaDeps {
  /** The layer's place in the page; it is excluded from recording by its identity. */
  readonly host: HTMLElement;
  /** How many of each kind are in view; told when it changes. */
  onCounts(counts: AreaCounts): void;
}

export interface Outline {
  stop(): void;
}

const LOOK_AGAIN_MS = 300;
/** Looking takes at most this part of the page's time. */
const SHARE = 10;

const css = `
:host { all: initial !important; position: fixed !important; inset: 0 !important; width: auto !important;
  height: auto !important; margin: 0 !important; padding: 0 !important; border: 0 !important;
  background: none !important; overflow: hidden !important; pointer-events: none !important;
  z-index: 2147483645 !important; display: block !important; contain: strict !important; }
div { position: absolute; left: 0; top: 0; box-sizing: border-box; border: 2px dashed #8a1c4a; border-radius: 4px;
  outline: 1px solid rgb(255 255 255 / .9); outline-offset: 0; pointer-events: none;
  background: repeating-linear-gradient(135deg, rgb(138 28 74 / .20) 0 6px, rgb(255 255 255 / .28) 6px 12px); }
.block { border-style: solid; background: repeating-linear-gradient(135deg, rgb(60 60 70 / .42) 0 6px,
  rgb(255 255 255 / .42) 6px 12px); border-color: #33363d; }
@media (forced-colors: active) { div { border-color: Highlight; background: none; } }
@media print { :host { display: none !important; } }
`;

const shadows = new WeakMap<HTMLElement, ShadowRoot>();

export function startOutline(deps: OutlineDeps): Outline {
  return new PrivateOutline(deps);
}

class PrivateOutline implements Outline {
  readonly #deps: OutlineDeps;
  readonly #areas: PrivateAreas;
  readonly #root: ShadowRoot;
  readonly #boxes: HTMLElement[] = [];
  readonly #listeners = new AbortController();
  #told = '';
  #timer = 0;
  #frame = 0;

  constructor(deps: OutlineDeps) {
    const { window, host } = deps;
    this.#deps = deps;
    this.#areas = new PrivateAreas(deps);
    host.setAttribute('aria-hidden', 'true');
    // A closed root is given out once; whoever outlines again finds it here.
    this.#root = shadows.get(host) ?? host.attachShadow({ mode: 'closed' });
    shadows.set(host, this.#root);
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(css);
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.replaceChildren();
    window.document.documentElement.append(host);
    const options = { capture: true, passive: true, signal: this.#listeners.signal };
    window.addEventListener('scroll', () => this.#soon(), options);
    window.addEventListener('resize', () => this.#soon(), options);
    this.#look();
  }

  stop(): void {
    this.#listeners.abort();
    const { window, host } = this.#deps;
    window.clearTimeout(this.#timer);
    window.cancelAnimationFrame(this.#frame);
    host.remove();
  }

  #soon(): void {
    const { window } = this.#deps;
    window.cancelAnimationFrame(this.#frame);
    this.#frame = window.requestAnimationFrame(() => this.#look());
  }

  #look(): void {
    const { window } = this.#deps;
    window.clearTimeout(this.#timer);
    const began = window.performance.now();
    const areas = this.#areas.find();
    this.#draw(areas);
    this.#tell(areas);
    const tookMs = window.performance.now() - began;
    this.#timer = window.setTimeout(() => this.#soon(), Math.max(LOOK_AGAIN_MS, tookMs * SHARE));
  }

  #draw(areas: readonly PrivateArea[]): void {
    const { document } = this.#deps.window;
    while (this.#boxes.length < areas.length) this.#boxes.push(document.createElement('div'));
    for (const box of this.#boxes.splice(areas.length)) box.remove();
    for (const [index, { kind, left, top, width, height }] of areas.entries()) {
      const box = this.#boxes[index];
      if (box === undefined) continue;
      box.className = kind;
      box.style.transform = `translate(${left}px,${top}px)`;
      box.style.width = `${width}px`;
      box.style.height = `${height}px`;
      if (box.parentNode === null) this.#root.append(box);
    }
  }

  #tell(areas: readonly PrivateArea[]): void {
    const counts = Object.fromEntries(
      areaKinds.map((kind) => [kind, areas.filter((area) => area.kind === kind).length]),
    ) as AreaCounts;
    const told = JSON.stringify(counts);
    if (told === this.#told) return;
    this.#told = told;
    this.#deps.onCounts(counts);
  }
}

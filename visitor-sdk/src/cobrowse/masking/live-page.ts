/** Answers masking's questions from the page as it stands. */

import { parseAddress } from '../page-address.js';
import { isClosedToUs } from './closed-content.js';
import { drawnTextsAround, lettersShownIn } from './drawn-text.js';
import { isEmbeddedTag } from './element-tags.js';
import type { Box, PageView } from './page-view.js';
import type { PristineDom } from './pristine-dom.js';
import type { PrivacyRules, Verdict } from './privacy-rules.js';
import { hiddenVerdict } from './privacy-rules.js';
import { isOnPoster } from './shown-poster.js';
import { unseenState } from './unseen-state.js';

/** The recorder's numbers of the page's nodes. */
export interface NodeNumbers {
  getNode(id: number): Node | null;
  /** -1 for a node without one. */
  getId(node: Node): number;
}

export interface LivePageDeps {
  readonly dom: PristineDom;
  readonly rules: PrivacyRules;
  readonly numbers: NodeNumbers;
  readonly window: Window & typeof globalThis;
  /** An image that was asked about has been drawn, or another page is in a frame. */
  onDrawn(id: number): void;
  onFieldShown?(id: number): void;
  onShadowShown?(id: number): void;
  onMovingShown?(id: number): void;
  /** An embedded document or a formula is told of that has no room yet. */
  onRoomless?(element: Element): void;
  /** A frame of another origin is part of what is shown. */
  onForeignFrame?(id: number): void;
  /** Whether such a frame shows itself. */
  isFrameShown?(id: number): boolean;
  pictureOf?(id: number): string | undefined;
}

const ELEMENT = 1;
const TEXT = 3;
const FRAGMENT = 11;
/** A smaller image counts visits and shows nothing. */
const SMALLEST_IMAGE_PX = 4;

export class LivePage implements PageView {
  readonly #deps: LivePageDeps;
  readonly #watched = new WeakSet<Element>();
  readonly #noted = new WeakMap<Node, Verdict>();

  constructor(deps: LivePageDeps) {
    this.#deps = deps;
  }

  verdictOf(id: number): Verdict {
    const node = this.#deps.numbers.getNode(id);
    return node === null ? hiddenVerdict : this.#deps.rules.verdictOf(node);
  }

  isTextShown(verdict: Verdict): boolean {
    return this.#deps.rules.isTextShown(verdict);
  }

  showsTexts(): boolean {
    const { rules, window } = this.#deps;
    return rules.isTextShown(rules.verdictOf(window.document));
  }

  isCaught(id: number): boolean {
    const text = this.#textOf(id);
    return text === undefined || this.#deps.rules.isCaught(text);
  }

  catches(text: string): boolean {
    return this.#deps.rules.catches(text);
  }

  catchesValue(text: string): boolean {
    return this.#deps.rules.catchesValue(text);
  }

  neighboursOf(id: number): readonly number[] {
    const { numbers, rules } = this.#deps;
    const node = numbers.getNode(id);
    if (node === null) return [];
    return rules
      .neighboursOf(node)
      .map((text) => numbers.getId(text))
      .filter((number) => number > 0);
  }

  lettersShown(id: number): number {
    const { dom, rules } = this.#deps;
    const element = this.#elementOf(id);
    const isShown = (text: Node) => rules.isTextShown(rules.verdictOf(text)) && !rules.isCaught(text);
    return element === undefined ? 0 : lettersShownIn(element, { dom, isShown });
  }

  drawnTextsAround(id: number): readonly number[] {
    const { dom, numbers } = this.#deps;
    const node = numbers.getNode(id);
    const around = node === null ? [] : drawnTextsAround(node, dom);
    return around.map((text) => numbers.getId(text)).filter((number) => number > 0);
  }

  drawingOf(id: number): number | undefined {
    const { dom, numbers } = this.#deps;
    let drawing: Node | undefined;
    for (let at: Node | null = numbers.getNode(id); at !== null; at = dom.parentNode(at))
      if (dom.nodeType(at) === ELEMENT && dom.localName(at as Element) === 'svg') drawing = at;
    const number = drawing === undefined ? 0 : numbers.getId(drawing);
    return number > 0 ? number : undefined;
  }

  textOf(id: number): string | undefined {
    const text = this.#textOf(id);
    return text === undefined ? undefined : (this.#deps.dom.textContent(text) ?? undefined);
  }

  hasChanged(id: number): boolean {
    const element = this.#elementOf(id);
    if (element === undefined) return false;
    const now = this.#deps.rules.verdictOf(element);
    const before = this.#noted.get(element);
    this.#noted.set(element, now);
    if (before === undefined) return false;
    return before.exposure !== now.exposure || before.typed !== now.typed || before.secret !== now.secret;
  }

  tagOf(id: number): string | undefined {
    const { dom, numbers } = this.#deps;
    const node = numbers.getNode(id);
    if (node === null) return undefined;
    const around = dom.nodeType(node) === ELEMENT ? node : dom.parentNode(node);
    if (around === null) return undefined;
    // Around a text directly in a shadow root is the element that has the root.
    const isRoot = dom.nodeType(around) === FRAGMENT && 'host' in around;
    const element = isRoot ? dom.host(around as ShadowRoot) : around;
    return dom.nodeType(element) === ELEMENT ? dom.localName(element as Element).toLowerCase() : undefined;
  }

  isSvg(id: number): boolean {
    return this.#elementOf(id)?.namespaceURI === 'http://www.w3.org/2000/svg';
  }

  isDefined(tag: string): boolean {
    return tag.includes('-') && this.#deps.window.customElements.get(tag) !== undefined;
  }

  isSlotted(id: number): boolean {
    const { dom } = this.#deps;
    const element = this.#elementOf(id);
    if (element === undefined) return false;
    if (dom.localName(element) !== 'slot') return dom.assignedSlot(element) !== null;
    let root: Node = element;
    for (let at = dom.parentNode(element); at !== null; at = dom.parentNode(at)) root = at;
    return dom.nodeType(root) === FRAGMENT;
  }

  boxOf(id: number): Box | undefined {
    const element = this.#elementOf(id);
    if (element === undefined) return undefined;
    const { width, height } = this.#deps.dom.box(element);
    return { width, height, inline: this.#realmOf(element).getComputedStyle(element).display === 'inline' };
  }

  isChosen(id: number): boolean {
    const element = this.#elementOf(id);
    if (element === undefined) return false;
    const { HTMLOptionElement, HTMLInputElement } = this.#realmOf(element);
    if (element instanceof HTMLOptionElement) return element.selected;
    return element instanceof HTMLInputElement && element.checked;
  }

  stateOf(id: number, isValueShown: boolean): string {
    const element = this.#elementOf(id);
    const { dom } = this.#deps;
    if (element === undefined) return '';
    const matches = (of: Element, selector: string) => this.#matches(of, selector);
    return unseenState(element, isValueShown, { dom, window: this.#realmOf(element), matches });
  }

  hostsOf(id: number): readonly number[] {
    const { dom, numbers } = this.#deps;
    const hosts: number[] = [];
    let at: Node | null = this.#elementOf(id) ?? null;
    while (at !== null) {
      const parent: Node | null = dom.parentNode(at);
      const isRoot = parent === null && dom.nodeType(at) === FRAGMENT && 'host' in at;
      at = isRoot ? dom.host(at as ShadowRoot) : parent;
      if (isRoot && at !== null) hosts.push(numbers.getId(at));
    }
    return hosts.filter((host) => host > 0);
  }

  isClosedToUs(id: number): boolean {
    const element = this.#elementOf(id);
    const { dom } = this.#deps;
    if (element === undefined) return false;
    const isFrame = dom.localName(element) === 'iframe';
    // A frame that has just been put there is empty still, and another page may come into any.
    if (isFrame) this.#watchLoad(element);
    if (!isClosedToUs(element, dom, this.#realmOf(element))) {
      if (isEmbeddedTag(dom.localName(element))) this.#deps.onRoomless?.(element);
      return false;
    }
    if (!isFrame) return true;
    this.#deps.onForeignFrame?.(id);
    return this.#deps.isFrameShown?.(id) !== true;
  }

  choicesOf(id: number): readonly { readonly id: number; readonly isChosen: boolean }[] {
    const element = this.#elementOf(id);
    if (element === undefined || !(element instanceof this.#realmOf(element).HTMLSelectElement)) return [];
    if (!element.multiple) return [];
    const { numbers } = this.#deps;
    const choices = [...element.options].map((option) => ({
      id: numbers.getId(option),
      isChosen: option.selected,
    }));
    return choices.filter((choice) => choice.id > 0);
  }

  pictureOf(id: number): string | undefined {
    return this.#deps.pictureOf?.(id);
  }

  movingShown(id: number): void {
    this.#deps.onMovingShown?.(id);
  }

  fieldShown(id: number): void {
    this.#deps.onFieldShown?.(id);
  }

  shadowShown(id: number): void {
    this.#deps.onShadowShown?.(id);
  }

  imageOf(id: number): string | undefined {
    const element = this.#elementOf(id);
    if (element === undefined) return undefined;
    this.#watchDrawing(element);
    const address = this.#drawnFrom(element);
    if (address === undefined || address === '') return undefined;
    const { width, height } = this.#deps.dom.box(element);
    return width < SMALLEST_IMAGE_PX || height < SMALLEST_IMAGE_PX ? undefined : address;
  }

  foreignSheetOf(id: number): string | undefined {
    const { window } = this.#deps;
    const element = this.#elementOf(id);
    if (element === undefined || !(element instanceof this.#realmOf(element).HTMLLinkElement))
      return undefined;
    if (element.disabled) return undefined;
    const isSheet = element.relList.contains('stylesheet') && !element.relList.contains('alternate');
    const { href } = element;
    const origin = isSheet ? parseAddress(href)?.origin : undefined;
    return origin === undefined || origin === window.location.origin ? undefined : href;
  }

  attributeOf(id: number, name: string): string | undefined {
    const element = this.#elementOf(id);
    return element === undefined ? undefined : (this.#deps.dom.attribute(element, name) ?? undefined);
  }

  textsIn(id: number): readonly number[] {
    const { dom, numbers } = this.#deps;
    const found: number[] = [];
    const element = this.#elementOf(id);
    for (let at = element && dom.firstChild(element); at; at = dom.nextSibling(at)) {
      const number = numbers.getId(at);
      if (dom.nodeType(at) === TEXT && number > 0) found.push(number);
    }
    return found;
  }

  address(): string | undefined {
    const { window, rules } = this.#deps;
    const { exposure } = rules.verdictOf(window.document.documentElement);
    return exposure === 'allowed' ? window.location.origin + window.location.pathname : undefined;
  }

  #drawnFrom(element: Element): string | undefined {
    const { HTMLImageElement, HTMLInputElement, HTMLVideoElement, SVGImageElement } = this.#realmOf(element);
    if (element instanceof HTMLInputElement) return element.src;
    if (element instanceof HTMLImageElement) return element.currentSrc || element.src;
    if (element instanceof HTMLVideoElement) return isOnPoster(element) ? element.poster : undefined;
    if (!(element instanceof SVGImageElement)) return undefined;
    const { baseVal } = element.href;
    return parseAddress(baseVal, element.baseURI)?.href;
  }

  /**
   * An image that is still loading has neither its size nor, perhaps, its final address. A film hides its poster once it
   * begins, and another film shows it again.
   */
  #watchDrawing(element: Element): void {
    const { HTMLImageElement, HTMLVideoElement } = this.#realmOf(element);
    if (element instanceof HTMLImageElement && !element.complete) this.#watchLoad(element);
    if (!(element instanceof HTMLVideoElement) || element.poster === '') return;
    if (isOnPoster(element)) this.#watchLoad(element, ['play', 'seeking']);
    else this.#watchLoad(element, ['emptied']);
  }

  #watchLoad(element: Element, events: readonly string[] = ['load']): void {
    if (this.#watched.has(element)) return;
    this.#watched.add(element);
    const drawn = () => {
      this.#watched.delete(element);
      const { numbers, dom } = this.#deps;
      const id = numbers.getId(element);
      if (id <= 0) return;
      // A frame that holds a page of this origin is shown by that page itself, with the next snapshot at the latest.
      const isOwnFrame =
        dom.localName(element) === 'iframe' && !isClosedToUs(element, dom, this.#realmOf(element));
      if (isOwnFrame) this.#watchLoad(element);
      else this.#deps.onDrawn(id);
    };
    for (const event of events) element.addEventListener(event, drawn, { once: true });
  }

  /** Elements in a frame are of the frame's own classes. */
  #realmOf(element: Element): Window & typeof globalThis {
    const view = this.#deps.dom.ownerDocument(element)?.defaultView;
    return (view ?? this.#deps.window) as Window & typeof globalThis;
  }

  #matches(element: Element, selector: string): boolean {
    try {
      return this.#deps.dom.matches(element, selector);
    } catch {
      // The browser does not know the selector, so nothing can match it.
      return false;
    }
  }

  #textOf(id: number): Node | undefined {
    const node = this.#deps.numbers.getNode(id);
    return node !== null && this.#deps.dom.nodeType(node) === TEXT ? node : undefined;
  }

  #elementOf(id: number): Element | undefined {
    const node = this.#deps.numbers.getNode(id);
    return node !== null && this.#deps.dom.nodeType(node) === ELEMENT ? (node as Element) : undefined;
  }
}

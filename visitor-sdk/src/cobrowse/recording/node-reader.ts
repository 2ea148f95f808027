/** Reads one node of the page as rrweb's format has it; what is in it is read by whoever goes through the tree. */

import type { PristineDom } from '../masking/pristine-dom.js';
import { parseAddress } from '../page-address.js';
import { attempt } from './attempt.js';
import { sheetText, withWholeAddresses } from './css-text.js';

export type RawAttributes = Record<string, string | number | boolean | null>;
/** A node as rrweb writes it, apart from its number. */
export interface RawNode {
  readonly type: number;
  readonly id?: number | undefined;
  readonly tagName?: string;
  readonly attributes?: RawAttributes;
  readonly childNodes?: RawNode[];
  /** Nothing that is in it is told of. */
  readonly isClosed?: boolean;
  readonly [field: string]: unknown;
}

export interface NodeReaderDeps {
  readonly window: Window & typeof globalThis;
  readonly dom: PristineDom;
  /** Elements of which nothing but their place is told. */
  blockSelector(): string;
}

const ELEMENT = 1;
const TEXT = 3;
const DOCUMENT = 9;
const DOCTYPE = 10;
const SVG = 'http://www.w3.org/2000/svg';
const media = new Set(['video', 'audio']);
const fields = new Set(['input', 'textarea', 'select']);
/** Fields of these types have no value but that of their attribute. */
const fixed = new Set(['radio', 'checkbox', 'submit', 'button']);

export class NodeReader {
  readonly #deps: NodeReaderDeps;

  constructor(deps: NodeReaderDeps) {
    this.#deps = deps;
  }

  /** Comments and scripts are no part of what is shown. */
  isLeftOut(node: Node): boolean {
    const { dom } = this.#deps;
    const type = dom.nodeType(node);
    if (type === ELEMENT) return dom.localName(node as Element) === 'script';
    return type !== TEXT && type !== DOCTYPE && type !== DOCUMENT;
  }

  /** Whether nothing in the node is told of. */
  isClosed(node: Node): boolean {
    const { dom } = this.#deps;
    if (dom.nodeType(node) !== ELEMENT) return false;
    // A text area shows its value; what is in it was its first one.
    return dom.localName(node as Element) === 'textarea' || this.#isBlocked(node as Element);
  }

  rootId(node: Node, numberOf: (of: Node) => number | undefined): { readonly rootId?: number } {
    const document = this.#deps.dom.ownerDocument(node);
    const rootId =
      document === null || document === this.#deps.window.document ? undefined : numberOf(document);
    return rootId === undefined ? {} : { rootId };
  }

  /** `isNew` says that it has just come into the page; `isInSheet` that it is part of a sheet that is known as a whole. */
  read(node: Node, { isNew, isInSheet }: { readonly isNew: boolean; readonly isInSheet: boolean }): RawNode {
    switch (this.#deps.dom.nodeType(node)) {
      case DOCUMENT:
        return { type: 0, compatMode: attempt(() => (node as Document).compatMode, 'CSS1Compat') };
      case DOCTYPE: {
        const html = { name: 'html', publicId: '', systemId: '' };
        const { name, publicId, systemId } = attempt(() => doctypeOf(node as DocumentType), html);
        return { type: 1, name, publicId, systemId };
      }
      case TEXT:
        return { type: 3, textContent: isInSheet ? '' : this.textOf(node) };
      default:
        return this.#element(node as Element, isNew);
    }
  }

  textOf(text: Node): string {
    const { dom } = this.#deps;
    const parent = dom.parentNode(text);
    const value = dom.textContent(text) ?? '';
    const isStyle =
      parent !== null && dom.nodeType(parent) === ELEMENT && dom.localName(parent as Element) === 'style';
    return isStyle ? withWholeAddresses(value, baseAt(parent)) : value;
  }

  /** An attribute as it is now, and what it says besides. */
  attribute(element: Element, name: string): RawAttributes {
    const { dom } = this.#deps;
    const value = dom.attribute(element, name);
    if (name === 'style' && value !== null) return { style: withWholeAddresses(value, baseAt(element)) };
    if (name === 'value' && 'value' in element && dom.localName(element) === 'textarea')
      return { value: attempt(() => String(element.value), '') };
    if (name === 'src')
      return dom.localName(element) === 'iframe' ? {} : { src: wholeAddress(value, element) };
    if (name === 'open' && dom.localName(element) === 'dialog')
      return { open: value, ...this.#openMode(element) };
    return { [name]: value };
  }

  #element(element: Element, isNew: boolean): RawNode {
    const { dom, window } = this.#deps;
    const tagName = dom.localName(element).toLowerCase();
    const isBlocked = this.#isBlocked(element);
    return {
      type: 2,
      tagName,
      attributes: isBlocked
        ? { class: dom.attribute(element, 'class') }
        : this.#attributes(element, tagName, isNew),
      ...((isBlocked || tagName === 'textarea') && { isClosed: true }),
      ...(attempt(() => element.namespaceURI, null) === SVG && { isSVG: true }),
      ...(tagName.includes('-') && window.customElements.get(tagName) !== undefined && { isCustom: true }),
      ...(dom.shadowRoot(element) !== null && { isShadowHost: true }),
    };
  }

  #attributes(element: Element, tag: string, isNew: boolean): RawAttributes {
    const { dom } = this.#deps;
    const read: RawAttributes = {};
    if (tag === 'style' || tag === 'link') return this.#sheetAttributes(element as HTMLStyleElement);
    for (const name of dom.attributeNames(element)) read[name] = dom.attribute(element, name);
    if (typeof read.style === 'string') read.style = withWholeAddresses(read.style, baseAt(element));
    if (typeof read.src === 'string') read.src = wholeAddress(read.src, element);
    // What is in a frame is told of by itself; the replay never loads anything.
    if (tag === 'iframe') delete read.src;
    // What is chosen is asked of the element when it is masked.
    else if (tag === 'option') delete read.selected;
    else if (tag === 'dialog' && 'open' in read) Object.assign(read, this.#openMode(element));
    // What it says of itself beyond its attributes is left out where the page's own code keeps it from being read.
    if (fields.has(tag)) attempt(() => addValue(element as HTMLInputElement, read), undefined);
    else if (media.has(tag))
      attempt(() => Object.assign(read, mediaState(element as HTMLMediaElement)), undefined);
    if (!isNew) attempt(() => addScroll(element, read), undefined);
    return read;
  }

  #sheetAttributes(element: HTMLStyleElement | HTMLLinkElement): RawAttributes {
    const { dom } = this.#deps;
    const read: RawAttributes = {};
    for (const name of ['media', 'disabled']) {
      const value = dom.attribute(element, name);
      if (value !== null) read[name] = value;
    }
    const css = sheetText(attempt(() => element.sheet, null));
    if (css !== undefined) read._cssText = css;
    return read;
  }

  #openMode(dialog: Element): RawAttributes {
    return { rr_open_mode: this.#deps.dom.matches(dialog, 'dialog:modal') ? 'modal' : 'non-modal' };
  }

  #isBlocked(element: Element): boolean {
    return this.#deps.dom.matches(element, this.#deps.blockSelector());
  }
}

/** None where it cannot be read: addresses stay as they are. */
function baseAt(node: Node): string {
  return attempt(() => node.baseURI, '');
}

function wholeAddress(address: string | null, element: Element): string | null {
  return address === null ? null : (parseAddress(address, baseAt(element))?.href ?? address);
}

function doctypeOf({ name, publicId, systemId }: DocumentType) {
  return { name, publicId, systemId };
}

function addValue(field: HTMLInputElement, read: RawAttributes): void {
  if (fixed.has(field.type)) return;
  const { value } = field;
  if (value !== '' || 'value' in read) read.value = value;
}

function mediaState(element: HTMLMediaElement): RawAttributes {
  return {
    rr_mediaState: element.paused ? 'paused' : 'played',
    rr_mediaCurrentTime: element.currentTime,
    rr_mediaPlaybackRate: element.playbackRate,
    rr_mediaMuted: element.muted,
    rr_mediaLoop: element.loop,
    rr_mediaVolume: element.volume,
  };
}

function addScroll({ scrollLeft, scrollTop }: Element, read: RawAttributes): void {
  if (scrollLeft !== 0) read.rr_scrollLeft = scrollLeft;
  if (scrollTop !== 0) read.rr_scrollTop = scrollTop;
}

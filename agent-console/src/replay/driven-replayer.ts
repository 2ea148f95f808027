/**
 * rrweb's Replayer, driven by hand: each event is applied as it comes. Its own live timer would stop for good
 * at one event without a time, add the clocks' difference to every delay, and keep every event for ever.
 */

import type { eventWithTime, serializedNodeWithId } from '@rrweb/types';
import { EventType, IncrementalSource, NodeType } from '@rrweb/types';
import { Replayer } from 'rrweb';
import type { BuildCache } from 'rrweb-snapshot';
import { buildNodeWithSN } from 'rrweb-snapshot';
import type { SafeEvent } from '../engagement/player/event-grammar.js';
import type { Branch } from '../engagement/player/snapshot-parts.js';
import { keepFocusOut } from './keep-focus-out.js';
import { PointerPace } from './pointer-pace.js';
import { FOCUS_RING, NO_OWN_CONTROLS } from './shown-states.js';

/** What of the Replayer this relies on without it being public: the version is pinned, a test guards it. */
interface Driven {
  getCastFn(event: eventWithTime, isSync: boolean): () => void;
  readonly emitter: { emit(event: string): void };
  cache: BuildCache;
}

/**
 * What the replayer would make of a sheet is made already: it would parse each a second time to say all selectors that
 * hover twice, and write those that it cannot parse into the console.
 */
class SheetsAsTheyAre extends Map<string, string> {
  override get(css: string): string {
    return css;
  }
}

const quiet = { log: () => undefined, warn: () => undefined };

export class DrivenReplayer {
  readonly root: HTMLElement;
  readonly #replayer: Replayer;
  readonly #driven: Driven;
  readonly #cache: BuildCache = { stylesWithHoverClass: new SheetsAsTheyAre() };
  readonly #pace = new PointerPace((move) => this.#playAlone(move));

  constructor(parent: HTMLElement) {
    this.root = document.createElement('div');
    this.root.className = 'alongside-building';
    parent.append(this.root);
    this.#replayer = new Replayer([], {
      root: this.root,
      liveMode: true,
      // With the virtual DOM a late join stays frozen for ever.
      useVirtualDom: false,
      // "Live" is not "playing" to the replayer, and it would pause every animation.
      pauseAnimation: false,
      triggerFocus: false,
      mouseTail: false,
      insertStyleRules: [FOCUS_RING, NO_OWN_CONTROLS],
      showWarning: false,
      logger: quiet,
    });
    this.#driven = this.#replayer as unknown as Driven;
    this.#driven.cache = this.#cache;
    // Scripts of the visitor's page must never run: not even by a changed default of the library.
    if (this.frame.getAttribute('sandbox') !== 'allow-same-origin') {
      this.root.remove();
      throw new Error('The replay frame does not have the sandbox it must have.');
    }
  }

  get frame(): HTMLIFrameElement {
    return this.#replayer.iframe;
  }

  get document(): Document | undefined {
    return this.frame.contentDocument ?? undefined;
  }

  apply(events: readonly SafeEvent[]): void {
    const view = this.document?.defaultView;
    if (view) keepFocusOut(view);
    for (const event of this.#pace.take(events)) {
      // The grammar has rebuilt it from the known fields of its kind.
      const known = event as unknown as eventWithTime;
      // Media elements are timed from the first event that the replayer holds; one is enough.
      const { events: held } = this.#replayer.service.state.context;
      if (known.type === EventType.Meta && held.length === 0) held.push(known);
      this.#closeDialogs(known);
      this.#define(known);
      this.#emptyStyles(known);
      for (const part of inTime(known)) this.#driven.getCastFn(part, true)();
      if (known.type === EventType.FullSnapshot) this.#putBesideBody(known.data.node);
      this.#scrollFrame(known);
    }
    this.#driven.emitter.emit('flush');
  }

  /** Builds what was left out of the snapshot, as the replayer builds what is in it. */
  grow(branches: readonly Branch[]): void {
    const doc = this.document;
    if (doc === undefined) return;
    const mirror = this.#replayer.getMirror();
    for (const { parentId, before, nodes } of branches) {
      const parent = this.nodeOf(parentId);
      const next = before === undefined ? null : this.nodeOf(before);
      if (parent === null) throw new Error('A branch has no place on the page.');
      for (const node of nodes) {
        const known = node as unknown as serializedNodeWithId;
        const built = buildNodeWithSN(known, { doc, mirror, hackCss: true, cache: this.#cache });
        const root = node.isShadow === true ? (parent as Element).shadowRoot : parent;
        if (built !== null) (root ?? parent).insertBefore(built, next);
      }
    }
  }

  /** What was scrolled before everything was there is scrolled again. */
  scrollAnew(offset: { readonly left: number; readonly top: number }): void {
    for (const id of this.#replayer.getMirror().getIds()) this.#scrollAsTold(id);
    this.frame.contentWindow?.scrollTo(offset.left, offset.top);
  }

  /** A framed page that was scrolled before it was told of: the replayer scrolls what a snapshot holds alone. */
  #scrollFrame({ type, data }: eventWithTime): void {
    if (type !== EventType.IncrementalSnapshot || data.source !== IncrementalSource.Mutation) return;
    if (data.isAttachIframe !== true) return;
    const open = data.adds.map(({ node }) => node);
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      this.#scrollAsTold(node.id);
      open.push(...childrenOf(node));
    }
  }

  #scrollAsTold(id: number): void {
    const mirror = this.#replayer.getMirror();
    const node = mirror.getNode(id);
    const meta = node === null ? null : mirror.getMeta(node);
    if (meta?.type !== NodeType.Element) return;
    const { rr_scrollLeft: left, rr_scrollTop: top } = meta.attributes;
    if (typeof left === 'number') (node as Element).scrollLeft = left;
    if (typeof top === 'number') (node as Element).scrollTop = top;
  }

  /** A position of the pointer whose time has come. */
  #playAlone(move: SafeEvent): void {
    this.#driven.getCastFn(move as unknown as eventWithTime, true)();
    this.#driven.emitter.emit('flush');
  }

  /**
   * The replayer builds the body last, whatever comes after it on the page: panels and layers, of others as well,
   * which then lie below the page and are met by other selectors.
   */
  #putBesideBody(root: serializedNodeWithId): void {
    const html = childrenOf(root).find((node) => node.type === NodeType.Element);
    const children = html === undefined ? [] : childrenOf(html);
    const body = children.findIndex((node) => 'tagName' in node && node.tagName === 'body');
    for (const { id } of body < 0 ? [] : children.slice(body + 1)) {
      const node = this.nodeOf(id);
      if (node !== null) moveToEnd(node);
    }
  }

  /**
   * The replayer ends a dialog by taking its `open` attribute away, which leaves everything else of the page inert
   * for good: nothing could be pointed at any more. Closing it first ends it as the visitor's browser did.
   */
  #closeDialogs({ type, data }: eventWithTime): void {
    if (type !== EventType.IncrementalSnapshot || data.source !== IncrementalSource.Mutation) return;
    for (const { id, attributes } of data.attributes) {
      const node = attributes.open === null ? this.nodeOf(id) : null;
      if (node?.nodeName === 'DIALOG') (node as HTMLDialogElement).close();
    }
  }

  /** The text that a style element was built with has no number by which it could be removed. */
  #emptyStyles({ type, data }: eventWithTime): void {
    if (type !== EventType.IncrementalSnapshot || data.source !== IncrementalSource.Mutation) return;
    for (const { id, attributes } of data.attributes) {
      const node = attributes['data-alongside-emptied'] === undefined ? null : this.nodeOf(id);
      if (node?.nodeName !== 'STYLE') continue;
      for (const child of [...node.childNodes]) if (this.idOf(child) < 1) child.remove();
    }
  }

  /** The replayer knows only elements that were defined when they were built. */
  #define({ type, data }: eventWithTime): void {
    if (type !== EventType.IncrementalSnapshot || data.source !== IncrementalSource.CustomElement) return;
    const view = this.document?.defaultView;
    const name = data.define?.name;
    if (!view || name === undefined || view.customElements.get(name) !== undefined) return;
    view.customElements.define(name, class extends view.HTMLElement {});
  }

  idOf(node: Node): number {
    return this.#replayer.getMirror().getId(node);
  }

  nodeOf(id: number): Node | null {
    return this.#replayer.getMirror().getNode(id);
  }

  show(): void {
    this.root.className = '';
  }

  close(): void {
    this.#pace.close();
    this.#replayer.destroy();
    this.root.remove();
  }
}

/**
 * A change in the two steps that the replayer takes it in: for each change of what is not there it would look through all
 * that goes, which no longer goes with the second.
 */
function inTime(event: eventWithTime): readonly eventWithTime[] {
  if (event.type !== EventType.IncrementalSnapshot || event.data.source !== IncrementalSource.Mutation)
    return [event];
  const { data } = event;
  if (data.removes.length === 0 || data.texts.length + data.attributes.length === 0) return [event];
  return [
    { ...event, data: { ...data, texts: [], attributes: [] } },
    { ...event, data: { ...data, removes: [], adds: [] } },
  ];
}

function childrenOf(node: serializedNodeWithId): readonly serializedNodeWithId[] {
  return 'childNodes' in node ? node.childNodes : [];
}

/** Without beginning anew what is framed in it, where the browser can do so. */
function moveToEnd(node: Node): void {
  const parent = node.parentNode as (Node & { moveBefore?(node: Node, before: Node | null): void }) | null;
  if (parent?.moveBefore === undefined) parent?.appendChild(node);
  else parent.moveBefore(node, null);
}

/**
 * Records the page in rrweb's format while it lasts: the page as a whole when asked, then whatever changes in it, in
 * its shadow roots and in its frames of the same origin. What has happened before something is told before it; only
 * where the visitor points and presses comes ahead of the changes that were held when they did.
 */

import { eventType, isPointing, source } from '../masking/masked-event.js';
import type { PristineDom } from '../masking/pristine-dom.js';
import { attempt } from './attempt.js';
import { sheetText } from './css-text.js';
import { FrameDocuments } from './frame-documents.js';
import type { RawNode } from './node-reader.js';
import { NodeReader } from './node-reader.js';
import { PageChanges } from './page-changes.js';
import type { PageNodes } from './page-nodes.js';
import type { Told } from './patched-method.js';
import { afterCalls } from './patched-method.js';
import { SheetChanges } from './sheet-changes.js';
import type { TreeSources } from './tree-reading.js';
import { TreeReading } from './tree-reading.js';
import { VisitorActs } from './visitor-acts.js';
import { WatchedDocuments } from './watched-documents.js';

type Realm = Window & typeof globalThis;
type Increment = Readonly<Record<string, unknown>>;

export interface PageRecordingDeps {
  readonly window: Realm;
  readonly dom: PristineDom;
  readonly nodes: PageNodes;
  blockSelector(): string;
  /** Nothing that is done with the node is told. */
  isHidden(node: Node): boolean;
  onUncovered(field: Element): void;
  /** The tree has just changed; what of it is told may come later. */
  onChanging(): void;
  /** Of this moment, or of an earlier one. */
  onEvent(type: number, data: unknown, atMs?: number): void;
  onFailed(): void;
}

const WATCHED: MutationObserverInit = {
  attributes: true,
  attributeOldValue: true,
  characterData: true,
  characterDataOldValue: true,
  childList: true,
  subtree: true,
};
const NOTHING = { adds: [], removes: [], texts: [], attributes: [] };

export class PageRecording {
  readonly #deps: PageRecordingDeps;
  readonly #reader: NodeReader;
  readonly #sources: TreeSources;
  readonly #changes: PageChanges;
  readonly #observer: MutationObserver;
  readonly #sheets: SheetChanges;
  readonly #acts: VisitorActs;
  readonly #frames: FrameDocuments;
  readonly #ended = new AbortController();
  readonly #documents: WatchedDocuments;
  readonly #watched = new WeakSet<Node>();
  /** Roots whose sheets are to be told of once they are there themselves. */
  #roots: ShadowRoot[] = [];
  #isHeld = false;
  /** What the visitor did while changes were gathered. */
  #gathered: { readonly data: Increment; readonly atMs: number }[] = [];

  constructor(deps: PageRecordingDeps) {
    const { dom, nodes } = deps;
    this.#deps = deps;
    this.#reader = new NodeReader(deps);
    const onRead = (element: Element, read: RawNode) =>
      attempt(() => this.#listenTo(element, read), undefined);
    this.#sources = { dom, nodes, reader: this.#reader, onRead };
    this.#changes = new PageChanges({ ...this.#sources, onUncovered: (field) => deps.onUncovered(field) });
    this.#observer = new dom.observer((records) => this.#guard(() => this.#noted(records)));
    this.#sheets = new SheetChanges({
      shownNumber: (node) => (nodes.isShown(node) ? nodes.numberOf(node) : undefined),
      ownerOf: (root) => ('host' in root ? dom.host(root) : root),
      turnOf: (node) => nodes.turnOf(node),
      settle: () => {
        if (!this.#ended.signal.aborted) this.settle();
      },
      run: (act) => this.#guard(act),
      after: (owner, name, told) => this.#after(owner, name, told),
      onChange: (data) => this.#tell(data),
    });
    this.#acts = new VisitorActs({
      numberOf: (node) => this.#numberOf(node),
      isHidden: (node) => deps.isHidden(node),
      run: (act) => this.#guard(act),
      onAct: (data) => this.#tell(data),
    });
    this.#documents = new WatchedDocuments({
      listen: (document, signal) => this.#acts.listen(document, signal),
      patch: (realm) => this.#patch(realm),
    });
    this.#frames = new FrameDocuments({
      isShown: (frame) => nodes.isShown(frame),
      onDocument: (frame, document) => this.#guard(() => this.#attach(frame, document)),
    });
  }

  /** Listens from now on; nothing is told before the page as a whole has been read. */
  start(): void {
    const { window, nodes } = this.#deps;
    nodes.beginWith(window.document);
    this.#guard(() => this.#watchDocument(window.document, window.document, window));
  }

  stop(): void {
    this.#ended.abort();
    this.#observer.disconnect();
    this.#gathered = [];
    this.#acts.stop();
    this.#frames.stop();
    this.#documents.stop();
    this.#deps.nodes.forget();
  }

  /**
   * From now on changes of the tree are gathered and not read, until something else is told than where the visitor points
   * and presses: a press has other work to wait for.
   */
  hold(): void {
    this.#isHeld = true;
  }

  /** Tells of what has changed up to now. */
  settle(): void {
    this.#isHeld = false;
    for (const { data, atMs } of this.#gathered.splice(0)) this.#emit(data, atMs);
    this.#changes.note(this.#observer.takeRecords());
    const change = this.#changes.settle();
    if (change !== undefined) this.#emit({ source: source.mutation, ...change });
    if (change !== undefined && change.removes.length > 0) this.#dropGone();
    this.#adopt();
  }

  /** Begins to read the page as a whole. */
  read(): TreeReading {
    this.settle();
    return new TreeReading(this.#deps.window.document, this.#sources);
  }

  snapshot(): void {
    this.#guard(() => {
      this.settle();
      this.#deps.onEvent(eventType.meta, this.meta());
      const reading = this.read();
      reading.readOn(() => true);
      this.#deps.onEvent(eventType.fullSnapshot, { node: reading.root, initialOffset: this.offset() });
      this.adoptAgain();
    });
  }

  meta(): unknown {
    const { innerWidth: width, innerHeight: height, location } = this.#deps.window;
    return { href: location.href, width, height };
  }

  offset(): unknown {
    const { scrollingElement } = this.#deps.window.document;
    return { left: scrollingElement?.scrollLeft ?? 0, top: scrollingElement?.scrollTop ?? 0 };
  }

  /** Tells of all adopted sheets, which are no part of a snapshot. */
  adoptAgain(): void {
    this.#sheets.again();
    this.#sheets.adopted(this.#deps.window.document);
    this.#adopt();
  }

  #noted(records: readonly MutationRecord[]): void {
    this.#changes.note(records);
    if (!this.#isHeld) this.settle();
    this.#deps.onChanging();
  }

  #adopt(): void {
    for (const root of this.#roots.splice(0)) this.#sheets.adopted(root);
  }

  /** What was just mounted, or is held back, has no number before it is told of. */
  #numberOf(node: Node): number | undefined {
    const { nodes } = this.#deps;
    const known = nodes.numberOf(node);
    if (known !== undefined) return known;
    const isHeld = this.#isHeld;
    this.#guard(() => this.settle());
    // Maybe nothing is told of it: then what comes next is held as before.
    this.#isHeld = isHeld;
    return nodes.numberOf(node);
  }

  #dropGone(): void {
    this.#documents.dropGone((place) => this.#deps.nodes.isShown(place));
  }

  #tell(data: Increment): void {
    if (this.#ended.signal.aborted) return;
    this.#guard(() => {
      if (this.#isHeld && isPointing(data.source)) {
        this.#gathered.push({ data, atMs: Date.now() });
        return;
      }
      this.settle();
      this.#emit(data);
    });
  }

  #emit(data: Increment, atMs?: number): void {
    this.#deps.onEvent(eventType.incremental, data, atMs);
  }

  /** A document without a window is of a frame that is gone already. */
  #watchDocument(place: Node, document: Document, realm: Realm | null): void {
    if (realm === null) return;
    if (!this.#watched.has(document)) {
      this.#watched.add(document);
      this.#observer.observe(document, WATCHED);
    }
    this.#documents.watch(place, document, realm);
  }

  #patch(realm: Realm): () => void {
    const { dom, nodes } = this.#deps;
    const rooted = (host: unknown) => {
      const root = dom.shadowRoot(host as Element);
      if (root !== null && nodes.isShown(host as Element) && !this.#reader.isClosed(host as Element))
        this.#watchRoot(root);
    };
    const undo = [
      this.#sheets.watch(realm),
      this.#after(realm.Element.prototype, 'attachShadow', rooted),
      this.#after(realm.CustomElementRegistry.prototype, 'define', (_, [name]) =>
        this.#tell({ source: source.customElement, define: { name } }),
      ),
    ].reverse();
    return () => {
      for (const end of undo) end();
    };
  }

  #after(owner: object, name: string, told: Told): () => void {
    return afterCalls(owner, name, (self, parameters, answer) =>
      this.#guard(() => told(self, parameters, answer)),
    );
  }

  #watchRoot(root: ShadowRoot): void {
    if (this.#ended.signal.aborted || this.#watched.has(root)) return;
    this.#watched.add(root);
    this.#observer.observe(root, WATCHED);
    this.#acts.listenToScrolling(root, this.#ended.signal);
  }

  #listenTo(element: Element, { tagName, attributes, isShadowHost }: RawNode): void {
    const root = isShadowHost === true ? this.#deps.dom.shadowRoot(element) : null;
    if (root !== null) {
      this.#watchRoot(root);
      this.#roots.push(root);
    }
    if (tagName === 'iframe') this.#frames.note(element as HTMLIFrameElement, this.#ended.signal);
    else if (tagName === 'link' && attributes?._cssText === undefined)
      this.#awaitSheet(element as HTMLLinkElement);
  }

  #awaitSheet(link: HTMLLinkElement): void {
    if (this.#watched.has(link)) return;
    this.#watched.add(link);
    const loaded = () => {
      this.#watched.delete(link);
      const { nodes } = this.#deps;
      const id = nodes.numberOf(link);
      const css = sheetText(attempt(() => link.sheet, null));
      if (id === undefined || css === undefined || !nodes.isShown(link)) return;
      this.#tell({
        source: source.mutation,
        ...NOTHING,
        attributes: [{ id, attributes: { _cssText: css } }],
      });
    };
    link.addEventListener('load', loaded, { once: true, signal: this.#ended.signal });
  }

  /** A document has come into a frame that is shown, or is to be told of to somebody who has joined. */
  #attach(frame: HTMLIFrameElement, document: Document): void {
    const { nodes, dom } = this.#deps;
    this.settle();
    const parentId = nodes.numberOf(frame);
    if (parentId === undefined || !nodes.isShown(frame)) return;
    nodes.nextTurn();
    nodes.tellDocument(document, frame, dom);
    this.#dropGone();
    this.#watchDocument(frame, document, document.defaultView as Realm | null);
    const reading = new TreeReading(document, this.#sources);
    reading.readOn(() => true);
    const adds = [{ parentId, nextId: null, node: reading.root }];
    this.#emit({ source: source.mutation, ...NOTHING, adds, isAttachIframe: true });
    this.#sheets.adopted(document);
    this.#adopt();
  }

  /** Nothing of ours may ever throw into the page. */
  #guard(run: () => void): void {
    try {
      run();
    } catch {
      this.#changes.forget();
      // Nobody knows what of it was told: nothing counts as told before the page is read anew.
      this.#deps.nodes.beginWith(this.#deps.window.document);
      this.#deps.onFailed();
    }
  }
}

/**
 * Records the page while somebody watches: rrweb notices what changes, masking decides what of it may be seen,
 * and the batch goes to the sink. Before and after nothing is installed in the page.
 */

import type { MaskingPolicy } from '@alongside/protocol';
import { record } from '@rrweb/record';
import type { PageAsset } from './assets/asset-store.js';
import { AssetStore } from './assets/asset-store.js';
import { ForeignSheets } from './assets/foreign-sheets.js';
import type { EventSink } from './event-batch.js';
import { EventBatch, pageTiming } from './event-batch.js';
import { CssJudge } from './masking/css/css-judge.js';
import { LivePage } from './masking/live-page.js';
import { MASKED_VALUE, maskToken } from './masking/mask-token.js';
import type { MaskedEvent } from './masking/masked-event.js';
import { eventType } from './masking/masked-event.js';
import type { MaskerCounts } from './masking/masker.js';
import { Masker } from './masking/masker.js';
import type { PristineDom } from './masking/pristine-dom.js';
import { isValueShown, PrivacyRules } from './masking/privacy-rules.js';
import { asRecord } from './masking/raw-record.js';
import { mutation } from './masking/sheet-masking.js';
import { LaterMoving } from './moving/later-moving.js';
import type { MovingPart } from './moving/moving-part.js';
import { UnseenChanges } from './watching/unseen-changes.js';

type Realm = Window & typeof globalThis;

export interface RecorderDeps {
  readonly window: Realm;
  readonly dom: PristineDom;
  readonly rules: PrivacyRules;
  readonly sink: EventSink;
  readonly moving?: (() => Promise<MovingPart>) | undefined;
}

/** Often enough for a movement to look smooth; rrweb would gather half a second. */
const POINTER_MS = 16;
const SCROLL_MS = 33;

/** Whether the browser understands a selector. */
export function selectorTest(window: Realm): (selector: string) => boolean {
  const probe = window.document.createDocumentFragment();
  return (selector) => {
    try {
      probe.querySelector(selector);
      return true;
    } catch {
      return false;
    }
  };
}

/** The rules of a site for the page at hand; Alongside's own elements are no part of it. */
export function privacyRulesFor(
  window: Realm,
  dom: PristineDom,
  site: {
    readonly policy: MaskingPolicy | readonly MaskingPolicy[];
    readonly excluded: readonly Element[];
  },
): PrivacyRules {
  const rules = new PrivacyRules(site.policy, {
    dom,
    document: window.document,
    isSelector: selectorTest(window),
  });
  for (const element of site.excluded) rules.exclude(element);
  return rules;
}

export class Recorder {
  readonly #deps: RecorderDeps;
  readonly #batch: EventBatch;
  readonly #masker: Masker;
  readonly #assets: AssetStore;
  readonly #foreignSheets: ForeignSheets;
  readonly #unseen: UnseenChanges;
  readonly #moving: LaterMoving;
  /** Meta and what came with it, until the snapshot follows. */
  #beforeSnapshot: readonly MaskedEvent[] | undefined;
  #stopRecord: (() => void) | undefined;
  #ended = false;

  constructor(deps: RecorderDeps) {
    const { window, dom, rules } = deps;
    this.#deps = deps;
    this.#batch = new EventBatch(deps.sink, pageTiming(window));
    const fetch = window.fetch.bind(window);
    const { subtle } = window.crypto;
    this.#assets = new AssetStore({
      fetch,
      digest: (bytes) => subtle.digest('SHA-256', bytes),
      origin: window.location.origin,
      now: () => Date.now(),
      onSettled: (address) => this.#show(() => this.#masker.imageSettled(address)),
      onIdle: () => this.#show(() => this.#masker.assetsSettled()),
    });
    this.#foreignSheets = new ForeignSheets({
      fetch,
      onRead: (id, sheet) => this.#show(() => this.#masker.foreignSheet(id, sheet)),
    });
    const supports = window.CSS.supports.bind(window.CSS);
    this.#moving = new LaterMoving(deps.moving, {
      window,
      nodeOf: (id) => this.nodeOf(id),
      keep: (picture) => this.#assets.put(picture),
      drop: (hash) => this.#assets.drop(hash),
      isBehind: () => deps.sink.behind,
      onPicture: (id) => this.#show(() => this.#masker.pictureDrawn(id)),
      now: () => Date.now(),
    });
    this.#unseen = new UnseenChanges({
      window,
      nodeOf: (id) => this.nodeOf(id),
      numberOf: (node) => this.numberOf(node),
      onEvent: (data) => {
        if (this.isRecording) this.#take({ type: eventType.incremental, data, timestamp: Date.now() });
      },
      onState: (id) => this.#show(() => this.#masker.stateChanged(id)),
      onChoices: (id) => this.#show(() => this.#masker.choicesChanged(id)),
      onSheetSwitched: (id, isDisabled) => this.#show(() => this.#masker.sheetSwitched(id, isDisabled)),
      onSheetLoaded: (id, text) => this.#show(() => this.#masker.sheetLoaded(id, text)),
      onPictureLoaded: (id) => this.#show(() => this.#masker.pictureDrawn(id)),
      onLook: () => deps.sink.needSnapshot(),
    });
    this.#masker = new Masker({
      page: new LivePage({
        window,
        dom,
        rules,
        numbers: record.mirror,
        onDrawn: (id) => this.#show(() => this.#masker.pictureDrawn(id)),
        onMovingShown: (id) => this.#moving.note(id),
        pictureOf: (id) => this.#moving.pictureOf(id),
        onFieldShown: (id) => this.#unseen.fields.note(id),
        onShadowShown: (id) => this.#unseen.sheets.noteRoot(id),
      }),
      judge: new CssJudge((property, value) => supports(property, value)),
      assets: this.#assets,
      readForeignSheet: (id, address) => this.#foreignSheets.read(id, address),
      now: () => Date.now(),
      onSnapshotNeeded: () => deps.sink.needSnapshot(),
    });
  }

  get counts(): MaskerCounts {
    return this.#masker.counts;
  }

  get isRecording(): boolean {
    return this.#stopRecord !== undefined;
  }

  /** Begins with a snapshot. */
  start(): void {
    if (this.isRecording || this.#ended) return;
    this.#stopRecord = record({
      emit: (event) => this.#take(event),
      // rrweb's own masks are the first layer; what they miss the masker drops.
      blockSelector: this.#deps.rules.blockSelector,
      maskAllInputs: true,
      maskInputFn: (value, element) => (this.#isValueShown(element) ? value : MASKED_VALUE),
      maskTextSelector: '*',
      maskTextFn: (text, element) => (text.trim() === '' || this.#isTextShown(element) ? text : maskToken(0)),
      slimDOMOptions: 'all',
      inlineStylesheet: true,
      recordCanvas: false,
      recordCrossOriginIframes: false,
      collectFonts: false,
      inlineImages: false,
      keepIframeSrcFn: () => false,
      recordAfter: 'DOMContentLoaded',
      sampling: { mousemove: POINTER_MS, mousemoveCallback: POINTER_MS, scroll: SCROLL_MS, media: 500 },
      errorHandler: () => {
        // rrweb could not follow a change of the page; a snapshot puts that right, and the page goes on.
        this.#masker.counts.failed += 1;
        this.#deps.sink.needSnapshot();
        return true;
      },
    });
    this.#unseen.start();
  }

  /** A snapshot for somebody who joins; what is recorded goes on without a break. */
  takeSnapshot(): void {
    if (!this.isRecording) this.start();
    else this.#guard(() => record.takeFullSnapshot(true));
  }

  /** Takes everything out of the page until the next start. */
  pause(): void {
    this.#unseen.stop();
    this.#moving.stop();
    this.#guard(() => this.#stopRecord?.());
    this.#stopRecord = undefined;
    this.#beforeSnapshot = undefined;
    this.#batch.clear();
    this.#deps.rules.forget();
  }

  /** Takes everything out of the page and forgets what was fetched; for good. */
  stop(): void {
    this.pause();
    this.#ended = true;
    this.#assets.close();
    this.#foreignSheets.close();
  }

  /** What empties the view of whoever follows: the page without its head and its body. */
  emptied(): readonly MaskedEvent[] {
    const { dom, window } = this.#deps;
    const { documentElement } = window.document;
    const parentId = record.mirror.getId(documentElement);
    const removes: { parentId: number; id: number }[] = [];
    for (let at = dom.firstChild(documentElement); at !== null; at = dom.nextSibling(at)) {
      const id = record.mirror.getId(at);
      if (parentId > 0 && id > 0) removes.push({ parentId, id });
    }
    return [{ type: 3, data: mutation({ removes }), timestamp: Date.now() }];
  }

  assets(hashes: readonly string[]): readonly PageAsset[] {
    this.#moving.wanted(hashes);
    return this.#assets.want(hashes);
  }

  nodeOf(id: number): Node | undefined {
    return record.mirror.getNode(id) ?? undefined;
  }

  /** Undefined for a node that is not part of what is recorded. */
  numberOf(node: Node): number | undefined {
    const id = record.mirror.getId(node);
    return id > 0 ? id : undefined;
  }

  #take(event: { readonly type: number; readonly data?: unknown; readonly timestamp?: number }): void {
    this.#guard(() => {
      // Verdicts made while rrweb read the page still hold: no code of the page runs in between.
      const masked = this.#masker.mask(event);
      this.#deps.rules.forget();
      if (event.type === eventType.meta) {
        this.#batch.flush();
        this.#beforeSnapshot = masked;
      } else if (event.type === eventType.fullSnapshot) {
        this.#giveSnapshot(masked);
      } else {
        this.#batch.add(masked);
        this.#unseen.noticed(asRecord(event.data) ?? {});
      }
    });
  }

  #giveSnapshot(masked: readonly MaskedEvent[]): void {
    const before = this.#beforeSnapshot ?? [];
    this.#beforeSnapshot = undefined;
    if (masked.length > 0) this.#deps.sink.snapshot([...before, ...masked]);
  }

  #show(make: () => readonly MaskedEvent[]): void {
    if (!this.isRecording) return;
    this.#guard(() => {
      this.#deps.rules.forget();
      this.#batch.add(make());
      this.#deps.rules.forget();
    });
  }

  #isValueShown(element: Element): boolean {
    return isValueShown(this.#verdictOf(element));
  }

  #isTextShown(element: Element | null): boolean {
    if (element === null) return false;
    // The text of a style sheet is not text of the page: the masker knows how to read it.
    if (this.#deps.dom.localName(element) === 'style') return true;
    return this.#deps.rules.isTextShown(this.#verdictOf(element));
  }

  /** A verdict for rrweb holds until this task's end at the latest. */
  #verdictOf(element: Element): ReturnType<PrivacyRules['verdictOf']> {
    const verdict = this.#deps.rules.verdictOf(element);
    this.#forgetSoon();
    return verdict;
  }

  #forgetting = false;
  #forgetSoon(): void {
    if (this.#forgetting) return;
    this.#forgetting = true;
    queueMicrotask(() => {
      this.#forgetting = false;
      this.#deps.rules.forget();
    });
  }

  /** Nothing of ours may ever throw into the page; what was lost is put right by a snapshot. */
  #guard(run: () => void): void {
    try {
      run();
    } catch {
      this.#masker.counts.failed += 1;
      this.#deps.sink.needSnapshot();
    }
  }
}

/**
 * Records the page while somebody watches: `recording/` notices what changes, masking decides what of it may be seen,
 * and the batch goes to the sink. Before and after nothing is installed in the page.
 */

import type { MaskingPolicy } from '@alongside/protocol';
import { LaterAssets } from './assets/later-assets.js';
import type { PageAsset } from './assets/page-assets.js';
import type { EventSink } from './event-batch.js';
import { EventBatch, pageTiming } from './event-batch.js';
import { GivingWay } from './giving-way/giving-way.js';
import { FrameAssets } from './joined/frame-assets.js';
import type { FrameDoor } from './joined/joined.js';
import { LaterJoined } from './joined/later-joined.js';
import { isClosedToUs } from './masking/closed-content.js';
import { CssJudge } from './masking/css/css-judge.js';
import { emptiedPage } from './masking/emptied-page.js';
import { LivePage } from './masking/live-page.js';
import type { MaskedEvent } from './masking/masked-event.js';
import { eventType, isMove } from './masking/masked-event.js';
import type { MaskerCounts, WrittenSnapshot } from './masking/masker.js';
import { Masker } from './masking/masker.js';
import type { PristineDom } from './masking/pristine-dom.js';
import type { PrivacyRules } from './masking/privacy-rules.js';
import { asRecord } from './masking/raw-record.js';
import { LaterMoving } from './moving/later-moving.js';
import type { MovingPart } from './moving/moving-part.js';
import type { PageEvent, PageReading } from './page-reader.js';
import { nodeOf, numberOf, PageReader, pageNumbers } from './page-reader.js';
import { mayShowInside } from './page-rules.js';
import { SnapshotInParts } from './snapshot-in-parts.js';
import { LateRooms } from './watching/late-rooms.js';
import { UnseenChanges } from './watching/unseen-changes.js';

type Realm = Window & typeof globalThis;

export interface RecorderDeps {
  readonly window: Realm;
  readonly dom: PristineDom;
  readonly rules: PrivacyRules;
  readonly sink: EventSink;
  readonly moving?: (() => Promise<MovingPart>) | undefined;
  /** Origins of the site: frames of them may show themselves. */
  readonly origins?: readonly string[] | undefined;
  readonly policies: () => readonly MaskingPolicy[];
  sendAsset(slot: number, asset: PageAsset): void;
  /** Changes are held back for up to so long from now on, for the page's sake; 0 when they are not. */
  onHeld?(holdMs: number): void;
  /** The visitor takes back in a joined frame what they have lent. */
  onDoubt?(): void;
}

export class Recorder {
  readonly #deps: RecorderDeps;
  readonly #batch: EventBatch;
  readonly #reader: PageReader;
  readonly #way: GivingWay;
  readonly #masker: Masker;
  readonly #assets: LaterAssets;
  readonly #unseen: UnseenChanges;
  readonly #rooms: LateRooms;
  readonly #moving: LaterMoving;
  readonly #joined: LaterJoined;
  readonly #frameAssets: FrameAssets;
  readonly #parts: SnapshotInParts;
  /** Meta and what came with it, until the snapshot follows. */
  #beforeSnapshot: readonly MaskedEvent[] | undefined;
  /** The page has been shown as a whole; before that nobody can follow what changes on it. */
  #isShown = false;
  #ended = false;

  constructor(deps: RecorderDeps) {
    const { window, dom, rules } = deps;
    this.#deps = deps;
    this.#batch = new EventBatch(deps.sink, pageTiming(window));
    this.#reader = new PageReader({
      rules,
      dom,
      onEvent: (event) => this.#take(event),
      onChanging: () => this.#way.changing(),
      onFailed: () => {
        // What was read in parts may count as told no more.
        this.#parts.changed();
        this.#failed();
      },
    });
    this.#way = new GivingWay({
      window,
      hold: () => this.#reader.hold(),
      letGo: () => this.#guard(() => this.#reader.letGo()),
      batch: this.#batch,
      onHeld: (holdMs) => deps.onHeld?.(holdMs),
    });
    const { subtle } = window.crypto;
    this.#assets = new LaterAssets(deps.moving, {
      fetch: window.fetch.bind(window),
      digest: (bytes) => subtle.digest('SHA-256', bytes),
      origin: window.location.origin,
      now: () => Date.now(),
      onSettled: (address) => this.#show(() => this.#masker.again.imageSettled(address)),
      onIdle: () => this.#show(() => this.#masker.again.assetsSettled()),
      onRead: (id, sheet) => this.#show(() => this.#masker.again.foreignSheet(id, sheet)),
    });
    const supports = window.CSS.supports.bind(window.CSS);
    this.#moving = new LaterMoving(deps.moving, {
      window,
      nodeOf,
      keep: (picture) => this.#assets.put(picture),
      drop: (hash) => this.#assets.drop(hash),
      isBehind: () => deps.sink.behind || !this.#way.step.pictures,
      onPicture: (id) => this.#show(() => this.#masker.again.pictureDrawn(id)),
      now: () => Date.now(),
    });
    this.#joined = new LaterJoined(deps.moving, {
      window,
      origins: deps.origins ?? [],
      policies: deps.policies,
      nodeOf,
      mayShow: (id) => mayShowInside(rules, nodeOf(id)),
      onEvents: (events) => this.#show(() => events),
      onShown: (id) => this.#show(() => this.#masker.again.pictureDrawn(id)),
      onAsset: (asset) => this.#frameAssets.came(asset),
      onDoubt: () => deps.onDoubt?.(),
      now: () => Date.now(),
    });
    this.#frameAssets = new FrameAssets({
      ask: (hashes) => this.#joined.want(hashes),
      send: (slot, asset) => deps.sendAsset(slot, asset),
    });
    this.#unseen = new UnseenChanges({
      window,
      nodeOf,
      numberOf,
      onEvent: (data) => {
        if (!this.isRecording) return;
        this.#way.flush();
        this.#take({ type: eventType.incremental, data, timestamp: Date.now() });
      },
      onState: (id) => this.#show(() => this.#masker.again.stateChanged(id)),
      onChoices: (id) => this.#show(() => this.#masker.again.choicesChanged(id)),
      onSheetSwitched: (id, isDisabled) => this.#show(() => this.#masker.again.sheetSwitched(id, isDisabled)),
      onSheetLoaded: (id, text) => this.#show(() => this.#masker.again.sheetLoaded(id, text)),
      onPictureLoaded: (id) => this.#show(() => this.#masker.again.pictureDrawn(id)),
      onLook: () => deps.sink.needSnapshot(),
      lookEvery: () => this.#way.step.lookEvery,
    });
    this.#rooms = new LateRooms({
      window,
      hasRoom: (element) => isClosedToUs(element, dom, window),
      onRoom: () => deps.sink.needSnapshot(),
    });
    this.#masker = new Masker({
      page: new LivePage({
        window,
        dom,
        rules,
        numbers: pageNumbers,
        onDrawn: (id) => this.#show(() => this.#masker.again.pictureDrawn(id)),
        onMovingShown: (id) => this.#moving.note(id),
        pictureOf: (id) => this.#moving.pictureOf(id),
        onRoomless: (element) => this.#rooms.note(element),
        onForeignFrame: (id) => this.#joined.note(id),
        isFrameShown: (id) => this.#joined.isShown(id),
        onFieldShown: (id) => this.#unseen.fields.note(id),
        onShadowShown: (id) => this.#unseen.sheets.noteRoot(id),
      }),
      judge: new CssJudge(
        (property, value) => supports(property, value),
        (condition) => supports(condition),
      ),
      assets: this.#assets,
      readForeignSheet: (id, address) => this.#assets.readSheet(id, address),
      now: () => Date.now(),
      onSnapshotNeeded: () => deps.sink.needSnapshot(),
    });
    this.#parts = new SnapshotInParts({
      window,
      open: () => {
        this.#joined.again();
        return this.#reader.inParts();
      },
      mask: (raw) => this.#masker.inParts(raw, deps.sink.wantsText !== false),
      atOnce: () => this.#reader.snapshot(),
      flush: () => this.#way.flush(),
      standing: () => `${rules.standing} ${window.document.designMode}`,
      give: (snapshot, reading, isParted) => {
        this.#give(snapshot, reading);
        if (isParted) this.#unseen.fields.tellAgain();
      },
      run: (part) => this.#way.uncounted(() => this.#fresh(part)),
    });
  }

  get counts(): MaskerCounts {
    return this.#masker.counts;
  }

  get isRecording(): boolean {
    return this.#reader.isReading;
  }

  /** A snapshot was asked for and is not whole yet. */
  get isTakingSnapshot(): boolean {
    return this.#parts.isUnderWay;
  }

  /** For how long changes are held back at most: whoever sees all that was sent may lack so much. */
  get heldMs(): number {
    return this.#way.step.holdMs;
  }

  /** Begins with a snapshot. */
  start(): void {
    if (this.isRecording || this.#ended) return;
    let reading: PageReading | undefined;
    this.#way.uncounted(() => {
      reading = this.#reader.start();
    });
    this.#unseen.start();
    this.#way.start();
    if (reading !== undefined) this.#parts.begin(reading);
  }

  /** Sends what is held back, for somebody who acts on the page as it is now. */
  flush(): void {
    this.#way.flush();
  }

  /** A snapshot for somebody who joins; what is recorded goes on without a break. */
  takeSnapshot(): void {
    if (!this.isRecording) this.start();
    else this.#parts.begin();
  }

  /** Takes everything out of the page until the next start. */
  pause(): void {
    this.#unseen.stop();
    this.#rooms.stop();
    this.#moving.stop();
    this.#joined.stop();
    this.#frameAssets.clear();
    this.#assets.rest();
    this.#way.stop();
    this.#parts.cancel();
    this.#guard(() => this.#reader.stop());
    this.#beforeSnapshot = undefined;
    this.#isShown = false;
    this.#batch.clear();
    this.#deps.rules.forget();
  }

  /** Takes everything out of the page and forgets what was fetched; for good. */
  stop(): void {
    this.pause();
    this.#ended = true;
    this.#assets.close();
  }

  /** What empties the view of whoever follows. */
  emptied(): readonly MaskedEvent[] {
    return emptiedPage(this.#deps.window.document, this.#deps.dom, pageNumbers);
  }

  /** Sends what an agent asks for, be it the page's or that of a frame in it. */
  want(slot: number, hashes: readonly string[]): void {
    this.#moving.wanted(hashes);
    this.#frameAssets.answer(slot, this.#assets.want(hashes));
  }

  nodeOf(id: number): Node | undefined {
    return nodeOf(id);
  }

  numberOf(node: Node): number | undefined {
    return numberOf(node);
  }

  /** Whether a frame of another origin shows itself. */
  isFrameShown(frame: Element): boolean {
    const id = numberOf(frame);
    return id !== undefined && this.#joined.isShown(id);
  }

  doorOf(id: number): FrameDoor | undefined {
    return this.#joined.doorOf(id);
  }

  #take(event: PageEvent): void {
    this.#guard(() => {
      // The page as a whole comes without what is in its frames.
      if (event.type === eventType.meta) this.#joined.again();
      if (event.type === eventType.incremental) {
        if (!isMove(asRecord(event.data)?.source)) this.#parts.changed();
        if (!this.#isShown) return;
      }
      // Verdicts hold while this is masked, and neither before nor after: no code of the page runs in between.
      this.#deps.rules.forget();
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
      this.#way.noticed(event);
    });
  }

  #giveSnapshot(masked: readonly MaskedEvent[], json?: string): void {
    const before = this.#beforeSnapshot ?? [];
    this.#beforeSnapshot = undefined;
    this.#isShown = true;
    if (masked.length === 0) return;
    const written = json && `[${[...before.map((event) => JSON.stringify(event)), json].join()}]`;
    this.#deps.sink.snapshot([...before, ...masked], written);
  }

  /** The same of one that was taken in parts. */
  #give({ event, json }: WrittenSnapshot, reading: PageReading): void {
    const { timestamp } = event;
    this.#batch.flush();
    this.#beforeSnapshot = this.#masker.mask({ type: eventType.meta, data: reading.meta(), timestamp });
    this.#giveSnapshot([event], json);
    reading.adopt();
  }

  #show(make: () => readonly MaskedEvent[]): void {
    this.#parts.afterwards(() => {
      if (!this.isRecording) return;
      // What is held back came before, and may be what this goes along with.
      this.#way.flush();
      this.#fresh(() => {
        const events = make();
        if (this.#isShown) this.#batch.add(events);
      });
    });
  }

  /** Verdicts of before do not hold any more, nor do these afterwards. */
  #fresh(run: () => void): void {
    this.#guard(() => {
      this.#deps.rules.forget();
      run();
      this.#deps.rules.forget();
    });
  }

  /** What was lost is put right by a snapshot, and the page goes on. */
  #failed(): void {
    this.#masker.counts.failed += 1;
    this.#deps.sink.needSnapshot();
  }

  /** Nothing of ours may ever throw into the page. */
  #guard(run: () => void): void {
    this.#way.timed(() => {
      try {
        run();
      } catch {
        this.#failed();
      }
    });
  }
}

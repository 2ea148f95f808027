/** Co-browse on the visitor's page as the panel uses it: recording outwards, the agent's intents inwards. */

import type { IntentAnswer, MaskingPolicy } from '@alongside/protocol';
import { actNotLoaded } from './act-not-loaded.js';
import { AskingNews } from './asking-news.js';
import type { PageAsset } from './assets/page-assets.js';
import type { CobrowseHooks, CobrowseOptions, CobrowseSender } from './cobrowse-options.js';
import type { ConfirmReason, ConfirmRequest } from './control/confirmation.js';
import type { Control } from './control/control-part.js';
import { DoubtWatch } from './control/doubt-watch.js';
import type { IncomingIntent, LeaseView } from './control/intent-gate.js';
import { LagNews } from './giving-way/lag-news.js';
import type { Drawer, DrawnMark, TakenMark } from './marks/placed-mark.js';
import { PageMoves } from './masking/page-moves.js';
import type { PageWords } from './masking/page-words.js';
import { pageWords } from './masking/page-words.js';
import type { PristineDom } from './masking/pristine-dom.js';
import { takePristineDom } from './masking/pristine-dom.js';
import type { PrivacyRules } from './masking/privacy-rules.js';
import { OutlineKeeper } from './outline/outline-keeper.js';
import type { AreaCounts } from './outline/private-outline.js';
import { privacyRulesFor, selectorTest } from './page-rules.js';
import { Recorder } from './recorder.js';
import { rulesForControl } from './rules-for-control.js';

export type {
  AreaCounts,
  CobrowseHooks,
  CobrowseOptions,
  CobrowseSender,
  ConfirmReason,
  ConfirmRequest,
  IncomingIntent,
  LeaseView,
  PageAsset,
};

export class CobrowseController {
  readonly #options: CobrowseOptions;
  readonly #moves: PageMoves;
  #recorder: Recorder;
  #policies: readonly MaskingPolicy[];
  readonly #doubt: DoubtWatch;
  /** Where the overlay will be; what is in it comes with the first use. */
  readonly #host: HTMLElement;
  readonly #page: { readonly dom: PristineDom; readonly rules: PrivacyRules };
  #control: Promise<Control> | undefined;
  readonly #outline: OutlineKeeper;
  readonly #lag: LagNews;
  readonly #asking: AskingNews;
  #watched = false;
  #stopped = false;

  constructor(options: CobrowseOptions) {
    const { window, hooks } = options;
    this.#options = options;
    this.#host = window.document.createElement('div');
    this.#policies = 'text' in options.policy ? [options.policy] : options.policy;
    this.#doubt = new DoubtWatch({ window, onDoubt: () => hooks.onDoubt() });
    const dom = takePristineDom(window);
    this.#outline = new OutlineKeeper({
      window,
      part: () => options.control(),
      isFrameShown: (frame) => this.#recorder.isFrameShown(frame),
    });
    const excluded = [...options.excluded, this.#host, this.#outline.host];
    const rules = privacyRulesFor(window, dom, { policy: this.#policies, excluded });
    this.#page = { dom, rules };
    this.#moves = new PageMoves(window, rules);
    this.#lag = new LagNews({
      heldMs: () => this.#recorder.heldMs,
      watchers: () => hooks.watchers(),
      tell: (slot, lagMs) => options.sender.answer(slot, { outcome: 'lagging', lagMs }),
    });
    this.#asking = new AskingNews((slot, open) => options.sender.answer(slot, { outcome: 'asking', open }));
    this.#recorder = this.#newRecorder();
  }

  /** How many events were dropped as they may not be shown, and how many could not be masked. */
  get counts(): { readonly dropped: number; readonly failed: number } {
    return this.#recorder.counts;
  }

  /** Somebody began or ceased to watch: recording costs nothing while nobody does. */
  watch(watched: boolean): void {
    if (this.#stopped || watched === this.#watched) return;
    this.#watched = watched;
    if (!watched) {
      this.#moves.unwatch();
      this.#withControl((control) => control.hide());
      this.#recorder.pause();
      return;
    }
    this.#moves.watch(() => this.#showAnew());
    // Whoever begins to watch mostly asks for a snapshot in the same breath, which begins the recording itself.
    this.#options.window.queueMicrotask(() => {
      if (!this.#watched || this.#stopped || this.#recorder.isRecording) return;
      this.#recorder.start();
      // Nodes have other numbers than in an earlier recording, so whoever saw that one needs this page anew.
      this.#options.sender.resync();
    });
  }

  /** Other rules hold from now on, also for what is shown already; of several, the strictest at each element. */
  useRules(policies: readonly MaskingPolicy[]): void {
    if (this.#stopped) return;
    this.#policies = policies;
    this.#page.rules.use(policies);
    // What acts by the rules of before is put away, and made anew with the next act.
    this.#withControl((control) => control.stop());
    this.#control = undefined;
    this.#showAnew();
  }

  /** An agent needs the whole page. */
  takeSnapshot(): void {
    if (this.#watched && !this.#stopped) this.#recorder.takeSnapshot();
  }

  async intent(intent: IncomingIntent): Promise<void> {
    if (this.#stopped) return;
    // An act is done on the page as it is now, and what follows from it is shown after what came before.
    this.#recorder.flush();
    const answer = await this.#run(intent);
    if (this.#stopped) return;
    this.#options.sender.answer(intent.slot, answer);
    this.#tell(intent, answer);
  }

  /** The visitor takes the pen, or lays it down. Rejects when the pen cannot be loaded. */
  async draw(act: 'take' | 'lay' | 'undo' | 'clear'): Promise<void> {
    if (this.#stopped || !this.#watched) return;
    const { pen } = await this.#loadControl();
    if (act === 'undo') pen.undo();
    else if (act === 'clear') pen.clear();
    else pen.hold(act === 'take' && this.#watched && !this.#stopped);
  }

  /** Somebody has come to see the page: what is drawn on it is part of it. */
  showMarksTo(slot: number): void {
    this.#withControl((control) => {
      for (const { mark, by } of control.marks()) {
        this.#options.sender.answer(slot, { outcome: 'marked', by, mark });
      }
    });
  }

  /** Somebody has come to see the page while it is too busy to be shown at once. */
  showLagTo(slot: number): void {
    this.#lag.greet(slot);
  }

  /** Somebody is gone, or has lost the right to draw: what they showed goes with them. */
  leave(slot: number): void {
    this.#withControl((control) => control.leave(slot));
  }

  /** A mark on this page, which is a frame of another one, is no longer among the newest of all. */
  forget(slot: number, stroke: number): void {
    this.#withControl((control) => control.forget(slot, stroke));
  }

  /** Shows the visitor what agents do not see, until it is called with nothing. Rejects when it cannot be loaded. */
  async outline(onCounts: ((counts: AreaCounts) => void) | undefined): Promise<void> {
    if (onCounts === undefined || this.#stopped) this.#outline.hide();
    else await this.#outline.show(this.#page, onCounts);
  }

  /** What may be said of this page in a list of tabs. */
  get words(): PageWords {
    return pageWords({ window: this.#options.window, ...this.#page });
  }

  /** Images and fonts that an agent asks for by their hash. */
  want({ slot, hashes }: { readonly slot: number; readonly hashes: readonly string[] }): void {
    if (this.#stopped) return;
    this.#recorder.want(slot, hashes);
  }

  /** Ends for good and takes everything out of the page. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#moves.unwatch();
    this.#withControl((control) => control.stop());
    this.#outline.hide();
    this.#doubt.stop();
    this.#recorder.stop();
    this.#host.remove();
  }

  #newRecorder(): Recorder {
    const { window, sender, moving, origins, hooks } = this.#options;
    const sink = sinkOf(sender, () => this.#stillStands());
    return new Recorder({
      ...{ window, ...this.#page, sink, moving, origins },
      policies: () => this.#policies,
      sendAsset: (slot, asset) => sender.sendAsset(slot, asset),
      onHeld: () => this.#lag.changed(),
      onDoubt: () => hooks.onDoubt(),
    });
  }

  /** Whether the rules are still those under which these events were made; if not, none of them leaves. */
  #stillStands(): boolean {
    if (!this.#moves.haveChanged()) return true;
    // Not now: the recorder is in the midst of a change of the page.
    this.#options.window.queueMicrotask(() => this.#showAnew());
    return false;
  }

  /**
   * Takes everything back that agents see, and shows the page again as a whole: under rules that are no longer
   * those of before, nothing of what was shown may stay.
   */
  #showAnew(): void {
    if (this.#stopped) return;
    const { sender } = this.#options;
    const { isRecording, isTakingSnapshot } = this.#recorder;
    if (isRecording) sender.send(this.#recorder.emptied());
    this.#recorder.stop();
    this.#recorder = this.#newRecorder();
    if (isRecording) sender.resync({ urgent: true });
    // One that was asked for already is not asked for again.
    if (isTakingSnapshot) this.#recorder.takeSnapshot();
  }

  async #run(intent: IncomingIntent): Promise<IntentAnswer> {
    try {
      return await (await this.#loadControl()).run(intent);
    } catch {
      // What acts could not be loaded: the page is still seen, and the agent is told.
      return actNotLoaded(intent.body);
    }
  }

  #loadControl(): Promise<Control> {
    this.#control ??= this.#startControl().catch((error: unknown) => {
      // What did not load is loaded anew with the next act.
      this.#control = undefined;
      throw error;
    });
    return this.#control;
  }

  async #startControl(): Promise<Control> {
    const { window, leases, hooks } = this.#options;
    const part = await this.#options.control();
    return part.startControl({
      ...this.#page,
      ...{ window, leases, host: this.#host, policy: rulesForControl(this.#policies) },
      excluded: this.#options.excluded,
      now: () => this.#options.now(),
      isSelector: selectorTest(window),
      viewAgeMs: (seen) => this.#viewAgeMs(seen),
      nodeOf: (id) => this.#recorder.nodeOf(id),
      numberOf: (node) => this.#recorder.numberOf(node),
      doorOf: (id) => this.#recorder.doorOf(id),
      agentName: (slot) => hooks.agentName(slot),
      confirm: (request) => this.#asking.while(request.slot, hooks.confirm(request)),
      tellMark: (mark, by, { alsoDrawer }) => this.#tellMark(mark, by, alsoDrawer),
      clear: (marks) => hooks.clear?.(marks) ?? [],
      say: (message, by) => hooks.say(message, by),
      watchers: () => hooks.watchers(),
      answer: (slot, body) => this.#options.sender.answer(slot, body),
    });
  }

  /** What is held back for the page's sake is missing as well from the view of whoever has all that was sent. */
  #viewAgeMs(seen: { readonly epoch: number; readonly sequence: number }): number | undefined {
    const ageMs = this.#options.sender.viewAgeMs(seen);
    return ageMs === undefined ? undefined : ageMs + this.#recorder.heldMs;
  }

  #tellMark(mark: DrawnMark | TakenMark, by: Drawer, alsoDrawer: boolean): void {
    for (const slot of this.#options.hooks.watchers()) {
      if (slot === by.slot && !alsoDrawer) continue;
      this.#options.sender.answer(slot, { outcome: 'marked', by, mark });
    }
  }

  /** Only if it has been loaded: nothing is loaded to be put away. */
  #withControl(use: (control: Control) => void): void {
    this.#control?.then(use, () => undefined);
  }

  #tell(intent: IncomingIntent, answer: IntentAnswer): void {
    const told = { slot: intent.slot, kind: intent.intent };
    this.#options.hooks.onIntent?.(
      answer.outcome === 'refused' ? { ...told, refusal: answer.refusal } : told,
    );
  }
}

/** Begins co-browse; call it only once the visitor has agreed. */
export function startCobrowse(options: CobrowseOptions): CobrowseController {
  return new CobrowseController(options);
}

function sinkOf(sender: CobrowseSender, stillStands: () => boolean) {
  return {
    push: (events: readonly unknown[]) => {
      if (stillStands()) sender.send(events);
    },
    snapshot: (events: readonly unknown[], json?: string) => {
      sender.snapshot(events, json);
    },
    needSnapshot: () => sender.resync(),
    wantsText: sender.wantsText,
    get behind() {
      return sender.behind;
    },
  };
}

/** Co-browse on the visitor's page as the panel uses it: recording outwards, the agent's intents inwards. */

import type { IntentAnswer, IntentRefusal, MaskingPolicy } from '@alongside/protocol';
import type { PageAsset } from './assets/asset-store.js';
import type { ConfirmReason, ConfirmRequest } from './control/confirmation.js';
import type { Control, ControlPart } from './control/control-part.js';
import { DoubtWatch } from './control/doubt-watch.js';
import type { IncomingIntent, LeaseView } from './control/intent-gate.js';
import type { Drawer, DrawnMark, TakenMark } from './marks/placed-mark.js';
import { PageMoves } from './masking/page-moves.js';
import type { PageWords } from './masking/page-words.js';
import { pageWords } from './masking/page-words.js';
import type { PristineDom } from './masking/pristine-dom.js';
import { takePristineDom } from './masking/pristine-dom.js';
import type { PrivacyRules } from './masking/privacy-rules.js';
import type { MovingPart } from './moving/moving-part.js';
import { OutlineKeeper } from './outline/outline-keeper.js';
import type { AreaCounts } from './outline/private-outline.js';
import { privacyRulesFor, Recorder, selectorTest } from './recorder.js';
import { rulesForControl } from './rules-for-control.js';

export type { AreaCounts, ConfirmReason, ConfirmRequest, IncomingIntent, LeaseView, PageAsset };

/** The sealed stream towards the agents, as far as co-browse needs it; `FrameSender` of the frames package fits. */
export interface CobrowseSender {
  readonly behind: boolean;
  send(events: readonly unknown[]): void;
  snapshot(events: readonly unknown[]): boolean;
  resync(how?: { readonly urgent: boolean }): void;
  answer(slot: number, body: unknown): void;
  sendAsset(slot: number, asset: PageAsset): void;
  viewAgeMs(seen: { readonly epoch: number; readonly sequence: number }): number | undefined;
}

export interface CobrowseHooks {
  /** What the visitor is shown beside the agent's pointer. */
  agentName(slot: number): string;
  /** Asks the visitor whether the agent may press or open this; false when they do not answer in time. */
  confirm(request: ConfirmRequest & { readonly slot: number }): Promise<boolean>;
  /** Places of the agents who see the page now. */
  watchers(): readonly number[];
  /** Says aloud what somebody said with a mark, for a visitor who does not see it. */
  say(message: string, by: { readonly slot: number; readonly name: string }): void;
  /** The visitor may no longer be watching, or is leaving: nothing may go on being lent. */
  onDoubt(): void;
  /** Something was done, or refused, on the visitor's page: for the panel's own account. */
  onIntent?(happened: {
    readonly slot: number;
    readonly kind: IncomingIntent['intent'];
    readonly refusal?: IntentRefusal;
  }): void;
}

export interface CobrowseOptions {
  readonly window: Window & typeof globalThis;
  /** The site's rules; of several, the strictest counts at each element. */
  readonly policy: MaskingPolicy | readonly MaskingPolicy[];
  /** Alongside's own elements, by identity: never recorded, pointed at or acted on. */
  readonly excluded: readonly Element[];
  readonly sender: CobrowseSender;
  readonly leases: LeaseView;
  /** What acts and draws on the page, loaded with the first use. */
  readonly control: () => Promise<ControlPart>;
  /** Without it canvases and videos stay covered. */
  readonly moving?: () => Promise<MovingPart>;
  /** The visitor's clock, as leases are measured by. */
  now(): number;
  readonly hooks: CobrowseHooks;
}

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
  #watched = false;
  #stopped = false;

  constructor(options: CobrowseOptions) {
    const { window, hooks } = options;
    this.#options = options;
    this.#host = window.document.createElement('div');
    this.#policies = 'text' in options.policy ? [options.policy] : options.policy;
    this.#doubt = new DoubtWatch({ window, onDoubt: () => hooks.onDoubt() });
    const dom = takePristineDom(window);
    this.#outline = new OutlineKeeper({ window, part: () => options.control() });
    const excluded = [...options.excluded, this.#host, this.#outline.host];
    const rules = privacyRulesFor(window, dom, { policy: this.#policies, excluded });
    this.#page = { dom, rules };
    this.#moves = new PageMoves(window, rules);
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

  /** Somebody is gone, or has lost the right to draw: what they showed goes with them. */
  leave(slot: number): void {
    this.#withControl((control) => control.leave(slot));
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
    for (const asset of this.#recorder.assets(hashes)) this.#options.sender.sendAsset(slot, asset);
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
    const { window, sender, moving } = this.#options;
    const sink = sinkOf(sender, () => this.#stillStands());
    return new Recorder({ window, ...this.#page, sink, moving });
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
    const { isRecording } = this.#recorder;
    if (isRecording) sender.send(this.#recorder.emptied());
    this.#recorder.stop();
    this.#recorder = this.#newRecorder();
    if (isRecording) sender.resync({ urgent: true });
  }

  async #run(intent: IncomingIntent): Promise<IntentAnswer> {
    try {
      return await (await this.#loadControl()).run(intent);
    } catch {
      // What acts could not be loaded: the page is still seen, and the agent is told.
      return { outcome: 'refused', refusal: 'failed' };
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
    const { window, leases, hooks, sender } = this.#options;
    const part = await this.#options.control();
    return part.startControl({
      ...this.#page,
      ...{ window, leases, host: this.#host, policy: rulesForControl(this.#policies) },
      excluded: this.#options.excluded,
      now: () => this.#options.now(),
      isSelector: selectorTest(window),
      viewAgeMs: (seen) => sender.viewAgeMs(seen),
      nodeOf: (id) => this.#recorder.nodeOf(id),
      numberOf: (node) => this.#recorder.numberOf(node),
      agentName: (slot) => hooks.agentName(slot),
      confirm: (request) => hooks.confirm(request),
      tellMark: (mark, by, { alsoDrawer }) => this.#tellMark(mark, by, alsoDrawer),
      say: (message, by) => hooks.say(message, by),
    });
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
    snapshot: (events: readonly unknown[]) => {
      sender.snapshot(events);
    },
    needSnapshot: () => sender.resync(),
    get behind() {
      return sender.behind;
    },
  };
}

/** What the visitor shows in a call: asked for, picked, covered where it is this page, and taken back at one press. */

import type { MaskingPolicy, SharedSurface } from '@alongside/protocol';
import { signal } from '@preact/signals';
import type { CallRoom } from '../../call/call-part.js';
import type { PickFault } from '../../call/share/pick-screen.js';
import type { TabShare } from '../../call/share/share-part.js';
import { unattended } from '../../embedding/page-guard.js';
import type { PanelParts } from '../../embedding/panel-parts.js';
import { backOffMs } from '../session/back-off.js';
import type { TellConsent } from './screen-consent.js';
import { ScreenConsent } from './screen-consent.js';

export interface SharedScreenDeps {
  readonly room: () => CallRoom | undefined;
  readonly parts: PanelParts;
  readonly consent: TellConsent;
  /** What is masked as the site says it now; undefined while that cannot be known. */
  readonly rules: () => Promise<MaskingPolicy | undefined>;
  /** The panel's own place, which is covered. */
  readonly root: ShadowRoot;
  readonly hiddenWords: string;
}

/** `hidden`: it goes on, and nothing can be shown at this moment. `other`: something else than this page was picked. */
export type ScreenState = 'off' | 'starting' | 'on' | 'hidden' | 'notThisPage' | PickFault;

export class SharedScreen {
  readonly state = signal<ScreenState>('off');
  readonly surface = signal<SharedSurface>('tab');
  /** The question that waits: for this page, or, after that one, for anything. */
  readonly asked = signal<'tab' | 'any' | undefined>(undefined);
  readonly #deps: SharedScreenDeps;
  readonly #consent: ScreenConsent;
  #track: MediaStreamTrack | undefined;
  #tab: TabShare | undefined;
  #rules: readonly MaskingPolicy[] = [];
  /** Rises with every word of other rules: what was asked for before one may be the old ones. */
  #ruleChanges = 0;
  #turn = 0;
  /** The service has answered the yes to what is shown now. */
  #isGiven = false;
  /** The service has told of the consent: when it tells of it no more, it was taken back. */
  #isTold = false;
  #agreed: SharedSurface | undefined;

  constructor(deps: SharedScreenDeps) {
    this.#deps = deps;
    this.#consent = new ScreenConsent(deps.consent);
  }

  /** In the turn of the press that says yes. */
  async give(wish: 'tab' | 'any'): Promise<undefined> {
    const asked = this.#turn;
    const { pickScreen } = await this.#deps.parts.call();
    const answer = await pickScreen(wish);
    // Taken back, or picked once more, while the browser asked.
    const isOver = asked !== this.#turn;
    if (!isOver) this.asked.value = undefined;
    if (isOver || this.#deps.room() === undefined) {
      if (answer.ok) answer.picked.track.stop();
      return;
    }
    if (!answer.ok) return this.#not(answer.fault);
    const { track, surface } = answer.picked;
    if (wish === 'tab' && surface !== 'tab') {
      track.stop();
      return this.#not('notThisPage');
    }
    // What was shown until now ends with its consent, and with the way that it took: this is another picture.
    this.stop();
    this.#turn += 1;
    const turn = this.#turn;
    this.#track = track;
    this.surface.value = surface;
    this.state.value = 'starting';
    track.addEventListener('ended', () => {
      if (this.#track === track) this.stop();
    });
    await this.#begin(turn, surface).catch(() => this.#failed(turn));
  }

  stop(): void {
    if (this.#track === undefined) return;
    this.#deps.room()?.stop('screen');
    this.drop();
    this.#consent.takeBack();
  }

  /** In this page alone: the call is over, or it was taken back elsewhere. */
  drop(): void {
    this.#turn += 1;
    this.#tab?.stop();
    this.#track?.stop();
    this.#tab = undefined;
    this.#track = undefined;
    this.#rules = [];
    this.#isGiven = false;
    this.#isTold = false;
    this.asked.value = undefined;
    this.state.value = 'off';
  }

  /** The service's word on what the visitor has agreed to show. */
  follow(agreed: SharedSurface | undefined): void {
    this.#agreed = agreed;
    if (agreed !== undefined) {
      // A word on what was shown before says nothing of what is being begun.
      if (this.#isGiven) this.#isTold = true;
      // In force, and nothing is shown: a word that took it back was lost. Another tab's is none of ours.
      else if (this.#deps.room() !== undefined) this.#takeBackUnshown();
    } else if (this.#isTold) {
      this.#deps.room()?.stop('screen');
      this.drop();
    }
  }

  /** Of a call that was lost and is back: what is shown is shown there too. A page before this one shows nothing. */
  async comeBack(agreed: SharedSurface | undefined): Promise<void> {
    if (this.#track !== undefined && this.#isTold) await this.#send();
    else if (agreed !== undefined) this.#takeBackUnshown();
  }

  /** Other rules hold, or may hold: until they are known nothing of the page is shown. */
  rulesChanged(): void {
    this.#ruleChanges += 1;
    const changes = this.#ruleChanges;
    const tab = this.#tab;
    if (tab === undefined) return;
    tab.useRules([]);
    unattended(this.#learn(tab, () => tab === this.#tab && changes === this.#ruleChanges));
  }

  async #learn(tab: TabShare, isWanted: () => boolean): Promise<void> {
    for (let failures = 0; isWanted(); failures += 1) {
      const rules = await this.#deps.rules().catch(() => undefined);
      if (!isWanted()) return;
      if (rules !== undefined) {
        this.#rules = [...this.#rules, rules];
        return tab.useRules(this.#rules);
      }
      await new Promise((resume) => setTimeout(resume, backOffMs(failures, Math.random)));
    }
  }

  async #begin(turn: number, surface: SharedSurface): Promise<void> {
    if (surface === 'tab') await this.#cover(turn);
    const isGiven = await this.#consent.give(surface, () => turn === this.#turn);
    if (turn !== this.#turn) return;
    if (!isGiven) throw new Error('The consent was not taken down.');
    this.#isGiven = true;
    this.#isTold = this.#agreed !== undefined;
    await this.#send();
    if (turn === this.#turn && this.state.peek() === 'starting') this.state.value = 'on';
  }

  async #cover(turn: number): Promise<void> {
    const loading = this.#deps.parts.share();
    const known: MaskingPolicy[] = [];
    let changes: number;
    do {
      changes = this.#ruleChanges;
      const [rules] = await Promise.all([this.#deps.rules(), loading]);
      if (rules === undefined) throw new Error('It is not known what has to be masked.');
      known.push(rules);
    } while (changes !== this.#ruleChanges);
    const part = await loading;
    const track = this.#track;
    if (turn !== this.#turn || track === undefined) return;
    this.#rules = known;
    const { root, hiddenWords } = this.#deps;
    this.#tab = part.shareTab({
      ...{ track, policy: this.#rules, root, hiddenWords },
      onShown: (shown) => {
        if (turn === this.#turn && this.state.peek() !== 'starting')
          this.state.value = shown ? 'on' : 'hidden';
      },
    });
  }

  async #send(): Promise<void> {
    // Of this page only the covered picture leaves, never the browser's own.
    const track = this.surface.peek() === 'tab' ? this.#tab?.track : this.#track;
    if (track !== undefined) await this.#deps.room()?.send('screen', track);
  }

  /** Nothing was begun; what is shown already goes on. */
  #not(why: ScreenState): undefined {
    if (this.#track === undefined) this.state.value = why;
  }

  #takeBackUnshown(): void {
    if (this.#track === undefined && !this.#consent.isTelling) this.#consent.takeBack();
  }

  #failed(turn: number): void {
    if (turn !== this.#turn) return;
    this.stop();
    this.state.value = 'failed';
  }
}

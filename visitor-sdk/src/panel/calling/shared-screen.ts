/** What the visitor shows in a call: asked for, picked, covered where it is this page, and taken back at one press. */

import type { CommandValues, MaskingPolicy, Reply, SharedSurface } from '@alongside/protocol';
import { signal } from '@preact/signals';
import type { CallRoom } from '../../call/call-part.js';
import type { PickFault } from '../../call/share/pick-screen.js';
import type { TabShare } from '../../call/share/share-part.js';
import { unattended } from '../../embedding/page-guard.js';
import type { PanelParts } from '../../embedding/panel-parts.js';

export interface SharedScreenDeps {
  readonly room: () => CallRoom | undefined;
  readonly parts: PanelParts;
  readonly consent: (body: {
    readonly source: 'screen';
    readonly granted: boolean;
    readonly surface?: SharedSurface;
  }) => Promise<Reply<CommandValues['call:consent']> | undefined>;
  /** What is masked as the site says it now; undefined while that cannot be known. */
  readonly rules: () => Promise<MaskingPolicy | undefined>;
  /** The panel's own place, which is covered. */
  readonly root: ShadowRoot;
  readonly hiddenWords: string;
}

/** `hidden`: it goes on, and nothing can be shown at this moment. `other`: something else than this page was picked. */
export type ScreenState = 'off' | 'starting' | 'on' | 'hidden' | 'other' | PickFault;

export class SharedScreen {
  readonly state = signal<ScreenState>('off');
  readonly surface = signal<SharedSurface>('tab');
  /** The question that waits: for this page, or, after that one, for anything. */
  readonly asked = signal<'tab' | 'any' | undefined>(undefined);
  readonly #deps: SharedScreenDeps;
  #track: MediaStreamTrack | undefined;
  #tab: TabShare | undefined;
  #rules: readonly MaskingPolicy[] = [];
  #turn = 0;
  /** The service has told of the consent: when it tells of it no more, it was taken back. */
  #isTold = false;

  constructor(deps: SharedScreenDeps) {
    this.#deps = deps;
  }

  /** In the turn of the press that says yes. */
  async give(wish: 'tab' | 'any'): Promise<undefined> {
    this.#turn += 1;
    const turn = this.#turn;
    const { pickScreen } = await this.#deps.parts.call();
    const answer = await pickScreen(wish);
    this.asked.value = undefined;
    if (!answer.ok) {
      this.state.value = answer.fault;
      return;
    }
    const { track, surface } = answer.picked;
    if (turn !== this.#turn || this.#deps.room() === undefined) return track.stop() as undefined;
    if (wish === 'tab' && surface !== 'tab') {
      track.stop();
      this.state.value = 'other';
      return;
    }
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
    unattended(this.#deps.consent({ source: 'screen', granted: false }));
  }

  /** In this page alone: the call is over, or it was taken back elsewhere. */
  drop(): void {
    this.#turn += 1;
    this.#tab?.stop();
    this.#track?.stop();
    this.#tab = undefined;
    this.#track = undefined;
    this.#rules = [];
    this.#isTold = false;
    this.asked.value = undefined;
    this.state.value = 'off';
  }

  /** The service's word on what the visitor has agreed to show. */
  follow(agreed: SharedSurface | undefined): void {
    if (agreed !== undefined) this.#isTold = this.#track !== undefined;
    else if (this.#isTold) {
      this.#deps.room()?.stop('screen');
      this.drop();
    }
  }

  /** Of a call that was lost and is back: what is shown is shown there too. A page before this one shows nothing. */
  async comeBack(agreed: SharedSurface | undefined): Promise<void> {
    if (this.#track !== undefined && this.#isTold) await this.#send();
    else if (this.#track === undefined && agreed !== undefined) {
      await this.#deps.consent({ source: 'screen', granted: false });
    }
  }

  /** Other rules hold, or may hold: until they are known nothing of the page is shown. */
  rulesChanged(): void {
    const tab = this.#tab;
    if (tab === undefined) return;
    tab.useRules([]);
    unattended(
      this.#deps.rules().then((rules) => {
        if (rules === undefined || tab !== this.#tab) return;
        this.#rules = [...this.#rules, rules];
        tab.useRules(this.#rules);
      }),
    );
  }

  async #begin(turn: number, surface: SharedSurface): Promise<void> {
    if (surface === 'tab') await this.#cover(turn);
    const told = await this.#deps.consent({ source: 'screen', granted: true, surface });
    if (turn !== this.#turn) return;
    if (told?.ok !== true) throw new Error('The consent was not taken down.');
    await this.#send();
    if (turn === this.#turn && this.state.peek() === 'starting') this.state.value = 'on';
  }

  async #cover(turn: number): Promise<void> {
    const [part, rules] = await Promise.all([this.#deps.parts.share(), this.#deps.rules()]);
    const track = this.#track;
    if (turn !== this.#turn || track === undefined) return;
    if (rules === undefined) throw new Error('It is not known what has to be masked.');
    this.#rules = [rules];
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

  #failed(turn: number): void {
    if (turn !== this.#turn) return;
    this.stop();
    this.state.value = 'failed';
  }
}

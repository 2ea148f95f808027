/**
 * The agent's own screen in a call: picked in their browser each time, and taken back at one press there or here. One tab
 * of their browser, unless the site allows any surface and they said so once more.
 */

import { Store } from '../../app/store.js';
import type { CallMediaSession } from './call-media.js';

export interface AgentScreenState {
  readonly state: 'off' | 'starting' | 'on';
  /** What leaves, as the agent sees it. */
  readonly track?: MediaStreamTrack;
  readonly trouble?: 'none' | 'failed' | 'onlyTab';
  /** The question that is open: what to show, or, after that one, whether everything in it may be seen. */
  readonly asked?: 'which' | 'uncovered';
}

const picture = { frameRate: { ideal: 15, max: 15 }, width: { max: 1920 }, height: { max: 1200 } };
const wishes = {
  tab: {
    ...{ video: { ...picture, displaySurface: 'browser' }, audio: false, monitorTypeSurfaces: 'exclude' },
    // It stays the one that was picked: nothing looks at what the browser would put in its place.
    surfaceSwitching: 'exclude',
  },
  any: { video: picture, audio: false },
};

export class AgentScreen {
  readonly state = new Store<AgentScreenState>({ state: 'off' });
  readonly #media: () => CallMediaSession | undefined;
  #track: MediaStreamTrack | undefined;
  /** Rises with every taking back, so that what is picked after one is not shown in a later call unasked. */
  #turn = 0;

  constructor(media: () => CallMediaSession | undefined) {
    this.#media = media;
  }

  ask(asked: 'which' | 'uncovered'): void {
    this.state.set({ state: 'off', asked });
  }

  /** In the turn of a press: the browser asks what is shown. */
  async show(what: 'tab' | 'any'): Promise<void> {
    if (this.#track !== undefined || this.state.value.state === 'starting') return;
    if (typeof navigator.mediaDevices?.getDisplayMedia !== 'function') {
      this.state.set({ state: 'off', trouble: 'none' });
      return;
    }
    this.state.set({ state: 'starting' });
    const turn = this.#turn;
    try {
      const [track] = (await navigator.mediaDevices.getDisplayMedia(wishes[what])).getVideoTracks();
      if (turn !== this.#turn) return track?.stop();
      if (track === undefined) throw new TypeError('The browser gave no track.');
      // What the browser says nothing of may be everything.
      if (what === 'tab' && track.getSettings().displaySurface !== 'browser') {
        track.stop();
        return this.state.set({ state: 'off', trouble: 'onlyTab' });
      }
      track.contentHint = 'detail';
      track.addEventListener('ended', () => {
        if (this.#track === track) void this.hide();
      });
      this.#track = track;
      await this.comeBack();
    } catch (error) {
      if (turn !== this.#turn) return;
      this.drop();
      // Whoever closes the browser's question wants nothing shown, and knows it.
      const isClosed = error instanceof Error && error.name === 'NotAllowedError';
      if (!isClosed) this.state.set({ state: 'off', trouble: 'failed' });
    }
  }

  /** Of a call that was lost and is back as well. */
  async comeBack(): Promise<void> {
    const track = this.#track;
    const media = this.#media();
    if (track === undefined || media === undefined) return;
    // While a call is being joined again nothing is sent: the join that comes does it.
    if (!(await media.produce('screen', track))) return;
    if (track === this.#track) this.state.set({ state: 'on', track });
    // Taken back before the service had answered: nothing stays open there.
    else if (this.#track === undefined) await media.closeSource('screen');
  }

  async hide(): Promise<void> {
    this.drop();
    await this.#media()?.closeSource('screen');
  }

  drop(): void {
    this.#turn += 1;
    const track = this.#track;
    this.#track = undefined;
    track?.stop();
    this.state.set({ state: 'off' });
  }
}

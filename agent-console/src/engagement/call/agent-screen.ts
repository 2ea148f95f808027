/** The agent's own screen in a call: picked in their browser each time, and taken back at one press there or here. */

import { Store } from '../../app/store.js';
import type { CallMediaSession } from './call-media.js';

export interface AgentScreenState {
  readonly state: 'off' | 'starting' | 'on';
  /** What leaves, as the agent sees it. */
  readonly track?: MediaStreamTrack;
  readonly trouble?: 'none' | 'failed';
}

const wish = {
  video: { frameRate: { ideal: 15, max: 15 }, width: { max: 1920 }, height: { max: 1200 } },
  audio: false,
};

export class AgentScreen {
  readonly state = new Store<AgentScreenState>({ state: 'off' });
  readonly #media: () => CallMediaSession | undefined;
  #track: MediaStreamTrack | undefined;

  constructor(media: () => CallMediaSession | undefined) {
    this.#media = media;
  }

  /** In the turn of a press: the browser asks what is shown. */
  async show(): Promise<void> {
    if (this.#track !== undefined || this.state.value.state === 'starting') return;
    if (typeof navigator.mediaDevices?.getDisplayMedia !== 'function') {
      this.state.set({ state: 'off', trouble: 'none' });
      return;
    }
    this.state.set({ state: 'starting' });
    try {
      const [track] = (await navigator.mediaDevices.getDisplayMedia(wish)).getVideoTracks();
      if (track === undefined) throw new TypeError('The browser gave no track.');
      track.contentHint = 'detail';
      track.addEventListener('ended', () => {
        if (this.#track === track) void this.hide();
      });
      this.#track = track;
      await this.comeBack();
    } catch (error) {
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
    await media.produce('screen', track);
    if (track === this.#track) this.state.set({ state: 'on', track });
  }

  async hide(): Promise<void> {
    this.drop();
    await this.#media()?.closeSource('screen');
  }

  drop(): void {
    const track = this.#track;
    this.#track = undefined;
    track?.stop();
    this.state.set({ state: 'off' });
  }
}

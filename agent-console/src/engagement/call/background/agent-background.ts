/** What is seen behind the agent: chosen in this window's memory, and drawn by code that is loaded with the first choice of one. */

import { loadPart } from '../../../app/load-part.js';
import { Store } from '../../../app/store.js';
import type { Background, BackgroundState, CoverOptions } from './background.js';
import { inTime } from './in-time.js';

type CoverCamera = (camera: MediaStreamTrack, options: CoverOptions) => Promise<MediaStreamTrack>;
/** What draws is large, and needed by few. */
type LoadCover = () => Promise<CoverCamera>;

export class AgentBackground {
  readonly chosen = new Store<Background>('asItIs');
  readonly state = new Store<BackgroundState>('off');
  /** Changes where each camera that is on has to be opened anew. */
  readonly opening = new Store(0);
  /** Cameras that go out as they are. */
  readonly #bare = new Set<MediaStreamTrack>();
  readonly #load: LoadCover;
  #covered = 0;

  constructor(load: LoadCover = async () => (await loadPart(() => import('./cover-camera.js'))).coverCamera) {
    this.#load = load;
  }

  choose(background: Background): void {
    const former = this.chosen.value;
    this.chosen.set(background);
    // Of what is really there nothing leaves from here on: ended, since whatever else is switched can be switched back.
    if (background !== 'asItIs') {
      for (const track of this.#bare) track.stop();
      this.#bare.clear();
    }
    const isHeld = this.state.value === 'failed' || this.state.value === 'slow';
    if (isHeld || (former === 'asItIs') !== (background === 'asItIs'))
      this.opening.update((count) => count + 1);
  }

  /** The camera as it may be shown; undefined where another choice was made meanwhile. */
  async dress(camera: MediaStreamTrack): Promise<MediaStreamTrack | undefined> {
    if (this.#isBare()) {
      for (const track of this.#bare) if (track.readyState === 'ended') this.#bare.delete(track);
      this.#bare.add(camera);
      return camera;
    }
    const dressed = await this.#cover(camera);
    if (!this.#isBare()) return dressed;
    dressed.stop();
    return undefined;
  }

  #isBare(): boolean {
    return this.chosen.value === 'asItIs';
  }

  async #cover(camera: MediaStreamTrack): Promise<MediaStreamTrack> {
    this.#covered += 1;
    const covered = this.#covered;
    const onState = (state: BackgroundState): void => {
      // Of two at a time, as while another camera is taken, the newer one is shown.
      if (covered === this.#covered) this.state.set(state);
    };
    onState('preparing');
    try {
      const coverCamera = await inTime(this.#load());
      return await coverCamera(camera, { chosen: this.chosen, onState });
    } catch {
      camera.stop();
      onState('failed');
      return heldPicture(() => onState('off'));
    }
  }
}

/** Grey, in the place of a camera that nothing can draw over; drawn anew, so that who comes late gets it as well. */
function heldPicture(onOver: () => void): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 360;
  const context = canvas.getContext('2d', { alpha: false });
  const [track] = canvas.captureStream().getTracks();
  if (track === undefined || context === null) throw new TypeError('The browser gave no picture.');
  const draw = (): void => {
    if (track.readyState === 'ended') {
      clearInterval(timer);
      onOver();
    } else {
      context.fillStyle = '#8b8f90';
      context.fillRect(0, 0, canvas.width, canvas.height);
    }
  };
  const timer = setInterval(draw, 500);
  draw();
  return track;
}

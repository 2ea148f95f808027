/** Whether media gets through in one join: a service that answers says nothing of the way that voice and picture take. */

export type MediaWay = 'unused' | 'connecting' | 'through' | 'interrupted';

/** What the browser says of the connection to send and of the one to receive; `isWanted`: there is something for them. */
export function mediaWayOf(states: readonly string[], isWanted: boolean): MediaWay {
  if (states.includes('disconnected')) return 'interrupted';
  if (states.includes('connected')) return 'through';
  return isWanted || states.includes('connecting') ? 'connecting' : 'unused';
}

export interface MediaWatchDeps {
  /** Answers how to call it off. */
  after(ms: number, act: () => void): () => void;
  /** A way that nobody uses is told as one that media get through: nothing is missed. */
  onWay(way: Exclude<MediaWay, 'unused'>): void;
  /** Not even a relay by TLS on a slow line takes that long. */
  onNever(): void;
}

/** Some browsers look for a way for minutes. */
export const CONNECT_MS = 15_000;

export class MediaWatch {
  readonly #deps: MediaWatchDeps;
  #way: () => MediaWay = () => 'unused';
  #stop: () => void = () => undefined;

  constructor(deps: MediaWatchDeps) {
    this.#deps = deps;
  }

  /** Of a room that was just joined, before anything is given into it. */
  begin(way: () => MediaWay): void {
    this.end();
    this.#way = way;
    this.#stop = this.#deps.after(CONNECT_MS, () => {
      if (way() === 'connecting') this.#deps.onNever();
      else this.look();
    });
    this.#deps.onWay(way() === 'through' ? 'through' : 'connecting');
  }

  /** Something has changed, or all is given that there is to give. */
  look(): void {
    const way = this.#way();
    this.#deps.onWay(way === 'unused' ? 'through' : way);
  }

  end(): void {
    this.#stop();
  }
}

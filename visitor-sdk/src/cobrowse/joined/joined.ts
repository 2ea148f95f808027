/** The frames of other origins that show themselves as part of the page, as the recorder uses them. */

import type { ActInFrame, SaidOfActs } from './join-words.js';

/** The way into one joined frame for what agents do there, as long as it has the page that it has now. */
export interface FrameDoor {
  readonly element: HTMLIFrameElement;
  /** What the frame itself calls the node that has this number in the page. */
  ownNumber(id: number): number | undefined;
  pageNumber(own: number): number;
  send(ask: ActInFrame): void;
  /** Hears what the frame says of acts, and undefined once it is gone; whoever listens last is told. */
  listen(hear: (said: SaidOfActs | undefined) => void): void;
}

export interface Joined {
  /** A frame of another origin is part of what is shown. */
  note(id: number): void;
  /** Whether agents see what is in the frame. */
  isShown(id: number): boolean;
  /** The page is about to be shown as a whole. */
  again(): void;
  /** Asks the frames for pictures and fonts, and says how many frames were asked. */
  want(hashes: readonly string[]): number;
  /** Of the frame in which the node with this number is shown. */
  doorOf(id: number): FrameDoor | undefined;
  stop(): void;
}

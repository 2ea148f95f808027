/** The frames of other origins that show themselves as part of the page, as the recorder uses them. */

export interface Joined {
  /** A frame of another origin is part of what is shown. */
  note(id: number): void;
  /** Whether agents see what is in the frame. */
  isShown(id: number): boolean;
  /** The page is about to be shown as a whole. */
  again(): void;
  /** Asks the frames for pictures and fonts, and says how many frames were asked. */
  want(hashes: readonly string[]): number;
  stop(): void;
}

/** Rings softly while somebody asks for a call, with the sound that can be tried before one. */

import { playTestSound } from './sound-level.js';

const EVERY_MS = 6000;

/** Only in a page that was pressed before: browsers keep others silent. Answers how to stop it. */
export function ring(): () => void {
  if (navigator.userActivation?.hasBeenActive !== true) return () => undefined;
  const sound = (): void => void playTestSound().catch(() => undefined);
  sound();
  const timer = setInterval(sound, EVERY_MS);
  return () => clearInterval(timer);
}

/** The key that turns the microphone over while it is held, on the whole page: the visitor may be anywhere on it. */

import { HeldKey } from '@alongside/engagement';
import { useEffect } from 'preact/hooks';
import type { CallController } from '../calling/call-controller.js';

export function useHeldKey({ own, given }: CallController): void {
  useEffect(() => {
    const held = new HeldKey({
      isMuted: () => {
        const state = own.microphone.peek();
        return state === 'on' || state === 'muted' ? state === 'muted' : undefined;
      },
      mute: (muted) => given.mute(muted),
    });
    const over = new AbortController();
    const options = { signal: over.signal, capture: true };
    const down = (event: KeyboardEvent): void => {
      if (held.down(event)) event.preventDefault();
    };
    addEventListener('keydown', down, options);
    addEventListener('keyup', (event) => held.up(event), options);
    // A window that loses the keyboard sees no key go up.
    addEventListener('blur', () => held.release(), options);
    return () => {
      over.abort();
      held.release();
    };
  }, []);
}

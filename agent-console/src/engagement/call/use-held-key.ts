/** The key that turns the microphone over while it is held, wherever in the console the agent is. */

import { HeldKey } from '@alongside/engagement';
import { useEffect } from 'react';
import type { CallClient } from './call-client.js';

export function useHeldKey(call: CallClient): void {
  useEffect(() => {
    const held = new HeldKey({
      isMuted: () => {
        const { state } = call.state.value.microphone;
        return state === 'on' || state === 'muted' ? state === 'muted' : undefined;
      },
      mute: (muted) => void call.mute(muted),
    });
    const over = new AbortController();
    const options = { signal: over.signal, capture: true };
    const down = (event: KeyboardEvent): void => {
      if (held.down(event)) event.preventDefault();
    };
    addEventListener('keydown', down, options);
    addEventListener('keyup', (event) => held.up(event), options);
    // A window that loses the keyboard, also to the replay's frame, sees no key go up.
    addEventListener('blur', () => held.release(), options);
    return () => {
      over.abort();
      held.release();
    };
  }, [call]);
}

/** The key that turns the microphone over while it is held, wherever in the console the agent is. */

import { HeldKey } from '@alongside/engagement';
import { followHeldKey } from '@alongside/frames';
import { useEffect } from 'react';
import type { CallClient } from './call-client.js';

export function useHeldKey(call: CallClient): void {
  useEffect(
    () =>
      followHeldKey(
        new HeldKey({
          isMuted: () => call.given.isMuted,
          mute: (muted) => void call.given.mute(muted),
        }),
      ),
    [call],
  );
}

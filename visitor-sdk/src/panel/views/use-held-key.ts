/** The key that turns the microphone over while it is held, on the whole page: the visitor may be anywhere on it. */

import { HeldKey } from '@alongside/engagement';
import { followHeldKey } from '@alongside/frames';
import { useEffect } from 'preact/hooks';
import type { CallController } from '../calling/call-controller.js';

export function useHeldKey({ own, given }: CallController): void {
  useEffect(
    () =>
      followHeldKey(
        new HeldKey({
          isMuted: () => {
            const state = own.microphone.peek();
            return state === 'on' || state === 'muted' ? state === 'muted' : undefined;
          },
          mute: (muted) => given.mute(muted),
        }),
      ),
    [],
  );
}

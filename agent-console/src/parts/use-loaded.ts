/** Loads a value when a screen appears and whenever it is asked to; answers that came too late are dropped. */

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '../app/failure.js';

export type Loading<T> = { readonly reload: () => void } & (
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'loaded'; readonly value: T; readonly set: (value: T) => void }
);

type Held<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'loaded'; readonly value: T };

/** `key` names what is loaded: another key loads anew. */
export function useLoaded<T>(key: string, load: () => Promise<Result<T>>): Loading<T> {
  const [held, setHeld] = useState<Held<T>>({ state: 'loading' });
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  // The key stands for what is loaded, the turn for loading it again.
  useEffect(() => {
    let isWanted = true;
    setHeld((before) => (turn > 0 && before.state === 'loaded' ? before : { state: 'loading' }));
    void latest.current().then((result) => {
      if (!isWanted) return;
      setHeld(
        result.ok ? { state: 'loaded', value: result.value } : { state: 'failed', failure: result.failure },
      );
    });
    return () => {
      isWanted = false;
    };
  }, [key, turn]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const set = useCallback((value: T) => setHeld({ state: 'loaded', value }), []);
  return held.state === 'loaded' ? { ...held, reload, set } : { ...held, reload };
}

/** One act at a time: whether it is under way, and why the last one failed. */

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '../app/failure.js';

export interface Busy {
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  readonly run: <T>(act: () => Promise<Result<T>>) => Promise<Result<T>>;
  readonly clear: () => void;
}

export function useBusy(): Busy {
  const [state, setState] = useState<{ busy: boolean; failure: Failure | undefined }>({
    busy: false,
    failure: undefined,
  });
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  const run = useCallback(async <T>(act: () => Promise<Result<T>>): Promise<Result<T>> => {
    setState({ busy: true, failure: undefined });
    const result = await act();
    if (isMounted.current) setState({ busy: false, failure: result.ok ? undefined : result.failure });
    return result;
  }, []);
  const clear = useCallback(() => setState({ busy: false, failure: undefined }), []);
  return { ...state, run, clear };
}

/** A signal that ends a fetch with its owner or after a time, for browsers without `AbortSignal.any`. */
export function deadlineSignal(owner: AbortSignal, ms: number): AbortSignal {
  const own = new AbortController();
  const abort = () => own.abort();
  owner.addEventListener('abort', abort, { once: true });
  if (owner.aborted) abort();
  setTimeout(abort, ms);
  return own.signal;
}

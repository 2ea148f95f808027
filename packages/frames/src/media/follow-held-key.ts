/** Listens on the whole page for the key that turns the microphone over while it is held. Answers how to stop. */

interface HeldKey {
  /** Whether the stroke was for it. */
  down(event: KeyboardEvent): boolean;
  up(event: KeyboardEvent): void;
  release(): void;
}

export function followHeldKey(held: HeldKey): () => void {
  const over = new AbortController();
  const options = { signal: over.signal, capture: true };
  const down = (event: KeyboardEvent): void => {
    if (held.down(event)) event.preventDefault();
  };
  addEventListener('keydown', down, options);
  addEventListener('keyup', (event) => held.up(event), options);
  // A window that loses the keyboard, also to a frame in it, sees no key go up.
  addEventListener('blur', () => held.release(), options);
  return () => {
    over.abort();
    held.release();
  };
}

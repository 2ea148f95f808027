/** Waits for a condition instead of for a time. */

const WITHIN_MS = 15_000;

/** Tries until `look` gives something other than undefined, false or an exception; then gives that. */
export async function until<T>(
  look: () => T | Promise<T>,
  withinMs = WITHIN_MS,
): Promise<Exclude<T, undefined | false>> {
  const end = performance.now() + withinMs;
  for (;;) {
    let failure: unknown = new Error('The condition was not met in time.');
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
    } catch (error) {
      failure = error;
    }
    if (performance.now() >= end) throw failure;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

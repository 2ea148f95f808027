/** Keeps the SDK's own faults out of the customer's page. */

/** Runs page-facing code; whatever it throws ends here. */
export function guarded(run: () => void): void {
  try {
    run();
  } catch {
    // The page must work as if the SDK were not there, whatever happens in it.
  }
}

/** Like `guarded`, for work that goes on: a rejection ends here. */
export function unattended(work: Promise<unknown>): void {
  work.catch(() => undefined);
}

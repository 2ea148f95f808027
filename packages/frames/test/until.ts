/** Waits for what must become true, looking again after each turn of the event loop. */

const LIMIT_MS = 8_000;

export async function until(what: string, holds: () => boolean): Promise<void> {
  const startedAt = performance.now();
  while (!holds()) {
    if (performance.now() - startedAt > LIMIT_MS) throw new Error(`Never became true: ${what}.`);
    await new Promise((resume) => setImmediate(resume));
  }
}

/** Lets everything run that is under way, until nothing has happened for some turns of the event loop. */
export async function settle(activity: () => number): Promise<void> {
  let before = activity();
  for (let quiet = 0; quiet < 60; ) {
    await new Promise((resume) => setImmediate(resume));
    const now = activity();
    quiet = now === before ? quiet + 1 : 0;
    before = now;
  }
}

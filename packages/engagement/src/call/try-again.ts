/** Does once more what a moment has spoilt: a command too many, an answer that did not come. */

const PAUSES_MS = [1000, 3000, 8000] as const;

export interface Again {
  /** Whether it is still wanted once it could be done again. */
  readonly isWanted: () => boolean;
  readonly wait: (ms: number) => Promise<void>;
}

/** Rejects with the last reason when it fails four times, and resolves without it once nobody wants it any more. */
export async function tryAgain(act: () => Promise<void>, { isWanted, wait }: Again): Promise<void> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await act();
    } catch {
      await wait(pauseMs);
    }
    if (!isWanted()) return;
  }
  return act();
}

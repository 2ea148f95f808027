/** Waits for what must become true, and for the moment when nothing is under way any more. */

const LIMIT_MS = 8_000;

let underWay = 0;

/** Counts the operations of WebCrypto that are under way, since they finish on other threads. */
function countOperations(): void {
  const operations = [
    'encrypt',
    'decrypt',
    'digest',
    'deriveBits',
    'deriveKey',
    'importKey',
    'exportKey',
    'generateKey',
    'sign',
    'verify',
  ] as const;
  for (const name of operations) {
    const original: (...args: never[]) => Promise<unknown> = crypto.subtle[name];
    const counted = async (...args: never[]): Promise<unknown> => {
      underWay += 1;
      try {
        return await original.apply(crypto.subtle, args);
      } finally {
        underWay -= 1;
      }
    };
    Object.defineProperty(crypto.subtle, name, { value: counted, configurable: true });
  }
}

countOperations();

/** One turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resume) => {
    setImmediate(resume);
  });
}

export async function until(what: string, holds: () => boolean): Promise<void> {
  const startedAt = performance.now();
  while (!holds()) {
    if (performance.now() - startedAt > LIMIT_MS) throw new Error(`Never became true: ${what}.`);
    await turn();
  }
}

/** Lets everything run that is under way: no crypto, no message for some turns of the event loop. */
export async function settle(activity: () => number): Promise<void> {
  let before = activity();
  for (let quiet = 0; quiet < 20; ) {
    await turn();
    const now = activity();
    quiet = now === before && underWay === 0 ? quiet + 1 : 0;
    before = now;
  }
}

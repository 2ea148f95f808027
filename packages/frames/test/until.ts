/** Waits for what must become true, and for the moment when nothing is under way any more. */

const LIMIT_MS = 8_000;

let underWay = 0;

/** Counts what is under way of WebCrypto and of deflating a snapshot, since it is done on other threads. */
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
  for (const name of operations) count(crypto.subtle, name);
  // A snapshot is deflated for as long as the whole of it is waited for.
  count(Response.prototype, 'arrayBuffer');
}

function count<K extends string>(of: { [name in K]: (...args: never[]) => Promise<unknown> }, name: K): void {
  const original = of[name];
  const counted = async function (this: unknown, ...args: never[]): Promise<unknown> {
    underWay += 1;
    try {
      return await original.apply(this, args);
    } finally {
      underWay -= 1;
    }
  };
  Object.defineProperty(of, name, { value: counted, configurable: true });
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

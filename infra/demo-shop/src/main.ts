/** Runs the shop as a process: settings come over IPC, as an argument, or on standard input. */
import { text } from 'node:stream/consumers';
import { parseSdk, parseSettings } from './parse-settings.js';
import { type DemoShop, startDemoShop } from './start-demo-shop.js';

/** What the parent hears: where the shop listens, or why it does not do what was said. */
type Report =
  | { readonly kind: 'listening'; readonly url: string; readonly port: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

function report(message: Report): void {
  if (process.send !== undefined) process.send(message);
  else process.stdout.write(`${JSON.stringify(message)}\n`);
}

function reportFailure(error: unknown): void {
  const known = error instanceof Error ? error : new Error('unknown failure');
  const code = 'code' in known && typeof known.code === 'string' ? known.code : 'badSettings';
  report({ kind: 'failed', code, message: known.message });
}

/** Undefined, with the reason reported and exit code 1, when the shop cannot start. */
async function start(readSettings: () => unknown): Promise<DemoShop | undefined> {
  try {
    const shop = await startDemoShop(parseSettings(readSettings()));
    endWith(shop);
    report({ kind: 'listening', url: shop.url, port: shop.port });

    return shop;
  } catch (error) {
    reportFailure(error);
    process.exitCode = 1;
    if (process.connected) process.disconnect();

    return undefined;
  }
}

/** A parent that is gone takes the channel with it, so the shop is never left behind. */
function endWith(shop: DemoShop): void {
  const end = (): void => {
    void shop.close().then(() => {
      if (process.connected) process.disconnect();
    });
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
}

/** The parent says `{ kind: 'start', settings }` once, and `{ kind: 'setSdk', sdk }` as often as it likes. */
function obeyParent(): void {
  let starting: Promise<DemoShop | undefined> | undefined;
  process.on('message', (message) => {
    if (part(message, 'kind') === 'start') {
      starting ??= start(() => part(message, 'settings'));
    } else if (part(message, 'kind') === 'setSdk') {
      void starting?.then((shop) => setSdk(shop, part(message, 'sdk')));
    }
  });
}

function setSdk(shop: DemoShop | undefined, sdk: unknown): void {
  try {
    shop?.setSdk(parseSdk(sdk));
  } catch (error) {
    // A wrong embedding does not end the shop: it keeps the one it has.
    reportFailure(error);
  }
}

function part(message: unknown, name: string): unknown {
  return typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined;
}

const argument = process.argv[2];
if (argument !== undefined) {
  await start(() => JSON.parse(argument));
} else if (process.send !== undefined) {
  obeyParent();
} else {
  const written = await text(process.stdin);
  await start(() => JSON.parse(written));
}

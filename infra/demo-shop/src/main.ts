/** Runs the shop as a process: settings come over IPC, as an argument, or on standard input. */
import { text } from 'node:stream/consumers';
import { parseSdk, parseSettings } from './parse-settings.js';
import { type DemoShop, startDemoShop } from './start-demo-shop.js';

/** What the parent hears: where the shop listens, or that it cannot. */
type Report =
  | { readonly kind: 'listening'; readonly url: string; readonly port: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

async function start(settings: unknown): Promise<DemoShop | undefined> {
  try {
    const shop = await startDemoShop(parseSettings(settings));
    report({ kind: 'listening', url: shop.url, port: shop.port });
    endWith(shop);

    return shop;
  } catch (error) {
    const known = error instanceof Error ? error : new Error('unknown failure');
    const code = 'code' in known && typeof known.code === 'string' ? known.code : 'badSettings';
    report({ kind: 'failed', code, message: known.message });
    process.exitCode = 1;
    if (process.connected) process.disconnect();

    return undefined;
  }
}

function report(message: Report): void {
  if (process.send !== undefined) process.send(message);
  else process.stdout.write(`${JSON.stringify(message)}\n`);
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

function field(message: unknown, name: string): unknown {
  return typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined;
}

/** The parent says `{ kind: 'start', settings }` once, and `{ kind: 'setSdk', sdk }` as often as it likes. */
function obeyParent(): void {
  let starting: Promise<DemoShop | undefined> | undefined;
  process.on('message', (message) => {
    if (field(message, 'kind') === 'start') {
      starting ??= start(field(message, 'settings'));
    } else if (field(message, 'kind') === 'setSdk') {
      const sdk = parseSdk(field(message, 'sdk'));
      void starting?.then((shop) => shop?.setSdk(sdk));
    }
  });
}

const argument = process.argv[2];
if (argument !== undefined) await start(JSON.parse(argument));
else if (process.send !== undefined) obeyParent();
else await start(JSON.parse(await text(process.stdin)));

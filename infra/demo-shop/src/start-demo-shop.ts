/** Starts the demo customer's shop: the page that Alongside is embedded in. */
import { createServer, type Server } from 'node:http';
import { createRequestListener } from './request-listener.js';
import type { SdkEmbedding } from './sdk-embedding.js';
import { SeenRequests } from './seen-requests.js';
import { ShopSessions } from './shop-session.js';
import { builtDirectory, loadStaticFiles } from './static-files.js';

export interface DemoShopSettings {
  /** Address to listen on. */
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** The name the shop answers to, with all its sub-domains, for example `shop.localhost`. */
  readonly publicHost: string;
  /** Without it the pages render without a script tag. */
  readonly sdk: SdkEmbedding | undefined;
  /** Where `assets` and `media` lie; by default where the build puts them. */
  readonly builtDirectory?: string;
}

export interface DemoShop {
  /** The address for people, as `http://shop.localhost:3003`. */
  readonly url: string;
  /** The port it listens on: programs connect to the host they gave and send the name in `Host`. */
  readonly port: number;
  /** Every page from now on carries this embedding. */
  setSdk(sdk: SdkEmbedding | undefined): void;
  /** Ends open connections as well; calling it again is harmless. */
  close(): Promise<void>;
}

export async function startDemoShop(settings: DemoShopSettings): Promise<DemoShop> {
  const files = await loadStaticFiles(settings.builtDirectory ?? builtDirectory());
  let { sdk } = settings;
  const server = createServer(
    createRequestListener({
      publicHost: settings.publicHost,
      files,
      sessions: new ShopSessions(),
      seen: new SeenRequests(),
      sdk: () => sdk,
    }),
  );
  const port = await listen(server, settings);

  return {
    url: `http://${settings.publicHost}:${port}`,
    port,
    setSdk: (embedding) => {
      sdk = embedding;
    },
    close: () => close(server),
  };
}

function listen(server: Server, { host, port }: DemoShopSettings): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // Closing a server twice reports an error, which here only says that the work is done.
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

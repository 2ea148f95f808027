/** The positive control: rrweb's own replayer in a page of no policy, in a frame of no sandbox. */

import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import type { HostileEvent } from './hostile-events.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The library refuses to build a page without its sandbox, so the frame is told that it has one and given none.
 * Each event is applied at once, as our own replay does it; one that throws does not keep the others from it.
 */
const script = `
  import { Replayer } from 'rrweb';
  const { setAttribute } = HTMLIFrameElement.prototype;
  HTMLIFrameElement.prototype.setAttribute = function (name, value) {
    if (name !== 'sandbox') setAttribute.call(this, name, value);
  };
  Object.defineProperty(HTMLIFrameElement.prototype, 'sandbox', { get: () => ['allow-same-origin'] });
  window.play = (events) => {
    const quiet = { log: () => undefined, warn: () => undefined };
    const replayer = new Replayer([], {
      root: document.body, liveMode: true, useVirtualDom: false, showWarning: false, logger: quiet,
    });
    replayer.service.state.context.events.push(events[0]);
    const failed = [];
    for (const event of events) {
      try {
        replayer.getCastFn(event, true)();
      } catch (error) {
        failed.push(String(error));
      }
    }
    replayer.emitter.emit('flush');
    return failed;
  };
`;

type Playing = Window & typeof globalThis & { play(events: readonly unknown[]): readonly string[] };

export class PlainReplay {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<PlainReplay> {
    const bundle = await build({
      stdin: { contents: script, resolveDir: `${root}agent-console`, loader: 'js' },
      bundle: true,
      write: false,
      format: 'iife',
    });
    const code = bundle.outputFiles[0]?.text ?? '';
    // It comes from a server, since a browser treats what a test answers for one as an address of the outside.
    const server = createServer((request, response) => {
      const isScript = request.url === '/play.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
      response.end(isScript ? code : '<!doctype html><body></body><script src="/play.js"></script>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PlainReplay(server);
  }

  /** Plays the events on a page of this kind; what an event threw is returned. */
  async play(page: Page, events: readonly HostileEvent[]): Promise<readonly string[]> {
    await this.open(page);
    return page.evaluate((all) => (window as unknown as Playing).play(all), events);
  }

  async open(page: Page): Promise<void> {
    const { port } = this.#server.address() as AddressInfo;
    await page.goto(`http://plain.localhost:${port}/`);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

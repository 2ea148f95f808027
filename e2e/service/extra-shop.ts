/** One more shop, under a name of its own: the pages of a customer that is made in the console. */

import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findFreePorts } from './free-ports.js';

const main = fileURLToPath(new URL('../../infra/demo-shop/dist/main.js', import.meta.url));

export interface ShopSdk {
  readonly scriptUrl: string;
  readonly siteKey: string;
  readonly connectOrigins: readonly string[];
}

export class ExtraShop {
  readonly origin: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, origin: string) {
    this.#child = child;
    this.origin = origin;
  }

  static async start(name: string): Promise<ExtraShop> {
    const [port] = await findFreePorts(1);
    const publicHost = `${name}.localhost`;
    const child = fork(main, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    await new Promise<void>((resolve, reject) => {
      child.once('message', (message) => {
        const kind =
          typeof message === 'object' && message !== null ? Reflect.get(message, 'kind') : undefined;
        if (kind === 'listening') resolve();
        else reject(new Error('The shop does not start.'));
      });
      child.once('exit', () => reject(new Error('The shop ended at its start.')));
      child.send({ kind: 'start', settings: { host: '127.0.0.1', port, publicHost } });
    });
    return new ExtraShop(child, `http://${publicHost}:${port}`);
  }

  /** Every page from now on carries this script tag. */
  embed(sdk: ShopSdk): void {
    this.#child.send({ kind: 'setSdk', sdk });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#child.removeAllListeners('exit');
      this.#child.once('exit', () => resolve());
      this.#child.kill('SIGTERM');
    });
  }
}

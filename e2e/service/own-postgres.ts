/** A Postgres of the test's own, which it can stop and start while the service runs. */

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedPostgres } from '../../server/src/app/embedded-postgres/index.js';
import { startEmbeddedPostgres } from '../../server/src/app/embedded-postgres/index.js';

export class OwnPostgres {
  readonly #dataDir: string;
  #running: EmbeddedPostgres;

  private constructor(dataDir: string, running: EmbeddedPostgres) {
    this.#dataDir = dataDir;
    this.#running = running;
  }

  static async open(): Promise<OwnPostgres> {
    const dataDir = await mkdtemp(join(tmpdir(), 'alongside-e2e-postgres-'));
    await chmod(dataDir, 0o711);
    return new OwnPostgres(dataDir, await startEmbeddedPostgres({ dataDir: join(dataDir, 'data') }));
  }

  get ownerUrl(): string {
    return this.#running.url('owner');
  }

  get appUrl(): string {
    return this.#running.url('app');
  }

  async stop(): Promise<void> {
    await this.#running.stop();
  }

  /** At the same address. */
  async startAgain(): Promise<void> {
    const { port } = this.#running;
    this.#running = await startEmbeddedPostgres({ dataDir: join(this.#dataDir, 'data'), port });
  }

  async close(): Promise<void> {
    await this.#running.stop().catch(() => undefined);
    await rm(this.#dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

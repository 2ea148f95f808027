/** The word of the start about the media worker, as `npm start` writes it for the service. */

import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export class MediaWorkerStatusFile {
  readonly path: string;
  readonly #bin: string | undefined;

  private constructor(path: string, bin: string | undefined) {
    this.path = path;
    this.#bin = bin;
  }

  /** Says at first that the worker is being built. */
  static async create(bin: string | undefined): Promise<MediaWorkerStatusFile> {
    const folder = await mkdtemp(join(tmpdir(), 'alongside-e2e-worker-'));
    const file = new MediaWorkerStatusFile(join(folder, 'status.json'), bin);
    await file.building(3, 9);
    return file;
  }

  building(done: number, total: number): Promise<void> {
    return this.#write({ state: 'building', done, total });
  }

  /** Harmless when repeated. */
  ready(): Promise<void> {
    if (this.#bin === undefined) throw new Error('There is no media worker on this machine.');
    return this.#write({ state: 'ready', bin: this.#bin });
  }

  remove(): Promise<void> {
    return rm(dirname(this.path), { recursive: true, force: true });
  }

  /** Replaced in one step: nobody reads half of it. */
  async #write(status: object): Promise<void> {
    await writeFile(`${this.path}.new`, JSON.stringify(status));
    await rename(`${this.path}.new`, this.path);
  }
}

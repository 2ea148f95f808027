/** Stands for the page's images, fonts and foreign sheets until the code that fetches them is there. */

import type { CssAssetKind } from '../masking/css/css-declaration.js';
import type { MovingPart, PageAssetsDeps } from '../moving/moving-part.js';
import type { MadeAsset, PageAsset, PageAssets } from './page-assets.js';
import { missingAsset } from './page-assets.js';

/** The store fetches no more addresses than this either. */
const MOST_ASKED = 500;
/** After a load that failed; the last counts for all that follow. */
const RETRY_MS = [1000, 4000, 16_000, 60_000];

export class LaterAssets implements PageAssets {
  readonly #load: (() => Promise<MovingPart>) | undefined;
  readonly #deps: PageAssetsDeps;
  readonly #asked = new Map<string, CssAssetKind>();
  readonly #sheets = new Map<number, string>();
  #assets: PageAssets | undefined;
  #loading: Promise<void> | undefined;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  /** Without anything to load, images stay covered. */
  constructor(load: (() => Promise<MovingPart>) | undefined, deps: PageAssetsDeps) {
    this.#load = load;
    this.#deps = deps;
  }

  reference(address: string, kind: CssAssetKind): string | 'pending' | undefined {
    if (this.#assets !== undefined) return this.#assets.reference(address, kind);
    if (this.#load === undefined || this.#isClosed || this.#asked.size >= MOST_ASKED) return undefined;
    this.#asked.set(address, kind);
    void this.#start();
    return 'pending';
  }

  /** Before there are any, nobody has been told of one. */
  want(hashes: readonly string[]): readonly PageAsset[] {
    return this.#assets?.want(hashes) ?? hashes.map(missingAsset);
  }

  async put(made: MadeAsset): Promise<string | undefined> {
    await this.#start();
    return await this.#assets?.put(made);
  }

  drop(hash: string): void {
    this.#assets?.drop(hash);
  }

  readSheet(id: number, address: string): void {
    if (this.#assets !== undefined) {
      this.#assets.readSheet(id, address);
      return;
    }
    if (this.#load === undefined || this.#isClosed || this.#sheets.size >= MOST_ASKED) return;
    this.#sheets.set(id, address);
    void this.#start();
  }

  /** Nobody watches any more: what was asked for is asked for again with the next snapshot. */
  rest(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#asked.clear();
    this.#sheets.clear();
  }

  close(): void {
    this.#isClosed = true;
    this.rest();
    this.#assets?.close();
  }

  /** Between two tries nothing is loaded, however much is asked for. */
  async #start(): Promise<void> {
    if (this.#isClosed || this.#retry !== undefined) return;
    this.#loading ??= this.#bring().catch(() => this.#failed());
    await this.#loading;
  }

  /** What waits stays covered until a later try. */
  #failed(): void {
    this.#loading = undefined;
    if (this.#isClosed) return;
    const afterMs = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)];
    this.#failures += 1;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      if (this.#asked.size + this.#sheets.size > 0) void this.#start();
    }, afterMs);
  }

  async #bring(): Promise<void> {
    const part = await this.#load?.();
    if (part === undefined || this.#isClosed) return;
    const assets = part.startAssets(this.#deps);
    this.#assets = assets;
    for (const [id, address] of this.#sheets) assets.readSheet(id, address);
    let isAnyPending = false;
    for (const [address, kind] of this.#asked) {
      if (assets.reference(address, kind) === 'pending') isAnyPending = true;
      else this.#deps.onSettled(address);
    }
    if (!isAnyPending) this.#deps.onIdle();
    this.#asked.clear();
    this.#sheets.clear();
  }
}

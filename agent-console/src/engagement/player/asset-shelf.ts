/** Which pictures, fonts and styles were asked for: each once, a few at a time, and none of them kept here. */

import type { PageAsset } from '@alongside/frames';
import { frameLimits } from '@alongside/protocol';
import type { Checked } from './event-grammar.js';

export interface Delivered {
  readonly hash: string;
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

type Named = Pick<Extract<Checked, { ok: true }>, 'assets' | 'pictures'>;

export interface AssetShelfDeps {
  readonly want: (hashes: readonly string[]) => void;
  readonly deliver: (asset: Delivered) => void;
}

/** Assets are asked for once more when they have not come by then. */
const AGAIN_MS = 8_000;
const MOST_ASKS = 3;
const TYPES =
  /^(?:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)|font\/(?:woff2?|ttf|otf)|application\/font-woff2?|text\/css)$/;

export class AssetShelf {
  readonly #deps: AssetShelfDeps;
  readonly #asks = new Map<string, number>();
  readonly #done = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: AssetShelfDeps) {
    this.#deps = deps;
  }

  need({ assets, pictures }: Named): void {
    // One that was shown before has been let go of since.
    for (const hash of pictures) this.#done.delete(hash);
    const named = new Set([...assets, ...pictures]);
    this.#ask([...named].filter((hash) => !this.#done.has(hash) && !this.#asks.has(hash)));
  }

  received(asset: PageAsset): void {
    if (this.#done.has(asset.hash)) return;
    this.#done.add(asset.hash);
    this.#asks.delete(asset.hash);
    if (asset.bytes === undefined || !TYPES.test(asset.contentType)) return;
    const bytes = new Uint8Array(asset.bytes);
    this.#deps.deliver({ hash: asset.hash, contentType: asset.contentType, bytes });
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #ask(hashes: readonly string[]): void {
    for (let start = 0; start < hashes.length; start += frameLimits.wantHashes) {
      this.#deps.want(hashes.slice(start, start + frameLimits.wantHashes));
    }
    for (const hash of hashes) this.#asks.set(hash, (this.#asks.get(hash) ?? 0) + 1);
    if (this.#asks.size === 0 || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#ask([...this.#asks].filter(([, asks]) => asks < MOST_ASKS).map(([hash]) => hash));
    }, AGAIN_MS);
  }
}

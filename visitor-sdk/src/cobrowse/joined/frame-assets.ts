/** Pictures and fonts of joined frames: asked of the frames once the page itself does not have them. */

import type { PageAsset } from '../assets/page-assets.js';

export interface FrameAssetsDeps {
  /** Asks the joined frames, and says how many there are. */
  ask(hashes: readonly string[]): number;
  send(slot: number, asset: PageAsset): void;
}

/** Agents ask again for what has not come; more at once is nothing that a page shows. */
const MOST_WAITING = 500;

export class FrameAssets {
  readonly #deps: FrameAssetsDeps;
  readonly #waiting = new Map<string, { readonly slots: Set<number>; unanswered: number }>();

  constructor(deps: FrameAssetsDeps) {
    this.#deps = deps;
  }

  /** Sends what is there, and asks the frames for the rest. */
  answer(slot: number, assets: readonly PageAsset[]): void {
    const missing: PageAsset[] = [];
    for (const asset of assets) {
      if (asset.bytes === undefined) missing.push(asset);
      else this.#deps.send(slot, asset);
    }
    if (missing.length === 0) return;
    const asked = this.#waiting.size < MOST_WAITING ? this.#deps.ask(missing.map(({ hash }) => hash)) : 0;
    for (const asset of missing) {
      if (asked === 0) this.#deps.send(slot, asset);
      else this.#wait(slot, asset.hash, asked);
    }
  }

  /** A frame has it, or has it not. */
  came(asset: PageAsset): void {
    const waiting = this.#waiting.get(asset.hash);
    if (waiting === undefined) return;
    waiting.unanswered -= 1;
    if (asset.bytes === undefined && waiting.unanswered > 0) return;
    this.#waiting.delete(asset.hash);
    for (const slot of waiting.slots) this.#deps.send(slot, asset);
  }

  clear(): void {
    this.#waiting.clear();
  }

  #wait(slot: number, hash: string, asked: number): void {
    const slots = this.#waiting.get(hash)?.slots ?? new Set();
    this.#waiting.set(hash, { slots: slots.add(slot), unanswered: asked });
  }
}

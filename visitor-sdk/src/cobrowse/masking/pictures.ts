/** Knows which elements wait for which image, so that they are shown again when it has been fetched. */

import type { StyleAssets } from './css/style-masking.js';

const PREFIX = 'alongside-asset:';

export class Pictures {
  readonly #assets: StyleAssets;
  readonly #waiting = new Map<string, Set<number>>();

  constructor(assets: StyleAssets) {
    this.#assets = assets;
  }

  /** The hash of the image at an address, or undefined while it is not there. */
  reference(address: string, id: number): string | undefined {
    const reference = this.#assets.reference(address, 'image');
    if (reference === 'pending') {
      const ids = this.#waiting.get(address);
      if (ids === undefined) this.#waiting.set(address, new Set([id]));
      else ids.add(id);
      return undefined;
    }
    return reference?.slice(PREFIX.length);
  }

  /** The elements that waited for this address. */
  settled(address: string): readonly number[] {
    const ids = this.#waiting.get(address);
    this.#waiting.delete(address);
    return ids === undefined ? [] : [...ids];
  }
}

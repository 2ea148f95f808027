/** What the page is drawn from, as masking and the agents ask for it: images, fonts, and sheets of other origins. */

import type { StyleAssets } from '../masking/css/style-masking.js';

export interface PageAsset {
  /** SHA-256 of the bytes, base64url. */
  readonly hash: string;
  readonly contentType: string;
  /** Absent when the asset is not to be had. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
}

export interface MadeAsset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

export interface PageAssets extends StyleAssets {
  /** The assets that an agent asks for; one that is not there is answered as missing. */
  want(hashes: readonly string[]): readonly PageAsset[];
  /** Keeps what was made here and not fetched; undefined when there is no room for it. */
  put(made: MadeAsset): Promise<string | undefined>;
  /** Forgets what was put and is not shown any more. */
  drop(hash: string): void;
  /** Reads a style sheet of another origin for an element. */
  readSheet(id: number, address: string): void;
  close(): void;
}

export function missingAsset(hash: string): PageAsset {
  return { hash, contentType: 'application/octet-stream', bytes: undefined };
}

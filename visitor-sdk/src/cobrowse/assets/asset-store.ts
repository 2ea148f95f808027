/**
 * Fetches the images and fonts that the shown part of the page is drawn from, through the visitor's own
 * session, and keeps them in memory under the hash of their bytes. The agent's browser never asks the site.
 */

import type { CssAssetKind } from '../masking/css/css-declaration.js';
import { parseAddress } from '../page-address.js';
import { sniffAsset } from './asset-type.js';
import { deadlineSignal } from './fetch-deadline.js';
import type { MadeAsset, PageAsset, PageAssets } from './page-assets.js';
import { missingAsset } from './page-assets.js';

export interface AssetStoreDeps {
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
  readonly digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>;
  readonly origin: string;
  now(): number;
  /** What was `pending` at this address is there, or will never be. */
  onSettled(address: string): void;
  /** Nothing is on its way any more. */
  onIdle(): void;
}

export const assetLimits = {
  bytesEach: 256 * 1024,
  bytesInAll: 4 * 1024 * 1024,
  addresses: 500,
  atOnce: 4,
  /** Fetches begun within ten seconds. */
  per10s: 60,
  fetchMs: 10_000,
  refusedInARow: 8,
} as const;

const ASSET_SCHEME = 'alongside-asset:';

interface Entry {
  readonly kind: CssAssetKind;
  state: 'pending' | 'failed' | { readonly hash: string };
}

export class AssetStore implements Omit<PageAssets, 'readSheet'> {
  readonly #deps: AssetStoreDeps;
  readonly #entries = new Map<string, Entry>();
  readonly #assets = new Map<string, PageAsset>();
  readonly #queue: string[] = [];
  readonly #abort = new AbortController();
  #starts: number[] = [];
  #running = 0;
  /** Fetches in a row that came to nothing before an answer: then the page's policy forbids them all. */
  #refused = 0;
  #bytes = 0;

  constructor(deps: AssetStoreDeps) {
    this.#deps = deps;
  }

  /** `alongside-asset:<hash>`; `pending` while it is being fetched; undefined when it cannot be shown. */
  reference(address: string, kind: CssAssetKind): string | 'pending' | undefined {
    const known = this.#entries.get(address);
    if (known !== undefined) return known.kind === kind ? referenceOf(known) : undefined;
    if (this.#refused >= assetLimits.refusedInARow) return undefined;
    if (!isFetchable(address) || this.#entries.size >= assetLimits.addresses || !this.#mayStart())
      return undefined;
    this.#entries.set(address, { kind, state: 'pending' });
    this.#queue.push(address);
    this.#next();
    return 'pending';
  }

  want(hashes: readonly string[]): readonly PageAsset[] {
    return hashes.map((hash) => this.#assets.get(hash) ?? missingAsset(hash));
  }

  async put(made: MadeAsset): Promise<string | undefined> {
    if (made.bytes.byteLength > assetLimits.bytesEach) return undefined;
    return await this.#keep(made.bytes, made.contentType);
  }

  drop(hash: string): void {
    this.#bytes -= this.#assets.get(hash)?.bytes?.byteLength ?? 0;
    this.#assets.delete(hash);
  }

  close(): void {
    this.#abort.abort();
    this.#entries.clear();
    this.#assets.clear();
    this.#queue.length = 0;
  }

  #mayStart(): boolean {
    const since = this.#deps.now() - 10_000;
    this.#starts = this.#starts.filter((startedAtMs) => startedAtMs > since);
    if (this.#starts.length >= assetLimits.per10s) return false;
    this.#starts.push(this.#deps.now());
    return true;
  }

  #next(): void {
    while (this.#running < assetLimits.atOnce) {
      const address = this.#queue.shift();
      if (address === undefined) return;
      this.#running += 1;
      void this.#settle(address);
    }
  }

  async #settle(address: string): Promise<void> {
    const entry = this.#entries.get(address);
    const hash = entry === undefined ? undefined : await this.#load(address, entry.kind);
    this.#running -= 1;
    // The engagement may have ended while the bytes were on their way.
    if (this.#abort.signal.aborted || entry === undefined) return;
    entry.state = hash === undefined ? 'failed' : { hash };
    this.#deps.onSettled(address);
    this.#next();
    if (this.#running === 0) this.#deps.onIdle();
  }

  async #load(address: string, kind: CssAssetKind): Promise<string | undefined> {
    try {
      this.#refused += 1;
      const response = await this.#fetch(address);
      this.#refused = 0;
      if (!response.ok) return undefined;
      const bytes = await readAtMost(response, assetLimits.bytesEach);
      const contentType = bytes && sniffAsset(bytes, response.headers.get('content-type') ?? '');
      if (bytes === undefined || contentType === undefined || !contentType.startsWith(kind)) return undefined;
      return await this.#keep(bytes, contentType);
    } catch {
      // Refused by the site's policy, by the other origin, or lost: the element keeps its grey box.
      return undefined;
    }
  }

  /** The cache of the browser has nearly every image, as the page has just shown it. */
  #fetch(address: string): Promise<Response> {
    const isOwn = parseAddress(address)?.origin === this.#deps.origin;
    return this.#deps.fetch(address, {
      mode: 'cors',
      credentials: isOwn ? 'same-origin' : 'omit',
      cache: 'force-cache',
      signal: deadlineSignal(this.#abort.signal, assetLimits.fetchMs),
    });
  }

  async #keep(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<string | undefined> {
    const hash = base64url(new Uint8Array(await this.#deps.digest(bytes)));
    // The store may have been closed while the hash was made.
    if (this.#abort.signal.aborted) return undefined;
    if (this.#assets.has(hash)) return hash;
    if (this.#bytes + bytes.byteLength > assetLimits.bytesInAll) return undefined;
    this.#bytes += bytes.byteLength;
    this.#assets.set(hash, { hash, contentType, bytes });
    return hash;
  }
}

function referenceOf(entry: Entry): string | 'pending' | undefined {
  if (entry.state === 'failed') return undefined;
  return entry.state === 'pending' ? 'pending' : ASSET_SCHEME + entry.state.hash;
}

function isFetchable(address: string): boolean {
  if (address.length > assetLimits.bytesEach * 2) return false;
  return /^(?:https?|data|blob):$/.test(parseAddress(address)?.protocol ?? '');
}

/** Reads a body unless it is longer than allowed. */
export async function readAtMost(
  response: Response,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const declared = Number(response.headers.get('content-length') ?? 0);
  const reader = response.body?.getReader();
  if (declared > limit || reader === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > limit) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

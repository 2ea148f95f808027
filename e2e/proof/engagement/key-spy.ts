/**
 * Tells a run of the raw keys that senders seal under: they cannot be read out of the browser afterwards, so that
 * the taking in of each is listened to, on the page and in the worker that seals.
 */

import type { BrowserContext } from '@playwright/test';
import { runFirstInWorkers } from './first-in-workers.js';

const BINDING = 'proofKeyTaken';

export class KeySpy {
  readonly #keys = new Set<string>();

  /** Has to come before the first page of the context. */
  async watch(context: BrowserContext): Promise<void> {
    await context.exposeBinding(BINDING, (_source, key: unknown) => {
      if (typeof key === 'string') this.#keys.add(key);
    });
    await context.addInitScript(spyOnPage, BINDING);
    await runFirstInWorkers(context, `(${spyInWorker.toString()})();`);
  }

  get keys(): readonly Uint8Array<ArrayBuffer>[] {
    return [...this.#keys].map((key) => new Uint8Array(Buffer.from(key, 'hex')));
  }
}

/** The two functions below run in the browser and stand each for itself. */

function spyOnPage(binding: string): void {
  const tell = (key: string): void => {
    const told: unknown = Reflect.get(window, binding);
    if (typeof told === 'function') told(key);
  };
  new BroadcastChannel('proof-keys').addEventListener('message', ({ data }) => tell(String(data)));
  if (!('subtle' in crypto)) return;
  const { importKey } = SubtleCrypto.prototype;
  SubtleCrypto.prototype.importKey = function importHeard(
    this: SubtleCrypto,
    ...given: Parameters<typeof importKey>
  ): ReturnType<typeof importKey> {
    const [format, raw, algorithm] = given;
    // The secret by which a next page is known lies in the browser's session by design, and opens no frame.
    const isContinuity = typeof algorithm === 'object' && algorithm.name === 'HMAC';
    if (format === 'raw' && !isContinuity && ArrayBuffer.isView(raw) && raw.byteLength === 32) {
      const bytes = new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength);
      tell(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));
    }
    return Reflect.apply(importKey, this, given);
  } as typeof importKey;
}

function spyInWorker(): void {
  const told = new BroadcastChannel('proof-keys');
  const { importKey } = SubtleCrypto.prototype;
  SubtleCrypto.prototype.importKey = function importHeard(
    this: SubtleCrypto,
    ...given: Parameters<typeof importKey>
  ): ReturnType<typeof importKey> {
    const [format, raw, algorithm] = given;
    // The secret by which a next page is known lies in the browser's session by design, and opens no frame.
    const isContinuity = typeof algorithm === 'object' && algorithm.name === 'HMAC';
    if (format === 'raw' && !isContinuity && ArrayBuffer.isView(raw) && raw.byteLength === 32) {
      const bytes = new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength);
      told.postMessage(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));
    }
    return Reflect.apply(importKey, this, given);
  } as typeof importKey;
}

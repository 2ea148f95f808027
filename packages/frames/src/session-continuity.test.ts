/** Where continuity secrets are kept, and what is done when they cannot be. */

import { afterEach, describe, expect, it } from 'vitest';
import type { ContinuityEntry, ContinuityStorage } from './continuity.js';
import { ContinuityBook, createEntry } from './continuity.js';
import { sessionContinuity } from './session-continuity.js';

const original = Object.getOwnPropertyDescriptor(globalThis, 'sessionStorage');

afterEach(() => {
  if (original === undefined) Reflect.deleteProperty(globalThis, 'sessionStorage');
  else Object.defineProperty(globalThis, 'sessionStorage', original);
});

function entry(): Promise<ContinuityEntry> {
  return createEntry(crypto.getRandomValues(new Uint8Array(32)), '123456');
}

describe('the storage of a tab', () => {
  it('is its sessionStorage', () => {
    const items = new Map<string, string>();
    const value = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, text: string) => void items.set(key, text),
      removeItem: (key: string) => void items.delete(key),
    };
    Object.defineProperty(globalThis, 'sessionStorage', { value, configurable: true });
    const storage = sessionContinuity();
    storage.set('a', '1');
    expect([storage.get('a'), storage.get('b'), items.get('a')]).toEqual(['1', undefined, '1']);
    storage.delete('a');
    expect(items.size).toBe(0);
  });

  it('is memory where the page may not even look at it', () => {
    Object.defineProperty(globalThis, 'sessionStorage', {
      get: () => {
        throw new DOMException('The document is sandboxed.', 'SecurityError');
      },
      configurable: true,
    });
    const storage = sessionContinuity();
    storage.set('a', '1');
    expect(storage.get('a')).toBe('1');
    storage.delete('a');
    expect(storage.get('a')).toBeUndefined();
  });
});

describe('the book of secrets', () => {
  it('holds the newest and the one it is told to keep, for each peer, across pages', async () => {
    const storage = sessionContinuity();
    const [first, second, third] = [await entry(), await entry(), await entry()];
    const book = new ContinuityBook(storage, 'e');
    book.replace('one', first);
    book.replace('one', second, first);
    book.replace('two', third);
    const next = new ContinuityBook(storage, 'e');
    expect(next.entries('one')).toEqual([second, first]);
    expect(next.entries('two')).toEqual([third]);
    expect(new ContinuityBook(storage, 'other').entries('one')).toEqual([]);
    next.forget();
    expect(next.entries('one')).toEqual([]);
    expect(new ContinuityBook(storage, 'e').entries('two')).toEqual([]);
  });

  it('goes on in memory when the storage refuses', async () => {
    const refuse = (): never => {
      throw new DOMException('The quota is exceeded.', 'QuotaExceededError');
    };
    const book = new ContinuityBook({ get: refuse, set: refuse, delete: refuse }, 'e');
    const held = await entry();
    book.replace('one', held);
    expect(book.entries('one')).toEqual([held]);
    book.forget();
    expect(book.entries('one')).toEqual([]);
  });

  it.each([
    '',
    '7',
    'null',
    '[]',
    '{"one":7}',
    '{"one":[{}]}',
    '{"one":[{"name":"x","secret":"y","code":"1"}]}',
  ])('reads nothing from %j', (text) => {
    const storage: ContinuityStorage = { get: () => text, set: () => undefined, delete: () => undefined };
    expect(new ContinuityBook(storage, 'e').entries('one')).toEqual([]);
  });
});

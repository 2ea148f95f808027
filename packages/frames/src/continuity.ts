/**
 * Proving on a next page, or after a reconnection, that this is still the same person: a 256-bit secret that
 * each agreement yields, kept by both sides until the next one, so that the code they compared once stays.
 */

import type { Party } from '@alongside/protocol';
import type { Bytes } from './bytes.js';
import { concatBytes, fromBase64url, sha256, toBase64url, utf8 } from './bytes.js';
import { KNOWN_SECRETS, NAME_BYTES } from './hello.js';
import { HASH_BYTES } from './key-agreement.js';

/** Where secrets outlive a page; `sessionStorage` in a browser. */
export interface ContinuityStorage {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  delete(key: string): void;
}

/** `kept`: the code is the one from before. `new`: it has changed, and people who compared it should again. */
export type Continuity = 'kept' | 'new';

/** One secret, its name on the wire, and the code that people may have compared. */
export interface ContinuityEntry {
  readonly name: string;
  readonly secret: string;
  readonly code: string;
}

export async function createEntry(secret: Bytes, code: string): Promise<ContinuityEntry> {
  const hash = await sha256(concatBytes(utf8('alongside/frames/1 secret name'), secret));
  return { name: toBase64url(hash.subarray(0, NAME_BYTES)), secret: toBase64url(secret), code };
}

/** Proof that this side holds the secret, bound to its role and to this very agreement. */
export async function proveEntry(entry: ContinuityEntry, party: Party, transcript: Bytes): Promise<Bytes> {
  const key = await macKey(entry);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, statement(party, transcript)));
}

export async function holdsEntry(
  entry: ContinuityEntry,
  proof: { readonly party: Party; readonly transcript: Bytes; readonly mac: Bytes },
): Promise<boolean> {
  const key = await macKey(entry);
  return crypto.subtle.verify('HMAC', key, proof.mac, statement(proof.party, proof.transcript));
}

function statement(party: Party, transcript: Bytes): Bytes {
  return concatBytes(utf8(`alongside/frames/1 same ${party}`), transcript);
}

function macKey(entry: ContinuityEntry): Promise<CryptoKey> {
  const secret = fromBase64url(entry.secret, HASH_BYTES);
  if (secret === undefined) throw new TypeError('A continuity entry holds a 256-bit secret.');
  return crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

/**
 * The secrets one side holds with its peers in one engagement. What a storage refuses (a sandboxed page, a
 * full quota) is held in memory only, and is gone with the page.
 */
export class ContinuityBook {
  readonly #storage: ContinuityStorage | undefined;
  readonly #key: string;
  readonly #entries: Map<string, readonly ContinuityEntry[]>;

  constructor(storage: ContinuityStorage | undefined, engagement: string) {
    this.#storage = storage;
    this.#key = `alongside.continuity.${engagement}`;
    this.#entries = parseBook(attempt(() => storage?.get(this.#key)));
  }

  /** The secrets held with a peer, the newest first. */
  entries(peer: string): readonly ContinuityEntry[] {
    return this.#entries.get(peer) ?? [];
  }

  /** Puts the newest secret in place of those before it, except `alsoKeep`. */
  replace(peer: string, entry: ContinuityEntry, alsoKeep?: ContinuityEntry): void {
    this.#entries.set(peer, alsoKeep === undefined ? [entry] : [entry, alsoKeep]);
    const text = JSON.stringify(Object.fromEntries(this.#entries));
    attempt(() => this.#storage?.set(this.#key, text));
  }

  /** Forgets everything, at the end of the engagement. */
  forget(): void {
    this.#entries.clear();
    attempt(() => this.#storage?.delete(this.#key));
  }
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    // Storage is forbidden or full: continuity then ends with the page, which both sides are told.
    return undefined;
  }
}

function parseBook(text: string | undefined): Map<string, readonly ContinuityEntry[]> {
  const value = text === undefined ? undefined : attempt((): unknown => JSON.parse(text));
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(Object.entries(value).map(([peer, entries]) => [peer, parseEntries(entries)]));
}

function parseEntries(value: unknown): readonly ContinuityEntry[] {
  return Array.isArray(value) ? value.filter(isEntry).slice(0, KNOWN_SECRETS) : [];
}

function isEntry(value: unknown): value is ContinuityEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { name, secret, code } = value as Record<string, unknown>;
  return (
    fromBase64url(name, NAME_BYTES) !== undefined &&
    fromBase64url(secret, HASH_BYTES) !== undefined &&
    typeof code === 'string' &&
    /^\d{6}$/.test(code)
  );
}

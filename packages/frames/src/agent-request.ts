/** The sealed bodies of an agent's `resume` and `want`. */

import { frameLimits } from '@alongside/protocol';
import { fromBase64url } from './bytes.js';
import { HASH_BYTES } from './key-agreement.js';

/** A place in the stream: the first `sequence` frames of the epoch lie before it. */
export interface StreamPosition {
  readonly epoch: number;
  readonly sequence: number;
}

/** What an agent asks for: everything from a position on, or a snapshot where there is none. */
export interface ResumeRequest {
  readonly from: StreamPosition | undefined;
  /** The newest epoch whose key the agent has: it tells whether a snapshot that was sent had come by then. */
  readonly known: number | undefined;
}

export function writeResume({ from, known }: ResumeRequest): unknown {
  return { ...from, ...(known === undefined ? {} : { known }) };
}

export function readResume(value: unknown): ({ readonly kind: 'resume' } & ResumeRequest) | undefined {
  if (!isRecord(value)) return undefined;
  const { epoch, sequence, known } = value;
  if (known !== undefined && !isCounter(known)) return undefined;
  if (epoch === undefined && sequence === undefined) return { kind: 'resume', from: undefined, known };
  const isPlace = isCounter(epoch) && isCounter(sequence);
  return isPlace ? { kind: 'resume', from: { epoch, sequence }, known } : undefined;
}

export function writeWant(hashes: readonly string[]): unknown {
  return { hashes };
}

export function readWant(
  value: unknown,
): { readonly kind: 'want'; readonly hashes: readonly string[] } | undefined {
  if (!isRecord(value) || !Array.isArray(value.hashes)) return undefined;
  const hashes: readonly unknown[] = value.hashes;
  const named = hashes.filter(isAssetHash);
  const fits = named.length === hashes.length && hashes.length <= frameLimits.wantHashes;
  return fits ? { kind: 'want', hashes: named } : undefined;
}

/** A SHA-256 in base64url. */
export function isAssetHash(value: unknown): value is string {
  return fromBase64url(value, HASH_BYTES) !== undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounter(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffffffff;
}
